# Holdpoint: one command in one transaction. The context has it as "holdpoint": key, document, operation, reason, note,
# expected, arguments. What the workflow adds stands between the marks; the rest is the same for all.
states = {
    'request': 'requested',
    'hold': 'held',
    'release': 'released',
    'reject': 'rejected',
    'return': 'returned',
    'withdraw': 'withdrawn',
}
operations = ${operations}
command = env.context.get('holdpoint') or {}
key = command.get('key')
operation = command.get('operation')
arguments = command.get('arguments') or {}
if not key or operation not in states and operation not in operations:
    raise UserError("This is no command of Holdpoint: %s" % operation)
name, number = command['document'].split(',')
if name not in ${models}:
    raise UserError("This command is not about records of %s." % name)
record = env[name].sudo().browse(int(number)).exists()
if not record:
    raise UserError("The document does not exist any more.")

# Touch the row before looking at the key: of two transactions with one key the later then fails, and Odoo repeats it as a
# whole, when it finds what the first one did.
env.cr.execute('UPDATE "%s" SET write_date = write_date WHERE id = %%s' % record._table, [record.id])

register = env['x_holdpoint_command'].sudo()
earlier = register.search([('x_name', '=', key)], limit=1)
expected = command.get('expected')
changed = False
if expected:
    # <material: sets changed
    ${material}
    # material>

if earlier:
    action = {'status': 'already', 'state': earlier.x_answer or '', 'result': json.loads(earlier.x_result) if earlier.x_result else {}}
elif changed:
    action = {'status': 'changed', 'state': record.state if 'state' in record._fields else '', 'result': {}}
else:
    # What this transaction does to the document is Holdpoint's doing: its guards let it pass.
    env.cr.execute("SELECT set_config('holdpoint.open', %s, true)", [';%s,%d;' % (record._name, record.id)])
    # A plain context, so that what the caller put there does not reach Odoo's own code; with the eyes of the document's
    # company.
    record = record.with_context({'lang': env.user.lang or 'en_US'})
    if 'company_id' in record._fields and record.company_id:
        record = record.with_company(record.company_id)
    if operation in states:
        record.write({'${prefix}_state': states[operation], '${prefix}_reason': command.get('reason') or False})
    result = {}
    # <operations: carries out operation with arguments; may set result
    ${carryOut}
    # operations>
    if command.get('note'):
        note = command['note'].replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;').replace('\n', '<br/>')
        record.message_post(body=note, body_is_html=True, subtype_xmlid='mail.mt_note')
    state = record.state if 'state' in record._fields else ''
    register.create({
        'x_name': key,
        'x_document': command['document'],
        'x_operation': operation,
        'x_answer': state,
        'x_result': json.dumps(result) if result else False,
    })
    action = {'status': 'done', 'state': state, 'result': result}
