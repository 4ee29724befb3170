pickings = env['stock.picking'].sudo()
back = pickings.browse(arguments.get('return') or 0).exists()
if operation in ('cancelReturn', 'dispose') and (not back or back.return_id != record):
    raise UserError("%s has no such return transfer." % record.name)
# Returns are guarded too: what is done to them here is Holdpoint's doing.
env.cr.execute("SELECT set_config('holdpoint.open', coalesce(nullif(current_setting('holdpoint.open', true), ''), ';') || 'stock.picking,*;', true)")

if operation == 'release':
    if record.state != 'done':
        raise UserError("%s is not delivered. What has not gone out cannot come back." % record.name)
    record.write({'x_holdpoint_rma': arguments['rma']})
if operation == 'release' and not arguments.get('refundOnly'):
    wizard = env['stock.return.picking'].sudo().with_context(active_model='stock.picking', active_id=record.id, active_ids=record.ids).create({'picking_id': record.id})
    wanted = {}
    lots = {}
    for line in arguments['lines']:
        wanted[line['move']] = wanted.get(line['move'], 0.0) + line['quantity']
        if line.get('lot'):
            lots.setdefault(line['move'], []).append([line['lot'], line['quantity']])
    for line in wizard.product_return_moves:
        quantity = wanted.pop(line.move_id.id, 0.0)
        came = env['stock.move'].sudo().search([('origin_returned_move_id', '=', line.move_id.id), ('state', '!=', 'cancel')])
        left = line.move_id.quantity - sum(one.quantity if one.state == 'done' else one.product_uom_qty for one in came)
        strange = [lot for lot, asked in lots.get(line.move_id.id, []) if lot not in line.move_id.move_line_ids.lot_id.ids]
        if strange:
            raise UserError("The lot of %s that is to come back did not go out with %s." % (line.product_id.display_name, record.name))
        if quantity > left + 0.000001:
            raise UserError("Only %g of %s can still come back from %s." % (left, line.product_id.display_name, record.name))
        line.write({'quantity': quantity})
    if wanted:
        raise UserError("Something is to come back that was not delivered with %s." % record.name)
    made = pickings.browse(wizard.action_create_returns()['res_id'])
    made.write({'x_holdpoint_state': 'released', 'x_holdpoint_rma': arguments['rma']})
    if arguments.get('quarantine'):
        view = made.picking_type_id.warehouse_id.view_location_id
        place = env['stock.location'].sudo().search([('location_id', '=', view.id), ('name', '=', 'Quarantine')], limit=1)
        if not place:
            raise UserError("The warehouse %s has no Quarantine. Run odoo-setup." % made.picking_type_id.warehouse_id.name)
        made.write({'location_dest_id': place.id})
    for move in made.move_ids:
        known = lots.get(move.origin_returned_move_id.id)
        if known and move.move_line_ids:
            move.move_line_ids[0].write({'lot_id': known[0][0], 'quantity': known[0][1]})
            for lot, quantity in known[1:]:
                move.move_line_ids[0].copy({'lot_id': lot, 'quantity': quantity})
    made.message_post(body="Authorized by Holdpoint as %s." % arguments['rma'], subtype_xmlid='mail.mt_note')
    result = {'return': made.id, 'name': made.name}

elif operation == 'cancelReturn':
    if back.state == 'done':
        raise UserError("%s has been received. It cannot be cancelled any more." % back.name)
    if back.state != 'cancel':
        back.action_cancel()
    back.write({'x_holdpoint_state': 'withdrawn'})
    result = {'return': back.id}

elif operation == 'dispose':
    if back.state != 'done':
        raise UserError("%s has not been received. What is not here cannot be put anywhere." % back.name)
    # The very lots that came back, and no more than came back.
    came = [{'product': moved.product_id.id, 'lot': moved.lot_id.id, 'uom': moved.product_uom_id.id, 'quantity': moved.quantity} for moved in back.move_line_ids]
    wanted = []
    for line in arguments['lines']:
        rest = line['quantity']
        for part in came:
            taken = min(rest, part['quantity']) if part['product'] == line['product'] else 0.0
            if taken > 0.000001:
                part['quantity'] -= taken
                rest -= taken
                wanted.append({'product': line['product'], 'disposition': line['disposition'], 'lot': part['lot'], 'uom': part['uom'], 'quantity': taken})
        if rest > 0.000001:
            raise UserError("Less of %s came back with %s." % (env['product.product'].browse(line['product']).display_name, back.name))
    warehouse = back.picking_type_id.warehouse_id
    places = env['stock.location'].sudo()
    targets = {
        'restock': warehouse.lot_stock_id,
        'refurbish': places.search([('location_id', '=', warehouse.view_location_id.id), ('name', '=', 'Refurbishment')], limit=1),
        'returnToVendor': places.search([('usage', '=', 'supplier'), ('company_id', 'in', [False, record.company_id.id])], limit=1),
    }
    transfers = []
    scraps = []
    for line in wanted:
        if line['disposition'] == 'scrap':
            scrap = env['stock.scrap'].sudo().create({
                'product_id': line['product'],
                'product_uom_id': line['uom'],
                'lot_id': line['lot'],
                'scrap_qty': line['quantity'],
                'location_id': back.location_dest_id.id,
                'company_id': record.company_id.id,
                'origin': back.x_holdpoint_rma,
            })
            if scrap.action_validate() is not True or scrap.state != 'done':
                raise UserError("There is not enough of %s in %s to be scrapped." % (scrap.product_id.display_name, back.location_dest_id.display_name))
            scraps.append(scrap.id)
            continue
        target = targets.get(line['disposition'])
        if not target:
            raise UserError("There is no place for the disposition %s. Run odoo-setup." % line['disposition'])
        if target == back.location_dest_id:
            continue
        vendor = line['disposition'] == 'returnToVendor'
        kind = warehouse.out_type_id if vendor else warehouse.int_type_id
        moved = pickings.create({
            'picking_type_id': kind.id,
            'location_id': back.location_dest_id.id,
            'location_dest_id': target.id,
            'origin': back.x_holdpoint_rma,
            'company_id': record.company_id.id,
            'move_ids': [(0, 0, {
                'product_id': line['product'],
                'product_uom_qty': line['quantity'],
                'product_uom': line['uom'],
                'location_id': back.location_dest_id.id,
                'location_dest_id': target.id,
            })],
        })
        moved.action_confirm()
        moved.action_assign()
        if line['lot'] and moved.move_ids.move_line_ids:
            moved.move_ids.move_line_ids[0].write({'lot_id': line['lot'], 'quantity': line['quantity']})
        if moved.move_ids.quantity + 0.000001 < line['quantity']:
            raise UserError("There is not enough of %s in %s any more." % (moved.move_ids.product_id.display_name, back.location_dest_id.display_name))
        if not vendor:
            moved.with_context(skip_sms=True, skip_backorder=True).button_validate()
            if moved.state != 'done':
                raise UserError("Odoo did not move %s." % moved.move_ids.product_id.display_name)
        transfers.append(moved.id)
    result = {'transfers': transfers, 'scraps': scraps}

elif operation == 'credit':
    order = record.sale_id
    drafts = order.invoice_ids.filtered(lambda move: move.state == 'draft')
    if drafts:
        raise UserError("%s of %s is still a draft. Post or delete it; then the credit note can follow." % (', '.join(move.display_name for move in drafts), order.name or record.name))
    posted = order.invoice_ids.filtered(lambda move: move.state == 'posted' and move.move_type == 'out_invoice')
    items = []
    here = {}
    origin = env['account.move']
    for line in arguments['lines']:
        move = env['stock.move'].sudo().browse(line['move'])
        invoiced = posted.invoice_line_ids.filtered(lambda item: move.sale_line_id and move.sale_line_id in item.sale_line_ids)
        if not invoiced:
            raise UserError("%s of %s was not invoiced, so there is nothing to credit." % (move.product_id.display_name, order.name or record.name))
        item = invoiced[0]
        origin = origin or item.move_id
        quantity = move.product_uom._compute_quantity(line['quantity'], item.product_uom_id, round=False)
        # A second case of the same delivery, and credit notes made by hand, count as well.
        credited = order.invoice_ids.filtered(lambda note: note.state == 'posted' and note.move_type == 'out_refund').invoice_line_ids.filtered(lambda one: move.sale_line_id in one.sale_line_ids)
        left = sum(one.product_uom_id._compute_quantity(one.quantity, item.product_uom_id, round=False) for one in invoiced)
        left -= sum(one.product_uom_id._compute_quantity(one.quantity, item.product_uom_id, round=False) for one in credited) + here.get(move.sale_line_id.id, 0.0)
        if quantity > left + 0.000001:
            raise UserError("Only %g of %s in %s are invoiced and not credited yet." % (left, move.product_id.display_name, order.name))
        here[move.sale_line_id.id] = here.get(move.sale_line_id.id, 0.0) + quantity
        items.append((0, 0, {
            'product_id': item.product_id.id,
            'name': item.name,
            'quantity': quantity,
            'product_uom_id': item.product_uom_id.id,
            'price_unit': item.price_unit,
            'discount': item.discount,
            'tax_ids': [(6, 0, item.tax_ids.ids)],
            'sale_line_ids': [(6, 0, item.sale_line_ids.ids)],
        }))
    if arguments.get('fee'):
        # Decided in the currency of the company.
        fee = record.company_id.currency_id._convert(arguments['fee'], origin.currency_id, origin.company_id, origin.invoice_date)
        items.append((0, 0, {'name': "Restocking fee %s" % arguments['rma'], 'quantity': 1, 'price_unit': -fee, 'tax_ids': [(6, 0, [])]}))
    credit = env['account.move'].sudo().create({
        'move_type': 'out_refund',
        'partner_id': origin.partner_id.id,
        'currency_id': origin.currency_id.id,
        'company_id': origin.company_id.id,
        'journal_id': origin.journal_id.id,
        'reversed_entry_id': origin.id,
        'ref': arguments['rma'],
        'invoice_origin': order.name,
        'invoice_line_ids': items,
    })
    credit.action_post()
    if credit.state != 'posted':
        raise UserError("Odoo did not post the credit note of %s." % record.name)
    record.write({'x_holdpoint_state': 'settled'})
    result = {'creditNote': credit.id, 'name': credit.name, 'amount': credit.amount_total}

elif operation == 'settle':
    record.write({'x_holdpoint_state': 'settled'})
