# What is kept apart stays in its place, whichever way somebody makes it less there: by a line of a transfer that is done, or
# by writing the stock itself. Those leave no move for the other guard to see.
for about in {text.rsplit('/', 1)[0] for text in (old['measure'], new['measure']) if text}:
    place, product, lot = [int(part) for part in about.split('/')]
    kept = env['x_holdpoint_quarantine'].sudo().search([
        ('x_product_id', '=', product), ('x_lot_id', '=', lot or False), ('x_location_id', '=', place), ('x_quantity', '>', 0),
    ]).filtered(lambda row: not row.x_transfer_id or row.x_transfer_id.state == 'cancel')
    lying = sum(env['stock.quant'].sudo().search([
        ('product_id', '=', product), ('lot_id', '=', lot or False), ('location_id', '=', place)]).mapped('quantity'))
    missing = sum(kept.mapped('x_quantity')) - lying
    stayed = old['measure'].startswith(about + '/')
    # What was missing before, because a guard was off, may be put back bit by bit.
    known = float(old['measure'].rsplit('/', 1)[1]) if stayed else 0.0
    brought = not stayed and record.quantity > 0
    if kept and missing > known + 0.000001 and not brought:
        name, number = kept[0].x_document.split(',')
        document = env[name].sudo().browse(int(number)).exists()
        reason = document and document.x_holdpoint_quality_reason or 'a defect was reported'
        what = kept[0].x_lot_id.display_name or kept[0].x_product_id.display_name
        raise UserError("%s is kept apart by Holdpoint: defect report on %s, %s.\n\nIt is moved and delivered again when that is decided on." % (
            what, kept[0].x_title, reason))
