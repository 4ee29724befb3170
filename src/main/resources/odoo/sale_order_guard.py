state = old['x_holdpoint_state']
if passed and not was:
    # Only a command of Holdpoint releases and confirms, in one transaction.
    reason = (old['x_holdpoint_reason'] or 'the reason follows shortly').rstrip('.')
    if state == 'held':
        text = "%s is on hold by Holdpoint: %s.\n\nIt is confirmed automatically as soon as it is released." % (record.name, reason)
    elif state == 'requested':
        text = "%s waits for its release by Holdpoint.\n\nIt is confirmed automatically as soon as it is released." % record.name
    elif state == 'rejected':
        text = "%s was not released by Holdpoint: %s.\n\nChange the order and use Request release again." % (record.name, reason)
    elif state == 'returned':
        text = "%s was returned for correction by Holdpoint: %s.\n\nCorrect the order and use Request release again." % (record.name, reason)
    else:
        text = "%s needs a release by Holdpoint before it is confirmed.\n\nUse Request release; the order is then confirmed automatically when nothing speaks against it." % record.name
    raise UserError(text)
if changed:
    blank = not new['x_holdpoint_reason']
    requester = old['x_holdpoint_requested_by']
    if new['x_holdpoint_state'] == 'requested' and state != 'requested':
        # Anybody may ask, in their own name, unless it is being decided.
        allowed = blank and state != 'held' and new['x_holdpoint_requested_by'] == str(user.id)
    elif changed == {'x_holdpoint_requested_by'} and not new['x_holdpoint_requested_by']:
        # Odoo empties the field when the user is deleted.
        allowed = not env['res.users'].sudo().browse(int(requester)).exists()
    else:
        # An order that is none any more may lose its release.
        allowed = blank and not new['x_holdpoint_state'] and state == 'released' and not passed
    if not allowed:
        if new['x_holdpoint_state'] == 'requested' and state == 'held':
            raise UserError("%s is on hold by Holdpoint and is being decided. There is nothing to request now." % record.name)
        raise UserError("%s: only Holdpoint sets the state of a release and its reason. Use Request release to ask for one." % record.name)
if not passed and new['x_holdpoint_state'] == 'released':
    # A release is used up by the confirmation: an order that is cancelled or set back needs a new one.
    record.write({'x_holdpoint_state': False, 'x_holdpoint_reason': False})
