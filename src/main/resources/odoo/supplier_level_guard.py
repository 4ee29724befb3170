# Quality cases move a vendor, by a command that opens it; who answers for purchasing may do so by hand.
if changed and not user.has_group('purchase.group_purchase_manager'):
    raise UserError("%s: the supplier level is moved by Holdpoint's quality cases, or by a Purchase administrator." % record.display_name)
