# Holdpoint: "Request approval", as a button on the purchase order and as an action on a list of them.
wrong = records.filtered(lambda order: order.state not in ('draft', 'sent', 'to approve'))
if wrong:
    raise UserError("Only what is not ordered yet can be approved, but these are: %s." % ', '.join(wrong.mapped('name')))
# What was asked for once needs an answer, also when it is not urgent any more.
calm = records.filtered(lambda order: order.priority != '1' and not order.x_holdpoint_state)
if calm:
    raise UserError("Only urgent purchases are approved by Holdpoint. Mark %s with the star first, or confirm without." % ', '.join(calm.mapped('name')))
empty = records.filtered(lambda order: not order.order_line)
if empty:
    raise UserError("Add a line before you request the approval of %s." % ', '.join(empty.mapped('name')))
held = records.filtered(lambda order: order.x_holdpoint_state == 'held')
if held and len(records) == 1:
    raise UserError("%s is on hold by Holdpoint already: %s." % (held.name, held.x_holdpoint_reason or 'being decided'))
asked = records.filtered(lambda order: order.x_holdpoint_state not in ('requested', 'held'))
asked.write({
    'x_holdpoint_state': 'requested',
    'x_holdpoint_reason': False,
    'x_holdpoint_requested_by': env.user.id,
    'x_holdpoint_requested_at': datetime.datetime.now().replace(microsecond=0),
})
