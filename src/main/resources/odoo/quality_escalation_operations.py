case = key.split(':')[0]
mark = 'HOLDPOINT-QUARANTINE'
transfers = env['stock.picking'].sudo()
# The names of Odoo's own fields since 19, and before.
packages = 'move_ids' if 'move_ids' in transfers._fields else 'move_lines'

# Where stock of a location is kept apart: beside the stock of its warehouse, never below it. What lies below is reserved
# for deliveries.
def quarantine_of(location):
    warehouse = location.warehouse_id
    if not warehouse:
        return False
    barcode = '%s-%d' % (mark, warehouse.id)
    found = env['stock.location'].sudo().with_context(active_test=False).search([('barcode', '=', barcode)], limit=1)
    if found and not found.active:
        found.write({'active': True})
    if not found:
        found = env['stock.location'].sudo().create({
            'name': 'Quarantine',
            'usage': 'internal',
            'location_id': warehouse.view_location_id.id,
            'company_id': warehouse.company_id.id,
            'barcode': barcode,
        })
    return found

# Moves quantities, each [product, lot, quantity], between two places and is not content with less than done.
def transfer(kind, source, target, lines, partner):
    picking = transfers.create({
        'picking_type_id': kind.id,
        'location_id': source.id,
        'location_dest_id': target.id,
        'partner_id': partner.id if partner else False,
        'origin': 'Quality %s' % record.display_name,
        'x_holdpoint_quality_case': case,
        'move_line_ids': [(0, 0, {
            'product_id': product.id,
            'product_uom_id': product.uom_id.id,
            'lot_id': lot.id if lot else False,
            'quantity': quantity,
            'picked': True,
            'location_id': source.id,
            'location_dest_id': target.id,
            'company_id': kind.company_id.id,
        }) for product, lot, quantity in lines],
    })
    picking.action_confirm()
    return picking

def finish(picking):
    answer = picking.with_context(skip_sms=True, skip_backorder=True, skip_immediate=True).button_validate()
    if picking.state != 'done':
        raise UserError("Odoo did not carry out the transfer %s." % picking.name)
    return picking

# What this case has in quarantine and what of it is really there: [quarantine, product, lot, quantity].
def in_quarantine():
    sums = {}
    for line in env['stock.move.line'].sudo().search([('picking_id.x_holdpoint_quality_case', '=', case), ('state', '=', 'done')], order='id'):
        quantity = line.product_uom_id._compute_quantity(line.quantity, line.product_id.uom_id)
        if (line.location_dest_id.barcode or '').startswith(mark):
            place = (line.location_dest_id, line.product_id, line.lot_id)
            sums[place] = sums.get(place, 0.0) + quantity
        elif (line.location_id.barcode or '').startswith(mark):
            place = (line.location_id, line.product_id, line.lot_id)
            sums[place] = sums.get(place, 0.0) - quantity
    for scrap in env['stock.scrap'].sudo().search([('x_holdpoint_quality_case', '=', case), ('state', '=', 'done')]):
        place = (scrap.location_id, scrap.product_id, scrap.lot_id)
        sums[place] = sums.get(place, 0.0) - scrap.product_uom_id._compute_quantity(scrap.scrap_qty, scrap.product_id.uom_id)
    found = []
    for place in sums:
        quants = env['stock.quant'].sudo().search([('location_id', '=', place[0].id), ('product_id', '=', place[1].id), ('lot_id', '=', place[2].id or False)])
        quantity = min(sums[place], sum(quants.mapped('quantity')))
        if quantity > 0.000001:
            found.append([place[0], place[1], place[2], quantity])
    return found

# Deliveries that waited for this stock may be made again.
def unblock():
    for picking in transfers.search([('x_holdpoint_quality_state', '=', 'blocked'), ('x_holdpoint_quality_case', '=', case)]):
        picking.write({'x_holdpoint_quality_state': False, 'x_holdpoint_quality_reason': False, 'x_holdpoint_quality_case': False})
        picking.message_post(body="No longer blocked: the quality case of %s is settled." % record.display_name, subtype_xmlid='mail.mt_note')

def to_stock():
    back = []
    for quarantine, product, lot, quantity in in_quarantine():
        warehouse = quarantine.warehouse_id
        back.append(finish(transfer(warehouse.int_type_id, quarantine, warehouse.lot_stock_id, [[product, lot, quantity]], False)).name)
    return back

if operation == 'quarantine':
    # What is to be looked for: products, with their lot where there is one, and no more than so much.
    wanted = []
    if record._name == 'stock.lot':
        wanted.append([record.product_id, record, False])
    elif record._name == 'stock.picking':
        moved = {}
        for line in record.move_line_ids.filtered(lambda line: line.state == 'done'):
            moved[(line.product_id, line.lot_id)] = moved.get((line.product_id, line.lot_id), 0.0) + line.product_uom_id._compute_quantity(line.quantity, line.product_id.uom_id)
        for place in moved:
            already = sum([kept[3] for kept in in_quarantine() if kept[1] == place[0] and kept[2] == place[1]])
            wanted.append([place[0], place[1], moved[place] - already])
    else:
        # No more than was reported, whatever was kept apart for this case before.
        already = sum([line[3] for line in in_quarantine()])
        wanted.append([record, env['stock.lot'], (arguments.get('quantity') or 0.0) - already])
    result = {'moved': 0.0, 'wanted': 0.0, 'transfers': [], 'blocked': []}
    for product, lot, most in wanted:
        domain = [('product_id', '=', product.id), ('location_id.usage', '=', 'internal'), ('quantity', '>', 0)]
        if arguments.get('company'):
            domain.append(('company_id', '=', arguments['company']))
        if lot:
            domain.append(('lot_id', '=', lot.id))
        places = {}
        for quant in env['stock.quant'].sudo().search(domain, order='in_date, id'):
            if not (quant.location_id.barcode or '').startswith(mark) and quant.location_id.warehouse_id:
                place = (quant.location_id, quant.lot_id)
                places[place] = places.get(place, 0.0) + quant.quantity
        left = sum(places.values()) if most is False else most
        result['wanted'] += left
        for place in places:
            quantity = min(places[place], left)
            if quantity <= 0.000001:
                continue
            # Deliveries that had reserved it let go of it; those that are under way keep what they have picked.
            reserved = env['stock.move.line'].sudo().search([
                ('product_id', '=', product.id), ('lot_id', '=', place[1].id or False), ('location_id', '=', place[0].id),
                ('state', 'not in', ['done', 'cancel']),
            ]) if lot else env['stock.move.line']
            if not lot:
                free = env['stock.quant'].sudo()._get_available_quantity(product, place[0], lot_id=place[1] or None, strict=True)
                if free < quantity:
                    reserved = env['stock.move.line'].sudo().search([
                        ('product_id', '=', product.id), ('location_id', '=', place[0].id), ('state', 'not in', ['done', 'cancel']),
                    ])
            for picking in reserved.mapped('picking_id'):
                reserved.filtered(lambda line: line.picking_id == picking).mapped('move_id')._do_unreserve()
                if picking.picking_type_id.code == 'outgoing' and picking.name not in result['blocked']:
                    picking.write({
                        'x_holdpoint_quality_state': 'blocked',
                        'x_holdpoint_quality_reason': "%s is in quarantine" % record.display_name,
                        'x_holdpoint_quality_case': case,
                    })
                    picking.message_post(body="Blocked by Holdpoint: %s is in quarantine." % record.display_name, subtype_xmlid='mail.mt_note')
                    result['blocked'].append(picking.name)
            target = quarantine_of(place[0])
            done = finish(transfer(place[0].warehouse_id.int_type_id, place[0], target, [[product, place[1], quantity]], False))
            result['moved'] += quantity
            result['transfers'].append(done.name)
            left -= quantity
    values = {'x_holdpoint_quality_state': 'quarantined', 'x_holdpoint_quality_reason': command.get('reason') or False}
    # A report that came by event stands on the document too: recurrences are counted there.
    if arguments.get('defect'):
        values['x_holdpoint_defect'] = arguments['defect']
        values['x_holdpoint_defect_severity'] = arguments['severity']
        values['x_holdpoint_defect_quantity'] = arguments.get('quantity') or 0.0
        values['x_holdpoint_defect_description'] = arguments.get('description') or False
    if not record.x_holdpoint_quality_requested_at:
        values['x_holdpoint_quality_requested_at'] = datetime.datetime.now().replace(microsecond=0)
    record.write(values)
elif operation == 'show':
    record.write({'x_holdpoint_quality_state': arguments['state'], 'x_holdpoint_quality_reason': command.get('reason') or False})
elif operation == 'dispose':
    choice = arguments['disposition']
    result = {'disposition': choice, 'quantity': 0.0, 'records': []}
    if choice in ('releaseToStock', 'useAsIs', 'concession'):
        result['quantity'] = sum([line[3] for line in in_quarantine()])
        result['records'] = to_stock()
    elif choice == 'scrap':
        for quarantine, product, lot, quantity in in_quarantine():
            scrap = env['stock.scrap'].sudo().create({
                'product_id': product.id,
                'product_uom_id': product.uom_id.id,
                'lot_id': lot.id if lot else False,
                'scrap_qty': quantity,
                'location_id': quarantine.id,
                'company_id': quarantine.company_id.id,
                'origin': 'Quality %s' % record.display_name,
                'x_holdpoint_quality_case': case,
            })
            scrap.action_validate()
            if scrap.state != 'done':
                raise UserError("Odoo did not scrap %s of %s: there is less of it in quarantine." % (quantity, product.display_name))
            result['quantity'] += quantity
            result['records'].append(scrap.name)
    elif choice == 'returnToVendor':
        vendor = env['res.partner'].sudo().browse(arguments.get('vendor') or 0).exists()
        if not vendor:
            raise UserError("%s cannot be returned: its vendor is not known." % record.display_name)
        for quarantine, product, lot, quantity in in_quarantine():
            warehouse = quarantine.warehouse_id
            back = transfer(warehouse.out_type_id, quarantine, vendor.property_stock_supplier, [[product, lot, quantity]], vendor)
            result['quantity'] += quantity
            result['records'].append(back.name)
    else:
        raise UserError("Holdpoint knows no disposition %s." % choice)
    unblock()
    record.write({
        'x_holdpoint_quality_state': 'disposed',
        'x_holdpoint_quality_reason': '%s: %g' % (arguments.get('words') or choice, result['quantity']),
    })
elif operation == 'supplier_level':
    vendor = env['res.partner'].sudo().browse(arguments['vendor']).exists()
    if not vendor:
        raise UserError("The vendor does not exist any more.")
    before = vendor.x_holdpoint_supplier_level
    vendor.write({'x_holdpoint_supplier_level': arguments['level']})
    note = "Supplier level %d, before %d: %s" % (arguments['level'], before, command.get('reason') or '')
    vendor.message_post(body=note, subtype_xmlid='mail.mt_note')
    result = {'before': before, 'level': arguments['level']}
elif operation in ('reject', 'withdraw') and not arguments.get('expired'):
    # The report does not stand: what was kept apart for it goes back.
    result = {'returned': to_stock()}
    unblock()
