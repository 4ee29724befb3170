# What is kept apart for this case and is really there; people decided on so much.
quarantined = 0.0
for row in env['x_holdpoint_quarantine'].sudo().search([('x_name', '=', key.split(':')[0])]):
    quants = env['stock.quant'].sudo().search([('location_id', '=', row.x_location_id.id), ('product_id', '=', row.x_product_id.id), ('lot_id', '=', row.x_lot_id.id)])
    quarantined += row.x_disposed
    if not row.x_transfer_id:
        quarantined += max(0.0, min(row.x_quantity, sum(quants.mapped('quantity'))))
changed = abs(quarantined - expected['quarantined']) > 0.005
