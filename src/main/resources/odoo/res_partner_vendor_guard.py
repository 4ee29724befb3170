# Whether a vendor is approved, and its supplier level, is not for buyers to say.
if not user.has_group('purchase.group_purchase_manager'):
    raise UserError("Only Purchase administrators may approve a vendor or set its supplier level.")
