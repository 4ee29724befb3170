# Holdpoint: an order becomes a sales order by a release only, and a release is good for one confirmation.
# The command of the technical user sets "released" and confirms in one transaction; nobody else gets past this.
if not (env.user.has_group('__holdpoint__.technical_user') and record.x_holdpoint_state == 'released'):
    name = record.name
    reason = (record.x_holdpoint_reason or 'the reason follows shortly').rstrip('.')
    if record.x_holdpoint_state == 'held':
        text = "%s is on hold by Holdpoint: %s.\n\nIt is confirmed automatically as soon as it is released." % (name, reason)
    elif record.x_holdpoint_state == 'requested':
        text = "%s waits for its release by Holdpoint.\n\nIt is confirmed automatically as soon as it is released." % name
    elif record.x_holdpoint_state == 'rejected':
        text = "%s was not released by Holdpoint: %s.\n\nChange the order and use Request release again." % (name, reason)
    elif record.x_holdpoint_state == 'returned':
        text = "%s was returned for correction by Holdpoint: %s.\n\nCorrect the order and use Request release again." % (name, reason)
    else:
        text = "%s needs a release by Holdpoint before it is confirmed.\n\nUse Request release; the order is then confirmed automatically when nothing speaks against it." % name
    raise UserError(text)
