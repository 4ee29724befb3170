now = []
for move in record.move_ids:
    if move.state != 'cancel':
        back = env['stock.move'].sudo().search([('origin_returned_move_id', '=', move.id), ('state', '!=', 'cancel')])
        gone = move.quantity if move.state == 'done' else 0.0
        now.append([move.id, gone, sum(one.quantity if one.state == 'done' else one.product_uom_qty for one in back)])
now.sort()
then = sorted(expected['lines'])
asked = sorted([line.x_product_id.id or 0, line.x_lot_id.id or 0, line.x_quantity, line.x_reason or '', line.x_opened] for line in record.x_holdpoint_return_line_ids)
changed = (
    record.partner_id.id != expected['partner_id']
    or len(now) != len(then)
    or any(a[0] != b[0] or abs(a[1] - b[1]) > 0.000001 or abs(a[2] - b[2]) > 0.000001 for a, b in zip(now, then))
    or len(asked) != len(expected['requests'])
    or any(a[0] != b[0] or a[1] != b[1] or abs(a[2] - b[2]) > 0.000001 or a[3:] != b[3:] for a, b in zip(asked, sorted(expected['requests'])))
)
