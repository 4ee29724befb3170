case = key.split(':')[0]
rows = env['x_holdpoint_quarantine'].sudo()
transfers = env['stock.picking'].sudo()
# Transfers, what they move, stock and lots are guarded too: what is done to them here is Holdpoint's doing.
env.cr.execute("SELECT set_config('holdpoint.open', current_setting('holdpoint.open', true) || 'stock.picking,*;stock.move,*;stock.quant,*;stock.lot,*;', true)")
# The places beside the stock of each warehouse that the setup made. What lies below the stock is reserved for deliveries.
quarantines = env['stock.location'].sudo().browse(env['ir.model.data'].sudo().search([
    ('module', '=', '__holdpoint__'), ('model', '=', 'stock.location'), ('name', '=like', 'quarantine%'),
]).mapped('res_id'))

def lying(location, product, lot):
    return sum(env['stock.quant'].sudo().search([
        ('location_id', '=', location.id), ('product_id', '=', product.id), ('lot_id', '=', lot.id)]).mapped('quantity'))

# Moves a quantity between two places and is not content with less.
def transfer(kind, source, target, product, lot, quantity, partner):
    picking = transfers.create({
        'picking_type_id': kind.id,
        'location_id': source.id,
        'location_dest_id': target.id,
        'partner_id': partner.id if partner else False,
        'origin': 'Quality %s' % record.display_name,
        'company_id': kind.company_id.id,
        'move_line_ids': [(0, 0, {
            'product_id': product.id,
            'product_uom_id': product.uom_id.id,
            'lot_id': lot.id,
            'quantity': quantity,
            'picked': not partner,
            'location_id': source.id,
            'location_dest_id': target.id,
            'company_id': kind.company_id.id,
        })],
    })
    picking.action_confirm()
    return picking

def finish(picking):
    picking.with_context(skip_sms=True, skip_backorder=True).button_validate()
    if picking.state != 'done':
        raise UserError("Odoo did not carry out the transfer %s." % picking.name)
    return picking

# What is kept apart for this case and is really there, as [row, quantity].
def in_quarantine():
    found = []
    for row in rows.search([('x_name', '=', case), ('x_transfer_id', '=', False)], order='id'):
        quantity = min(row.x_quantity, lying(row.x_location_id, row.x_product_id, row.x_lot_id))
        if quantity > 0.000001:
            found.append([row, quantity])
    return found

# One row for each product, lot and place of a case. A lot that the report is about is blocked, not one of which some was taken
# for the sake of its product.
def keep(location, product, lot, quantity, blocks):
    row = rows.search([('x_name', '=', case), ('x_location_id', '=', location.id), ('x_product_id', '=', product.id), ('x_lot_id', '=', lot.id), ('x_transfer_id', '=', False)], limit=1)
    if row:
        row.write({'x_quantity': row.x_quantity + quantity})
    else:
        row = rows.create({
            'x_name': case,
            'x_document': command['document'],
            'x_title': record.display_name,
            'x_defect': arguments.get('defect') or record.x_holdpoint_defect or False,
            'x_location_id': location.id,
            'x_product_id': product.id,
            'x_lot_id': lot.id,
            'x_quantity': quantity,
        })
    if blocks and lot and not lot.x_holdpoint_quarantine_id:
        lot.write({'x_holdpoint_quarantine_id': row.id})
    return row

# What waited for this stock is delivered again.
def unblock():
    mine = rows.search([('x_name', '=', case)])
    for lot in env['stock.lot'].sudo().search([('x_holdpoint_quarantine_id', 'in', mine.ids)]):
        # Another case may keep it apart as well.
        other = rows.search([('x_lot_id', '=', lot.id), ('x_name', '!=', case), ('x_quantity', '>', 0), ('x_transfer_id', '=', False)], limit=1)
        lot.write({'x_holdpoint_quarantine_id': other.id})
    for picking in transfers.search([('x_holdpoint_quality_state', '=', 'blocked'), ('x_holdpoint_quarantine_id', 'in', mine.ids)]):
        picking.write({'x_holdpoint_quality_state': False, 'x_holdpoint_quality_reason': False, 'x_holdpoint_quarantine_id': False})
        if picking.state not in ('done', 'cancel'):
            picking.action_assign()
            picking.message_post(body="No longer blocked: %s is decided on." % record.display_name, subtype_xmlid='mail.mt_note')

# A quantity of a row is disposed of, before its stock moves: the guard of the stock looks at what is kept by then. What should
# have lain there and did not stays on the row as missing.
def settle(row, quantity, left=0.0):
    row.write({'x_quantity': left, 'x_disposed': row.x_disposed + quantity, 'x_missing': row.x_missing + row.x_quantity - quantity})

def to_stock():
    names = []
    for row, quantity in in_quarantine():
        warehouse = row.x_location_id.warehouse_id
        back = transfer(warehouse.int_type_id, row.x_location_id, warehouse.lot_stock_id, row.x_product_id, row.x_lot_id, quantity, False)
        settle(row, quantity)
        names.append(finish(back).name)
    return names

if operation == 'quarantine':
    if arguments.get('company') and record.company_id and record.company_id.id != arguments['company']:
        raise UserError("%s belongs to %s and not to the company that was decided on." % (record.display_name, record.company_id.name))
    # What is to be looked for: product, lot where there is one, and how much at most; False is all of it.
    wanted = []
    if record._name == 'stock.lot':
        wanted.append([record.product_id, record, False])
    elif record._name == 'stock.picking':
        moved = {}
        for line in record.move_line_ids.filtered(lambda line: line.state == 'done'):
            moved[(line.product_id, line.lot_id)] = moved.get((line.product_id, line.lot_id), 0.0) + line.product_uom_id._compute_quantity(line.quantity, line.product_id.uom_id)
        for product, lot in moved:
            if record.picking_type_id.code != 'outgoing':
                already = sum([quantity for row, quantity in in_quarantine() if row.x_product_id == product and row.x_lot_id == lot])
                wanted.append([product, lot, max(0.0, moved[(product, lot)] - already)])
            elif lot:
                # It has left; of what is still here only the lot tells that it is the same.
                wanted.append([product, lot, False])
    else:
        # No more than was reported, whatever was kept apart for this case before.
        already = sum([quantity for row, quantity in in_quarantine()])
        wanted.append([record, env['stock.lot'].sudo(), max(0.0, (arguments.get('quantity') or 0.0) - already)])
    result = {'moved': 0.0, 'wanted': 0.0, 'transfers': [], 'blocked': []}
    # An earlier report of the same that nobody decided on left its stock where it is: this case takes it over.
    for row in rows.search([('x_document', '=', command['document']), ('x_name', '!=', case), ('x_quantity', '>', 0)]):
        if not row.x_transfer_id or row.x_transfer_id.state == 'cancel':
            quantity = min(row.x_quantity, lying(row.x_location_id, row.x_product_id, row.x_lot_id))
            blocks = row.x_lot_id.x_holdpoint_quarantine_id == row
            if blocks:
                row.x_lot_id.write({'x_holdpoint_quarantine_id': False})
            row.write({'x_quantity': 0.0, 'x_missing': row.x_missing + row.x_quantity - quantity})
            taken = keep(row.x_location_id, row.x_product_id, row.x_lot_id, quantity, blocks)
            transfers.search([('x_holdpoint_quarantine_id', '=', row.id)]).write({'x_holdpoint_quarantine_id': taken.id})
            result['moved'] += quantity
            result['wanted'] += quantity
            for one in wanted:
                if one[2] and one[0] == row.x_product_id and one[1] in (env['stock.lot'], row.x_lot_id):
                    one[2] = max(0.0, one[2] - quantity)
    # Deliveries that let go of what they had reserved, and the row for the sake of which.
    touched = {}
    for product, lot, most in wanted:
        domain = [('product_id', '=', product.id), ('location_id.usage', '=', 'internal'), ('location_id', 'not in', quarantines.ids), ('quantity', '>', 0)]
        if arguments.get('company'):
            domain.append(('company_id', '=', arguments['company']))
        if lot:
            domain.append(('lot_id', '=', lot.id))
        places = {}
        for quant in env['stock.quant'].sudo().search(domain, order='in_date, id'):
            if quant.location_id.warehouse_id:
                place = (quant.location_id, quant.lot_id)
                places[place] = places.get(place, 0.0) + quant.quantity
        left = sum(places.values()) if most is False else most
        result['wanted'] += left
        if lot and not places and not [row for row, quantity in in_quarantine() if row.x_lot_id == lot]:
            # All of it has left; should some turn up, it is not delivered.
            keep(quarantines[:1], product, lot, 0.0, True)
        for place in places:
            quantity = min(places[place], left)
            if quantity <= 0.000001:
                continue
            target = quarantines.filtered(lambda one: one.warehouse_id == place[0].warehouse_id)[:1]
            if not target:
                raise UserError("The warehouse %s has no Quarantine. Run odoo-setup." % place[0].warehouse_id.name)
            # Transfers that had reserved it let go of it; those that are under way keep what they have picked.
            reserved = env['stock.move.line'].sudo()
            if lot or reserved.env['stock.quant']._get_available_quantity(product, place[0], lot_id=place[1] or None, strict=True) < quantity:
                reserved = reserved.search([
                    ('product_id', '=', product.id), ('lot_id', '=', place[1].id), ('location_id', '=', place[0].id),
                    ('state', 'not in', ['done', 'cancel']),
                ])
            reserving = reserved.mapped('picking_id').filtered(lambda one: one.picking_type_id.code == 'outgoing')
            reserved.mapped('move_id')._do_unreserve()
            done = finish(transfer(place[0].warehouse_id.int_type_id, place[0], target, product, place[1], quantity, False))
            row = keep(target, product, place[1], quantity, bool(lot))
            for picking in reserving:
                touched.setdefault(picking, row)
            result['moved'] += quantity
            result['transfers'].append(done.name)
            left -= quantity
    for picking in touched:
        # Other stock may do as well; what is short of it waits.
        picking.action_assign()
        if any(move.state not in ('done', 'cancel') and move.quantity + 0.000001 < move.product_uom_qty or move.picked for move in picking.move_ids):
            picking.write({
                'x_holdpoint_quality_state': 'blocked',
                'x_holdpoint_quality_reason': "%s is in quarantine: %s" % (record.display_name, command.get('reason') or 'a defect was reported'),
                'x_holdpoint_quarantine_id': touched[picking].id,
            })
            picking.message_post(body="Blocked by Holdpoint: %s is in quarantine." % record.display_name, subtype_xmlid='mail.mt_note')
            result['blocked'].append(picking.name)
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
    if arguments['state'] == 'closed' and not in_quarantine():
        # All of it had left, and nothing is left to decide.
        unblock()

elif operation == 'dispose':
    choice = arguments['disposition']
    result = {'disposition': choice, 'quantity': 0.0, 'records': []}
    kept = in_quarantine()
    if choice in ('releaseToStock', 'useAsIs', 'concession'):
        result['records'] = to_stock()
    elif choice == 'scrap':
        for row, quantity in kept:
            scrap = env['stock.scrap'].sudo().create({
                'product_id': row.x_product_id.id,
                'product_uom_id': row.x_product_id.uom_id.id,
                'lot_id': row.x_lot_id.id,
                'scrap_qty': quantity,
                'location_id': row.x_location_id.id,
                'company_id': row.x_location_id.company_id.id,
                'origin': 'Quality %s' % record.display_name,
            })
            settle(row, quantity)
            scrap.action_validate()
            if scrap.state != 'done':
                raise UserError("Odoo did not scrap %g of %s: there is less of it in quarantine." % (quantity, row.x_product_id.display_name))
            result['records'].append(scrap.name)
    elif choice == 'returnToVendor':
        vendor = env['res.partner'].sudo().browse(arguments.get('vendor') or 0).exists()
        if not vendor:
            raise UserError("%s cannot be returned: its vendor is not known." % record.display_name)
        for row, quantity in kept:
            warehouse = row.x_location_id.warehouse_id
            back = transfer(warehouse.out_type_id, row.x_location_id, vendor.property_stock_supplier, row.x_product_id, row.x_lot_id, quantity, vendor)
            # The warehouse ships it; nothing else is done with it until then.
            settle(row, quantity, quantity)
            row.write({'x_transfer_id': back.id})
            result['records'].append(back.name)
    else:
        raise UserError("Holdpoint knows no disposition %s." % choice)
    result['quantity'] = sum([quantity for row, quantity in kept])
    unblock()
    record.write({
        'x_holdpoint_quality_state': 'disposed',
        'x_holdpoint_quality_reason': '%s: %g' % (arguments.get('words') or choice, result['quantity']),
    })

elif operation == 'supplier_level':
    vendor = env['res.partner'].sudo().browse(arguments['vendor']).exists()
    if not vendor:
        raise UserError("The vendor does not exist any more.")
    env.cr.execute("SELECT set_config('holdpoint.open', current_setting('holdpoint.open', true) || %s, true)", ['res.partner,%d;' % vendor.id])
    before = vendor.x_holdpoint_supplier_level
    vendor.write({'x_holdpoint_supplier_level': arguments['level']})
    note = "Supplier level %d, before %d: %s" % (arguments['level'], before, command.get('reason') or '')
    vendor.message_post(body=note, subtype_xmlid='mail.mt_note')
    result = {'before': before, 'level': arguments['level']}

elif operation in ('reject', 'withdraw') and not arguments.get('expired'):
    # The report does not stand: what was kept apart for it goes back. When nobody decided it stays where it is.
    result = {'returned': to_stock()}
    unblock()
    # Nor does it count as a recurrence.
    rows.search([('x_name', '=', case)]).write({'x_defect': False})
