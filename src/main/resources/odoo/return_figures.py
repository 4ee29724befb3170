# Holdpoint: a delivery with what came back of it, what is asked to come back, and what is known of the customer.
record = env['stock.picking'].sudo().browse(env.context.get('active_id')).exists()
action = {}
if record:
    order = record.sale_id
    partner = record.partner_id.commercial_partner_id or record.partner_id
    company = record.company_id
    # Where what is given back comes in.
    kind = record.picking_type_id
    warehouse = (kind.return_picking_type_id or kind).warehouse_id
    rate = order.currency_rate if order and order.currency_rate else 1.0
    lines = []
    for move in record.move_ids:
        if move.state == 'cancel':
            continue
        back = env['stock.move'].sudo().search([('origin_returned_move_id', '=', move.id), ('state', '!=', 'cancel')])
        product = move.product_id
        price = move.sale_line_id.price_reduce_taxexcl / rate if move.sale_line_id else product.list_price
        lots = []
        for lot in move.move_line_ids.lot_id:
            gone = sum(line.quantity for line in move.move_line_ids if line.lot_id == lot)
            came = sum(line.quantity for line in back.move_line_ids if line.lot_id == lot)
            lots.append({'id': lot.id, 'name': lot.name, 'delivered': gone, 'returned': came})
        lines.append({
            'move': move.id,
            'product': [product.id, product.display_name],
            'category': product.categ_id.name or '',
            'tags': product.product_tag_ids.mapped('name') if 'product_tag_ids' in product._fields else [],
            'delivered': move.quantity if move.state == 'done' else 0.0,
            'returned': sum(one.quantity for one in back if one.state == 'done'),
            'under_way': sum(one.product_uom_qty for one in back if one.state != 'done'),
            'price': price,
            'lots': lots,
        })
    requests = []
    for line in record.x_holdpoint_return_line_ids:
        requests.append({
            'product': [line.x_product_id.id, line.x_product_id.display_name] if line.x_product_id else False,
            'lot': [line.x_lot_id.id, line.x_lot_id.name] if line.x_lot_id else False,
            'quantity': line.x_quantity,
            'reason': line.x_reason or '',
            'opened': line.x_opened,
        })
    returns = []
    for back in env['stock.picking'].sudo().search([('return_id', '=', record.id)], order='id'):
        returns.append({
            'id': back.id,
            'name': back.name,
            'state': back.state,
            'rma': back.x_holdpoint_rma or '',
            'done': str(back.date_done)[:19] if back.state == 'done' and back.date_done else False,
            'attachments': env['ir.attachment'].sudo().search_count([('res_model', '=', 'stock.picking'), ('res_id', '=', back.id)]),
            'moved': [{
                'move': move.origin_returned_move_id.id,
                'product': [move.product_id.id, move.product_id.display_name],
                'quantity': move.quantity if move.state == 'done' else move.product_uom_qty,
            } for move in back.move_ids if move.state != 'cancel'],
        })
    year = datetime.datetime.now() - datetime.timedelta(days=365)
    week = datetime.datetime.now() - datetime.timedelta(days=7)
    of_partner = [('partner_id', 'child_of', partner.id), ('state', '=', 'done'), ('company_id', '=', company.id)]
    came_back = of_partner + [('return_id', '!=', False), ('picking_type_code', '=', 'incoming')]
    pickings = env['stock.picking'].sudo()
    action = {
        'id': record.id,
        'name': record.name,
        'state': record.state,
        'outgoing': record.picking_type_code == 'outgoing' and not record.return_id,
        'done': str(record.date_done)[:19] if record.state == 'done' and record.date_done else False,
        'partner': [record.partner_id.id, record.partner_id.display_name] if record.partner_id else False,
        'commercial_partner': [partner.id, partner.display_name] if partner else False,
        'company': [company.id, company.name],
        'warehouse': [warehouse.id, warehouse.name] if warehouse else False,
        'currency': company.currency_id.name,
        'order': [order.id, order.name] if order else False,
        'requester': [record.x_holdpoint_requested_by.id, record.x_holdpoint_requested_by.name] if record.x_holdpoint_requested_by else False,
        'creator': [record.create_uid.id, record.create_uid.name],
        'salesperson': [order.user_id.id, order.user_id.name] if order and order.user_id else False,
        'holdpoint_state': record.x_holdpoint_state or False,
        'rma': record.x_holdpoint_rma or '',
        'write_date': str(record.write_date)[:19],
        'lines': lines,
        'requests': requests,
        'requests_written': str(max(record.x_holdpoint_return_line_ids.mapped('write_date')))[:19] if requests else False,
        'returns': returns,
        'deliveries': pickings.search_count(of_partner + [('return_id', '=', False), ('picking_type_code', '=', 'outgoing'), ('date_done', '>=', year)]),
        'returned': pickings.search_count(came_back + [('date_done', '>=', year)]),
        'returned_lately': pickings.search_count(came_back + [('date_done', '>=', week)]),
        'customer_days': (datetime.datetime.now() - partner.create_date).days if partner and partner.create_date else 0,
    }
