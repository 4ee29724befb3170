# Whether a vendor is approved is not for buyers to say.
if changed and not user.has_group('purchase.group_purchase_manager'):
    raise UserError("%s: only Purchase administrators approve vendors." % record.display_name)
