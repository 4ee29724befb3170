# Holdpoint: "Request return", as a button on a delivery that is done.
wrong = records.filtered(lambda delivery: delivery.state != 'done' or delivery.picking_type_code != 'outgoing' or delivery.return_id)
if wrong:
    raise UserError("Only deliveries that are done can come back, and these are none: %s." % ', '.join(wrong.mapped('name')))
held = records.filtered(lambda delivery: delivery.x_holdpoint_state == 'held')
if held and len(records) == 1:
    raise UserError("A return of %s is being decided already: %s." % (held.name, held.x_holdpoint_reason or 'it is on hold'))
negative = records.filtered(lambda delivery: any(line.x_quantity <= 0 for line in delivery.x_holdpoint_return_line_ids))
if negative:
    raise UserError("Give each line of the return of %s a quantity above zero." % ', '.join(negative.mapped('name')))
asked = records.filtered(lambda delivery: delivery.x_holdpoint_state not in ('requested', 'held'))
asked.write({
    'x_holdpoint_state': 'requested',
    'x_holdpoint_reason': False,
    'x_holdpoint_requested_by': env.user.id,
    'x_holdpoint_requested_at': datetime.datetime.now().replace(microsecond=0),
})
