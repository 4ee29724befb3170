# Holdpoint: the day by which a credit limit is to be reviewed is set by those who may set the limit itself.
written = (env.context.get('old_values') or {}).get(record.id)
touched = record.x_holdpoint_limit_review if written is None else 'x_holdpoint_limit_review' in written
if touched and not env.user.has_group('account.group_account_invoice'):
    raise UserError("Only Invoicing users may set the day of the next credit limit review.")
