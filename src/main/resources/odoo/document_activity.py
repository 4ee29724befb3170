# Holdpoint: the to-do of one task on its document. The context has it as "holdpoint": key, document, operation (ask, done
# or withdraw), logins or requester, summary, note, link, deadline, feedback. One key never makes two to-dos, and what
# is done stays done, whatever is repeated or comes late.
wish = env.context.get('holdpoint') or {}
key = wish.get('key')
operation = wish.get('operation')
if not key or operation not in ('ask', 'done', 'withdraw'):
    raise UserError("This is no to-do of Holdpoint: %s" % operation)
name, number = wish['document'].split(',')
record = env[name].sudo().browse(int(number)).exists()
person = env['res.users'].sudo().browse()
status = 'gone'

if record and 'activity_ids' in record._fields:
    # Of two transactions with one key the later then fails, and Odoo repeats it when it finds what the first one did.
    env.cr.execute('UPDATE "%s" SET write_date = write_date WHERE id = %%s' % record._table, [record.id])
    register = env['x_holdpoint_command'].sudo()
    entry = register.search([('x_name', '=', key)], limit=1)
    activities = env['mail.activity'].sudo().with_context(
        {'lang': env.user.lang or 'en_US', 'active_test': False, 'mail_activity_quick_update': True})
    activity = activities.browse(json.loads(entry.x_result)['activity'] if entry.x_result else []).exists()
    # From Odoo 19 on a to-do that is done is archived, before it was deleted.
    is_open = bool(activity) and ('active' not in activity._fields or activity.active)
    state = entry.x_answer or ''

    if operation == 'ask' and state != 'done':
        users = env['res.users'].sudo()
        if wish.get('requester'):
            for prefix in ('x_holdpoint', 'x_holdpoint_quality'):
                if not person and prefix + '_state' in record._fields and record[prefix + '_state'] == 'returned':
                    person = record[prefix + '_requested_by']
        else:
            for field in ('login', 'email'):
                if not person:
                    person = users.search([('share', '=', False), (field, 'in', wish.get('logins') or [])], limit=1)
        # Odoo gives to-dos also to people who cannot open the document.
        if person and not (person.active
                           and env['ir.model.access'].with_user(person).check(name, 'read', raise_exception=False)
                           and record.with_user(person).with_context(active_test=False).search_count([('id', '=', record.id)])):
            person = users.browse()
        if not person:
            operation = 'withdraw'

    if operation == 'ask' and state == 'done':
        status = 'over'
    elif operation == 'ask':
        note = ''.join('<p>%s</p>' % line for line in (wish.get('note') or '')
                       .replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;').split('\n') if line)
        if wish.get('link'):
            note += '<p><a href="%s">Open the task in Holdpoint</a></p>' % wish['link'].replace('&', '&amp;').replace('"', '&quot;')
        values = {
            'summary': wish.get('summary'),
            'note': note,
            'date_deadline': wish.get('deadline'),
            'user_id': person.id,
        }
        if is_open:
            activity.write(values)
            status = 'changed'
        elif state == 'open':
            # Somebody ticked it off or deleted it. That is theirs to do, and no reason to give it to them again.
            person = users.browse()
            status = 'ticked off'
        else:
            todo = env.ref('mail.mail_activity_data_todo', raise_if_not_found=False)
            values['res_model_id'] = env['ir.model'].sudo().search([('model', '=', name)], limit=1).id
            values['res_id'] = record.id
            if todo:
                values['activity_type_id'] = todo.id
            activity = activities.create(values)
            status = 'made'
            state = 'open'
    elif operation == 'done':
        if is_open:
            activity.action_feedback(feedback=wish.get('feedback') or False)
        status = 'done'
        state = 'done'
    else:
        if is_open:
            activity.unlink()
            activity = activities.browse()
            state = 'withdrawn'
        status = 'nobody'

    values = {'x_answer': state, 'x_result': json.dumps({'activity': activity.ids}) if activity else False}
    if not entry and state:
        values.update({'x_name': key, 'x_document': wish['document'], 'x_operation': 'activity'})
        register.create(values)
    elif entry and (entry.x_answer or '') != state:
        entry.write(values)

action = {'status': status, 'person': person.login or ''}
