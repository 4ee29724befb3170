# Defects are reported by people and carried on by Holdpoint. What was reported is not changed while it is worked on.
state = old['x_holdpoint_quality_state']
working = state in ('requested', 'held', 'quarantined', 'disposed', 'reopened', 'blocked')
report = {'x_holdpoint_defect', 'x_holdpoint_defect_severity', 'x_holdpoint_defect_quantity'}
if passed and not was and any(move.state not in ('done', 'cancel') for move in record.move_ids):
    # Validated as it should be, its moves were judged; this is the state alone.
    raise UserError("%s is blocked by Holdpoint: %s.\n\nIt is delivered when that is decided on." % (record.display_name, old['x_holdpoint_quality_reason']))
if changed:
    if new['x_holdpoint_quality_state'] == 'requested' and not working:
        # Anybody may report, in their own name.
        allowed = not new['x_holdpoint_quality_reason'] and new['x_holdpoint_quality_requested_by'] == str(user.id)
    elif changed <= report:
        allowed = not working
    else:
        # Odoo empties the field when the user is deleted.
        allowed = changed == {'x_holdpoint_quality_requested_by'} and not new['x_holdpoint_quality_requested_by'] and not env['res.users'].sudo().browse(int(old['x_holdpoint_quality_requested_by'])).exists()
    if not allowed:
        raise UserError("%s: only Holdpoint sets the state of a defect report, and what was reported stays while it is worked on. Use Report defect to report one." % record.display_name)
