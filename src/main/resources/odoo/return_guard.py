state = old['x_holdpoint_state']
if passed and not was and state != 'released':
    # The rest of a return that came only in part is a transfer without the link to the delivery; its moves have it.
    delivery = record.return_id or record.move_ids.origin_returned_move_id.picking_id[:1]
    raise UserError("%s is a return that nobody authorized.\n\nUse Request return on %s; what is authorized gets a transfer of its own." % (record.name, delivery.name))
if changed:
    blank = not new['x_holdpoint_reason']
    requester = old['x_holdpoint_requested_by']
    if new['x_holdpoint_state'] == 'requested' and state != 'requested':
        # Anybody may ask for a return of what was delivered, in their own name, unless one is being decided.
        allowed = blank and state != 'held' and new['x_holdpoint_requested_by'] == str(user.id) and record.state == 'done'
    elif changed == {'x_holdpoint_requested_by'} and not new['x_holdpoint_requested_by']:
        # Odoo empties the field when the user is deleted.
        allowed = not env['res.users'].sudo().browse(int(requester)).exists()
    else:
        allowed = False
    if not allowed:
        raise UserError("%s: only Holdpoint sets the state of a return and its reason. Use Request return to ask for one." % record.name)
