# What is kept apart for a defect report leaves quarantine by a command of Holdpoint, and a lot that one is about is not
# delivered, wherever it lies. A return to a vendor goes to a vendor and nowhere else.
if passed and not was:
    transfer = record.picking_id
    for line in record.move_line_ids:
        usages = {record.location_dest_id.usage, line.location_dest_id.usage}
        leaves = not usages.isdisjoint(('customer', 'production'))
        blocker = line.lot_id.x_holdpoint_quarantine_id if leaves else line.lot_id.x_holdpoint_quarantine_id.browse()
        kept = env['x_holdpoint_quarantine'].sudo().search([
            ('x_product_id', '=', line.product_id.id), ('x_lot_id', '=', line.lot_id.id), ('x_location_id', '=', line.location_id.id), ('x_quantity', '>', 0),
        ]).filtered(lambda row: not row.x_transfer_id or row.x_transfer_id == transfer and usages != {'supplier'} or row.x_transfer_id != transfer and row.x_transfer_id.state != 'done')
        lying = sum(env['stock.quant'].sudo().search([
            ('product_id', '=', line.product_id.id), ('lot_id', '=', line.lot_id.id), ('location_id', '=', line.location_id.id)]).mapped('quantity'))
        if kept and lying + 0.000001 < sum(kept.mapped('x_quantity')):
            blocker = kept[0]
        if not blocker and leaves and not line.lot_id and transfer.x_holdpoint_quality_state == 'blocked' and lying < -0.000001:
            # More of it than lies there; the rest is in quarantine.
            blocker = transfer.x_holdpoint_quarantine_id
        if blocker:
            name, number = blocker.x_document.split(',')
            document = env[name].sudo().browse(int(number)).exists()
            reason = document and document.x_holdpoint_quality_reason or 'a defect was reported'
            raise UserError("%s is kept apart by Holdpoint: defect report on %s, %s.\n\nIt is moved and delivered again when that is decided on." % (
                line.lot_id.display_name or line.product_id.display_name, blocker.x_title, reason))
