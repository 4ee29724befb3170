# What lies in quarantine for this case, as it was when people decided: product, lot and quantity.
case = key.split(':')[0]
moved = env['stock.move.line'].sudo().search([('picking_id.x_holdpoint_quality_case', '=', case), ('state', '=', 'done')])
scrapped = env['stock.scrap'].sudo().search([('x_holdpoint_quality_case', '=', case), ('state', '=', 'done')])
there = {}
for line in moved:
    place = [line.product_id.id, line.lot_id.id or False]
    quantity = line.product_uom_id._compute_quantity(line.quantity, line.product_id.uom_id)
    incoming = (line.location_dest_id.barcode or '').startswith('HOLDPOINT-QUARANTINE')
    there[str(place)] = there.get(str(place), 0.0) + (quantity if incoming else -quantity)
for scrap in scrapped:
    place = [scrap.product_id.id, scrap.lot_id.id or False]
    there[str(place)] = there.get(str(place), 0.0) - scrap.product_uom_id._compute_quantity(scrap.scrap_qty, scrap.product_id.uom_id)
quarantined = 0.0
for quantity in there.values():
    quarantined += quantity
changed = abs(quarantined - expected['quarantined']) > 0.000001
