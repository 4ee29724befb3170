# Holdpoint: one command in one transaction. The context has it as "holdpoint": key, operation, reason, note, expected.
states = {
    'request': 'requested',
    'hold': 'held',
    'release': 'released',
    'reject': 'rejected',
    'return': 'returned',
    'withdraw': 'withdrawn',
}
command = env.context.get('holdpoint') or {}
key = command.get('key')
operation = command.get('operation')
if not key or operation not in states:
    raise UserError("This is no command of Holdpoint: %s" % operation)
order = env['sale.order'].sudo().browse(env.context.get('active_id')).exists()
if not order:
    raise UserError("The order does not exist any more.")

# Touch the row before looking at the key: of two transactions with one key the later then fails, and Odoo repeats it as a
# whole, when it finds what the first one did.
env.cr.execute('UPDATE sale_order SET write_date = write_date WHERE id = %s', [order.id])

register = env['x_holdpoint_command'].sudo()
earlier = register.search([('x_name', '=', key)], limit=1)
expected = command.get('expected')
changed = False
if expected:
    lines = {}
    for line in order.order_line:
        if not line.display_type:
            lines[line.id] = [line.product_id.id, line.product_uom_qty, line.price_unit, line.discount]
    changed = (
        order.partner_id.id != expected['partner_id']
        or (order.payment_term_id.id or False) != (expected['payment_term_id'] or False)
        or order.currency_id.id != expected['currency_id']
        or order.company_id.id != expected['company_id']
        or abs(order.amount_total - expected['amount_total']) > 0.000001
        or len(lines) != len(expected['lines'])
    )
    for line in expected['lines']:
        now = lines.get(line[0])
        if not now or now[0] != line[1]:
            changed = True
        elif abs(now[1] - line[2]) > 0.000001 or abs(now[2] - line[3]) > 0.000001 or abs(now[3] - line[4]) > 0.000001:
            changed = True

if earlier:
    action = {'status': 'already', 'state': earlier.x_answer}
elif changed:
    action = {'status': 'changed', 'state': order.state}
else:
    # A plain context, so that what the caller put there does not reach Odoo's own code; with the eyes of the order's company.
    order = order.with_context({'lang': env.user.lang or 'en_US'}).with_company(order.company_id)
    order.write({'x_holdpoint_state': states[operation], 'x_holdpoint_reason': command.get('reason') or False})
    if operation == 'release' and order.state != 'sale':
        order.action_confirm()
        if order.state != 'sale':
            raise UserError("Odoo did not confirm %s." % order.name)
    if command.get('note'):
        note = command['note'].replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;').replace('\n', '<br/>')
        order.message_post(body=note, body_is_html=True, subtype_xmlid='mail.mt_note')
    register.create({'x_name': key, 'x_document': 'sale.order,%d' % order.id, 'x_operation': operation, 'x_answer': order.state})
    action = {'status': 'done', 'state': order.state}
