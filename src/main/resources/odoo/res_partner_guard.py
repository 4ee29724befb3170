# The day by which a credit limit is to be reviewed is set by those who may set the limit itself.
if not user.has_group('account.group_account_invoice'):
    raise UserError("Only Invoicing users may set the day of the next credit limit review.")
