# Holdpoint: what Holdpoint says about an order is written by Holdpoint only. Others may ask for a release, in their own
# name, unless one is being decided; and a released order that goes back to a quotation loses its release.
if not env.user.has_group('__holdpoint__.technical_user'):
    new = record.x_holdpoint_state
    written = (env.context.get('old_values') or {}).get(record.id)
    blank = not record.x_holdpoint_reason
    if written is None:
        # a new order
        asks = new == 'requested' and record.x_holdpoint_requested_by == env.user
        allowed = blank and (asks or not (new or record.x_holdpoint_requested_by or record.x_holdpoint_requested_at))
    else:
        old = written.get('x_holdpoint_state', new)
        if new == 'requested' and old != 'requested':
            allowed = blank and old != 'held' and record.x_holdpoint_requested_by == env.user
        else:
            allowed = blank and not new and old == 'released' and record.state != 'sale'
    if not allowed:
        if new == 'requested' and written and written.get('x_holdpoint_state') == 'held':
            raise UserError("%s is on hold by Holdpoint and is being decided. There is nothing to request now." % record.name)
        raise UserError("%s: only Holdpoint sets the state of a release and its reason. Use Request release to ask for one." % record.name)
