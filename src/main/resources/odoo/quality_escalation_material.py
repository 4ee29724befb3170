# What lies in quarantine for this case and is really there; people decided on so much.
case = key.split(':')[0]
sums = {}
for line in env['stock.move.line'].sudo().search([('picking_id.x_holdpoint_quality_case', '=', case), ('state', '=', 'done')]):
    quantity = line.product_uom_id._compute_quantity(line.quantity, line.product_id.uom_id)
    if (line.location_dest_id.barcode or '').startswith('HOLDPOINT-QUARANTINE'):
        place = (line.location_dest_id, line.product_id, line.lot_id)
        sums[place] = sums.get(place, 0.0) + quantity
    elif (line.location_id.barcode or '').startswith('HOLDPOINT-QUARANTINE'):
        place = (line.location_id, line.product_id, line.lot_id)
        sums[place] = sums.get(place, 0.0) - quantity
quarantined = 0.0
for place in sums:
    quants = env['stock.quant'].sudo().search([('location_id', '=', place[0].id), ('product_id', '=', place[1].id), ('lot_id', '=', place[2].id or False)])
    quarantined += max(0.0, min(sums[place], sum(quants.mapped('quantity'))))
changed = abs(quarantined - expected['quarantined']) > 0.005
