# Holdpoint: the API keys of the technical user, for whom alone this runs. The context has it as "holdpoint": operation,
# and the first eight characters of a key, by which Odoo itself looks it up; a whole key is never sent in there.
given = env.context.get('holdpoint') or {}
operation = given.get('operation')
keys = env['res.users.apikeys']
expire = 'expiration_date' in keys._fields
if operation == 'make' and expire:
    user = env.user.sudo()
    groups = user.all_group_ids if 'all_group_ids' in user._fields else user.groups_id
    days = min(90, max(groups.mapped('api_key_duration') or [0]) or 1)
    # A little less than Odoo allows, because it looks at the clock after us.
    until = datetime.datetime.now().replace(microsecond=0) + datetime.timedelta(days=days, minutes=-1)
    action = {'key': keys._generate('rpc', 'Holdpoint', until), 'expires': until.strftime('%Y-%m-%d %H:%M:%S')}
elif operation == 'make':
    action = {'key': keys._generate('rpc', 'Holdpoint'), 'expires': False}
elif operation in ('look', 'revoke'):
    env.cr.execute('SELECT id FROM res_users_apikeys WHERE user_id = %s AND index = %s', [env.uid, given.get('index')])
    found = keys.sudo().browse([row[0] for row in env.cr.fetchall()])
    until = found[:1].expiration_date if expire else False
    action = {'known': bool(found), 'expires': until.strftime('%Y-%m-%d %H:%M:%S') if until else False}
    if operation == 'revoke':
        found._remove()
        # Over JSON-RPC Odoo would go on to accept what it remembers to have accepted.
        env.registry.clear_cache()
else:
    raise UserError("Holdpoint does not do this with keys: %s" % operation)
