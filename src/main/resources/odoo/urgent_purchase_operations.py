if operation == 'release':
    if record.state != 'purchase':
        record.button_confirm()
        if record.state == 'to approve':
            # Two-step approval in Odoo asks for a purchase administrator. People with authority have agreed in Holdpoint, so
            # Odoo itself takes the second step.
            record.with_user(env.ref('base.user_root')).sudo().button_approve()
        # Odoo answers true whatever happened; the state tells.
        if record.state != 'purchase':
            raise UserError("Odoo did not confirm %s." % record.name)
    record.write({'x_holdpoint_approved_amount': record.amount_total, 'x_holdpoint_promised': record.date_planned})
    result = {'pickings': record.picking_ids.ids if 'picking_ids' in record._fields else []}
elif operation in ('approveAfterwards', 'breach'):
    record.write({'x_holdpoint_reason': command.get('reason') or False})
elif operation == 'agreeDate':
    if record.state != 'purchase':
        raise UserError("%s is not on order any more, so no date can be agreed for it." % record.name)
    due = record.order_line.filtered(lambda line: not line.display_type and line.qty_received < line.product_qty)
    due.write({'date_planned': arguments['date']})
    record.write({'x_holdpoint_promised': arguments['date']})
