# Holdpoint: ${label}
# Odoo computes this field in the transaction that changed what it depends on. What is as it was accepted last passes, and so
# does what a command of Holdpoint does to a document that it opened in this transaction, and what was quiet and stays so. All
# else is put to the check.
found = self.filtered('id')
# Odoo reads the fields of a setup one by one when they are asked for one by one.
found.fetch(${fields})
self.env.cr.execute("""
    WITH given AS (SELECT unnest(%s::int[]) AS document, unnest(%s::text[]) AS text),
    opened AS (SELECT coalesce(current_setting('holdpoint.open', true), '') AS names),
    differing AS (
        SELECT document, text, position(';${model},' || document || ';' IN names) + position(';${model},*;' IN names) > 0
            OR text ~ '^[23]' AND coalesce(x_kept, '2') ~ '^[23]' AS ours
        FROM given CROSS JOIN opened LEFT JOIN x_holdpoint_kept ON x_name = '${name}' AND x_document = document
        WHERE coalesce(x_kept, '${nothing}') != text),
    kept AS (
        UPDATE x_holdpoint_kept SET x_kept = text FROM differing WHERE ours AND x_name = '${name}' AND x_document = document
        RETURNING document),
    added AS (
        INSERT INTO x_holdpoint_kept (x_name, x_document, x_kept) SELECT '${name}', document, text FROM differing
        WHERE ours AND NOT EXISTS (SELECT FROM x_holdpoint_kept WHERE x_name = '${name}' AND x_document = document))
    SELECT document FROM differing WHERE NOT ours""", [found.ids, [${text} for record in found]])
others = [row[0] for row in self.env.cr.fetchall()]
if others:
    check = self.env(context={})['ir.actions.server'].sudo().browse(${check})
    check.with_context(active_model='${model}', active_id=others[0], active_ids=others).run()
# Both fields ask the same. Whoever writes one of them by hand makes Odoo compute the other.
self.env.remove_to_compute(self._fields['${other}'], self)
self['${field}'] = False
