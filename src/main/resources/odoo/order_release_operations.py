if operation == 'release' and record.state != 'sale':
    record.action_confirm()
    if record.state != 'sale':
        raise UserError("Odoo did not confirm %s." % record.name)
