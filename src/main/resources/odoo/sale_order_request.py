# Holdpoint: "Request release", as a button on the order and as an action on a list of orders.
wrong = records.filtered(lambda order: order.state not in ('draft', 'sent'))
if wrong:
    raise UserError("Only quotations can be released, but these are none: %s." % ', '.join(wrong.mapped('name')))
empty = records.filtered(lambda order: not order.order_line)
if empty:
    raise UserError("Add a line before you request the release of %s." % ', '.join(empty.mapped('name')))
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
