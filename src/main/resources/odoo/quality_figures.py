# Holdpoint: what a defect report is about: where its stock lies, what was delivered already, whose product it is, how
# often the same was reported. The context has "holdpoint": document and case.
asked = env.context.get('holdpoint') or {}
name, number = asked['document'].split(',')
case = asked.get('case') or ''
defect = asked.get('defect')
mark = 'HOLDPOINT-QUARANTINE'
action = {}
record = env[name].sudo().browse(int(number)).exists()
if record:
    lots = env['stock.lot'].sudo()
    company = record.company_id or env.company
    vendor = env['res.partner'].sudo()
    if name == 'stock.lot':
        products = record.product_id
        lots = record
    elif name == 'stock.picking':
        lines = record.move_line_ids
        products = record.move_ids.mapped('product_id')
        lots = lines.mapped('lot_id')
        if record.picking_type_id.code == 'incoming':
            vendor = record.partner_id.commercial_partner_id
    else:
        products = record
    product = products[:1]
    if not vendor and lots and 'purchase_order_ids' in lots._fields:
        vendor = lots.mapped('purchase_order_ids').sorted('id')[-1:].partner_id.commercial_partner_id
    if not vendor:
        vendor = product.seller_ids.filtered(lambda seller: not seller.company_id or seller.company_id == company)[:1].partner_id.commercial_partner_id
    if 'x_holdpoint_defect' in record._fields and not defect:
        defect = record.x_holdpoint_defect

    domain = [('state', '=', 'done'), ('company_id', '=', company.id)]
    if name == 'stock.picking':
        domain.append(('picking_id', '=', record.id))
    elif lots:
        domain.append(('lot_id', 'in', lots.ids))
    else:
        domain.append(('product_id', 'in', products.ids))
    received = shipped = 0.0
    for line in env['stock.move.line'].sudo().search(domain):
        quantity = line.product_uom_id._compute_quantity(line.quantity, line.product_id.uom_id)
        if line.location_dest_id.usage == 'customer':
            shipped += quantity
        elif line.location_id.usage == 'customer':
            shipped -= quantity
        if line.location_id.usage in ('supplier', 'production', 'inventory') and line.location_dest_id.usage == 'internal':
            received += quantity
    if name == 'stock.picking' and lots:
        for line in env['stock.move.line'].sudo().search([('state', '=', 'done'), ('lot_id', 'in', lots.ids), ('location_dest_id.usage', '=', 'customer')]):
            if line.picking_id != record:
                shipped += line.product_uom_id._compute_quantity(line.quantity, line.product_id.uom_id)
    if name == 'product.product':
        # All that was ever delivered is not what this report is about.
        shipped = 0.0
    quant_domain = [('product_id', 'in', products.ids), ('location_id.usage', '=', 'internal'), ('company_id', '=', company.id)]
    if lots:
        quant_domain.append(('lot_id', 'in', lots.ids))
    on_hand = 0.0
    places = {}
    for quant in env['stock.quant'].sudo().search(quant_domain):
        if not (quant.location_id.barcode or '').startswith(mark):
            on_hand += quant.quantity
        place = quant.location_id.display_name
        places[place] = places.get(place, 0.0) + quant.quantity
    # What this case has in quarantine and is still there, and what it disposed of: a lost answer changes nothing in that.
    sums = {}
    quarantined = 0.0
    value = 0.0
    for line in env['stock.move.line'].sudo().search([('picking_id.x_holdpoint_quality_case', '=', case), ('state', '=', 'done')]) if case else []:
        quantity = line.product_uom_id._compute_quantity(line.quantity, line.product_id.uom_id)
        if (line.location_dest_id.barcode or '').startswith(mark):
            place = (line.location_dest_id, line.product_id, line.lot_id)
            sums[place] = sums.get(place, 0.0) + quantity
        elif (line.location_id.barcode or '').startswith(mark):
            place = (line.location_id, line.product_id, line.lot_id)
            sums[place] = sums.get(place, 0.0) - quantity
            quarantined += quantity
            value += quantity * line.product_id.with_company(company).standard_price
    for scrap in env['stock.scrap'].sudo().search([('x_holdpoint_quality_case', '=', case), ('state', '=', 'done')]) if case else []:
        quantity = scrap.product_uom_id._compute_quantity(scrap.scrap_qty, scrap.product_id.uom_id)
        place = (scrap.location_id, scrap.product_id, scrap.lot_id)
        sums[place] = sums.get(place, 0.0) - quantity
        quarantined += quantity
        value += quantity * scrap.product_id.with_company(company).standard_price
    for place in sums:
        quants = env['stock.quant'].sudo().search([('location_id', '=', place[0].id), ('product_id', '=', place[1].id), ('lot_id', '=', place[2].id or False)])
        there = max(0.0, min(sums[place], sum(quants.mapped('quantity'))))
        quarantined += there
        value += there * place[1].with_company(company).standard_price

    # The same defect of the same product within twelve months, at other documents and in the quality app, if there is one.
    since = datetime.datetime.now() - dateutil.relativedelta.relativedelta(months=12)
    repeats = 0
    if defect:
        same = [('x_holdpoint_defect', '=', defect), ('x_holdpoint_quality_requested_at', '>=', since)]
        found = env['stock.lot'].sudo().search(same + [('product_id', 'in', products.ids)])
        repeats += len(found - record if name == 'stock.lot' else found)
        found = env['stock.picking'].sudo().search(same + [('move_ids.product_id', 'in', products.ids)])
        repeats += len(found - record if name == 'stock.picking' else found)
        found = env['product.product'].sudo().search(same + [('id', 'in', products.ids)])
        repeats += len(found - record if name == 'product.product' else found)
    alerts = 0
    if 'quality.alert' in env and 'product_id' in env['quality.alert']._fields:
        alerts = env['quality.alert'].sudo().search_count([('product_id', 'in', products.ids), ('create_date', '>=', since)])

    requester = record.x_holdpoint_quality_requested_by
    action = {
        'name': record.display_name,
        'company': [company.id, company.name],
        'currency': company.currency_id.name,
        'document_state': record.state if name == 'stock.picking' else '',
        'products': [[one.id, one.display_name] for one in products],
        'unit': product.uom_id.name or '',
        'lots': [[one.id, one.name] for one in lots],
        'vendor': [vendor.id, vendor.name] if vendor else False,
        'supplier_level': vendor.x_holdpoint_supplier_level if vendor else 0,
        'state': record.x_holdpoint_quality_state or '',
        'defect': record.x_holdpoint_defect or '',
        'severity': record.x_holdpoint_defect_severity or '',
        'quantity': record.x_holdpoint_defect_quantity,
        'description': record.x_holdpoint_defect_description or '',
        'requested_at': str(record.x_holdpoint_quality_requested_at)[:19] if record.x_holdpoint_quality_requested_at else False,
        'requested_by': [requester.id, requester.name] if requester else False,
        'received': received,
        'shipped': shipped,
        'on_hand': on_hand,
        'quarantined': quarantined,
        'value': value,
        'places': places,
        'repeats': repeats + alerts,
    }
