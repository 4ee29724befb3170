# Holdpoint: ${label}
# Run by a field of the same name for documents that differ from what was accepted last, unless Holdpoint changed them itself.
env.cr.execute("SELECT x_document, x_kept FROM x_holdpoint_kept WHERE x_name = '${name}' AND x_document IN %s", [tuple(records.ids)])
known = dict(env.cr.fetchall())
for record in records:
    before = known.get(record.id, '${nothing}').split('|', ${count})
    after = (${text}).split('|', ${count})
    was = before[0] in ('1', '3')
    passed = after[0] in ('1', '3')
    old = dict(zip(${compared}, before[1:]))
    new = dict(zip(${compared}, after[1:]))
    changed = {field for field in new if new[field] != old[field]}
    # Whoever wrote it; the user of the environment may be another one by the time that Odoo computes.
    user = record.write_uid
    # <rules: refuses by UserError
    ${rules}
    # rules>
    text = ${text}
    env.cr.execute("UPDATE x_holdpoint_kept SET x_kept = %s WHERE x_name = '${name}' AND x_document = %s", [text, record.id])
    if not env.cr.rowcount:
        env.cr.execute("INSERT INTO x_holdpoint_kept (x_name, x_document, x_kept) VALUES ('${name}', %s, %s)", [record.id, text])
