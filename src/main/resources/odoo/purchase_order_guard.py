# An urgent purchase is confirmed by an approval only. Whether it is urgent is judged on what it was before this
# change too, so that nobody takes the star away and confirms in one go; and what an approval was asked for needs one from
# then on, with the star or without, whatever became of the request.
asked = ('requested', 'held', 'rejected', 'returned', 'withdrawn')
own = {'x_holdpoint_state', 'x_holdpoint_requested_by', 'x_holdpoint_requested_at', 'x_holdpoint_reason', 'x_holdpoint_approved_amount', 'x_holdpoint_promised'}
state = new['x_holdpoint_state']
before = old['x_holdpoint_state']
name = record.name
if passed and not was:
    if '1' in (new['priority'], old['priority']) or state in asked or before in asked:
        reason = (record.x_holdpoint_reason or 'the reason follows shortly').rstrip('.')
        if state == 'held':
            text = "%s is on hold by Holdpoint: %s.\n\nIt is confirmed automatically as soon as it is approved." % (name, reason)
        elif state == 'requested':
            text = "%s waits for its approval by Holdpoint.\n\nIt is confirmed automatically as soon as it is approved." % name
        elif state == 'rejected':
            text = "%s was not approved by Holdpoint: %s.\n\nChange it and use Request approval again." % (name, reason)
        elif state == 'returned':
            text = "%s was returned for correction by Holdpoint: %s.\n\nCorrect it and use Request approval again." % (name, reason)
        elif state == 'withdrawn':
            text = "The request to approve %s was withdrawn, so it is not approved.\n\nUse Request approval again, with the star or without. What was never urgent is a new order." % name
        else:
            text = "%s is urgent and needs an approval by Holdpoint before it is confirmed.\n\nUse Request approval; it is then confirmed automatically when nothing speaks against it." % name
        raise UserError(text)
elif passed and state == 'released' and (record.amount_total > record.x_holdpoint_approved_amount + 0.005 or 'partner_id' in changed):
    raise UserError("%s was approved for %.2f with this vendor. What is to be added is a new purchase order." % (name, record.x_holdpoint_approved_amount))

own &= changed
if was and not passed and before == 'released':
    # An approval is used up by the confirmation: an order that is cancelled or set back needs a new one.
    used = {'x_holdpoint_state': False, 'x_holdpoint_reason': False, 'x_holdpoint_approved_amount': 0, 'x_holdpoint_promised': False}
    record.write(used)
    own -= set(used)
if own:
    asks = state == 'requested' and before != 'requested' and not passed
    if own == {'x_holdpoint_requested_by'} and not new['x_holdpoint_requested_by']:
        # Odoo empties the field when the user is deleted.
        allowed = not env['res.users'].sudo().browse(int(old['x_holdpoint_requested_by'])).exists()
    else:
        # Anybody may ask, in their own name, unless it is being decided.
        allowed = asks and before != 'held' and not new['x_holdpoint_reason'] and new['x_holdpoint_requested_by'] == str(user.id)
    if not allowed:
        if asks and before == 'held':
            raise UserError("%s is on hold by Holdpoint and is being decided. There is nothing to request now." % name)
        raise UserError("%s: only Holdpoint sets the state of an approval and what belongs to it. Use Request approval to ask for one." % name)
