# Holdpoint: whether the set-up is whole, for odoo-check.
data = env['ir.model.data'].sudo().search([('module', '=', '__holdpoint__')])
rules = env['base.automation'].sudo().with_context(active_test=False).browse(
    data.filtered(lambda entry: entry.model == 'base.automation').mapped('res_id')).exists()
companies = env['res.company'].sudo().search([]) - env.user.sudo().company_ids
apps = env['ir.module.module'].sudo().search([('state', '=', 'installed'), ('name', 'in', ['sale_stock', 'sale_management', 'account'])])
guards = []
for entry in data.filtered(lambda entry: entry.name.endswith(('_field', '_check'))):
    part = env[entry.model].sudo().browse(entry.res_id).exists()
    if entry.model == 'ir.actions.server' and part:
        guards.append({'name': entry.name, 'label': part.name, 'text': part.code or '', 'works': True})
    elif entry.model == 'ir.model.fields' and part:
        # Odoo forgets all that a field depends on when one of it is gone.
        fields = env[part.model]._fields
        works = bool(part.compute and part.depends)
        for name in (part.depends or '').split(','):
            source = fields.get(name.strip().split('.')[0])
            works = works and bool(source) and any(field.name == part.name for field in env.registry.get_dependent_fields(source))
        text = '\n'.join([part.model, part.name, part.compute or '', part.depends or '', str(part.store), str(part.readonly)])
        guards.append({'name': entry.name, 'label': part.field_description, 'text': text, 'works': works})
action = {
    'version': int(env['ir.config_parameter'].sudo().get_param('holdpoint.setup_version') or 0),
    'technical': env.user.has_group('__holdpoint__.technical_user'),
    'present': data.mapped('name'),
    'guards': guards,
    'fingerprints': env['ir.config_parameter'].sudo().get_param('holdpoint.guards') or '',
    'switched_off': rules.filtered(lambda rule: not rule.active).mapped('name'),
    'companies_missing': companies.mapped('name'),
    'apps': apps.mapped('name'),
}
