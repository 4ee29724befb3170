# Holdpoint: what a defect report is about: where its stock lies, what was delivered already, whose product it is, how
# often the same was reported. The context has "holdpoint": document and case.
asked = env.context.get('holdpoint') or {}
name, number = asked['document'].split(',')
case = asked.get('case') or ''
defect = asked.get('defect')
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
    done_lines = env['stock.move.line'].sudo()
    # From whom it came: as its lot, or else the product, was last received; or else who is asked first to sell it.
    receipts = [('state', '=', 'done'), ('location_id.usage', '=', 'supplier'), ('company_id', '=', company.id)]
    for about in ([('lot_id', 'in', lots.ids)] if lots else []) + [('product_id', 'in', products.ids)]:
        if not vendor:
            receipt = done_lines.search(receipts + [about], order='date desc, id desc', limit=1)
            vendor = receipt.picking_id.partner_id.commercial_partner_id
            if not vendor and 'purchase_line_id' in receipt.move_id._fields:
                vendor = receipt.move_id.purchase_line_id.order_id.partner_id.commercial_partner_id
    if not vendor:
        vendor = product.seller_ids.filtered(lambda seller: not seller.company_id or seller.company_id == company)[:1].partner_id.commercial_partner_id
    if not defect:
        defect = record.x_holdpoint_defect

    def total(domain):
        return sum([line.product_uom_id._compute_quantity(line.quantity, line.product_id.uom_id)
                    for line in done_lines.search([('state', '=', 'done'), ('company_id', '=', company.id)] + domain)])

    inward = [('location_id.usage', 'in', ('supplier', 'production', 'inventory')), ('location_dest_id.usage', '=', 'internal')]
    to_customer = [('location_dest_id.usage', '=', 'customer')]
    from_customer = [('location_id.usage', '=', 'customer')]
    # All that was ever delivered of a product is not what a report on it is about.
    shipped = 0.0
    if lots:
        shipped = total(to_customer + [('lot_id', 'in', lots.ids)]) - total(from_customer + [('lot_id', 'in', lots.ids)])
    if name == 'stock.lot':
        received = total(inward + [('lot_id', '=', record.id)])
    elif name == 'stock.picking':
        received = total([('picking_id', '=', record.id)])
        shipped += total(to_customer + [('picking_id', '=', record.id), ('lot_id', '=', False)])
        shipped -= total(from_customer + [('move_id.origin_returned_move_id', 'in', record.move_ids.ids), ('lot_id', '=', False)])
    else:
        received = total(inward + [('product_id', '=', record.id)])

    marked = env['ir.model.data'].sudo().search([('module', '=', '__holdpoint__'), ('model', '=', 'stock.location'), ('name', '=like', 'quarantine%')])
    quant_domain = [('product_id', 'in', products.ids), ('location_id.usage', '=', 'internal'), ('quantity', '!=', 0), ('company_id', '=', company.id)]
    if lots:
        quant_domain.append(('lot_id', 'in', lots.ids))
    on_hand = 0.0
    places = {}
    # Where it lies, or a transfer belongs; what lies in several warehouses belongs to none of them.
    warehouses = record.picking_type_id.warehouse_id if name == 'stock.picking' else env['stock.warehouse'].sudo()
    for quant in env['stock.quant'].sudo().search(quant_domain):
        if quant.location_id.id not in marked.mapped('res_id'):
            on_hand += quant.quantity
        if name != 'stock.picking':
            warehouses |= quant.location_id.warehouse_id
        place = quant.location_id.display_name
        places[place] = places.get(place, 0.0) + quant.quantity
    # What this case has in quarantine and is still there, and what it disposed of: a lost answer changes nothing in that.
    rows = env['x_holdpoint_quarantine'].sudo()
    quarantined = 0.0
    value = 0.0
    for row in rows.search([('x_name', '=', case)]) if case else rows:
        quants = env['stock.quant'].sudo().search([('location_id', '=', row.x_location_id.id), ('product_id', '=', row.x_product_id.id), ('lot_id', '=', row.x_lot_id.id)])
        there = 0.0 if row.x_transfer_id else max(0.0, min(row.x_quantity, sum(quants.mapped('quantity'))))
        quarantined += row.x_disposed + there
        value += (row.x_disposed + there) * row.x_product_id.with_company(company).standard_price

    # The same defect of the same product within twelve months: cases that kept stock apart, reports that stand on other
    # documents, and alerts of the quality app, if there is one.
    since = datetime.datetime.now() - dateutil.relativedelta.relativedelta(months=12)
    repeats = 0
    if defect:
        earlier = rows.search([('x_defect', '=', defect), ('x_product_id', 'in', products.ids), ('x_name', '!=', case), ('create_date', '>=', since)])
        cases = set(earlier.mapped('x_name'))
        counted = set(earlier.mapped('x_document') + [asked['document']])
        same = [('x_holdpoint_defect', '=', defect), ('x_holdpoint_quality_requested_at', '>=', since), ('x_holdpoint_quality_state', 'not in', (False, 'rejected', 'withdrawn'))]
        for model, about in (('stock.lot', 'product_id'), ('stock.picking', 'move_ids.product_id'), ('product.product', 'id')):
            for other in env[model].sudo().search(same + [(about, 'in', products.ids)]):
                document = '%s,%d' % (model, other.id)
                if document not in counted:
                    cases.add(document)
        repeats = len(cases)
    if 'quality.alert' in env:
        alerts = env['quality.alert'].sudo()
        about = [('product_id', 'in', products.ids), ('create_date', '>=', since)] if 'product_id' in alerts._fields else []
        if about and lots and 'lot_id' in alerts._fields:
            about.append(('lot_id', 'in', lots.ids))
        elif about and lots and 'lot_ids' in alerts._fields:
            about.append(('lot_ids', 'in', lots.ids))
        repeats += alerts.search_count(about) if about else 0

    requester = record.x_holdpoint_quality_requested_by
    action = {
        'name': record.display_name,
        'company': [company.id, company.name],
        'warehouse': [warehouses.id, warehouses.name] if len(warehouses) == 1 else False,
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
        'repeats': repeats,
    }
