# Holdpoint: whether the set-up is whole, for odoo-check.
data = env['ir.model.data'].sudo().search([('module', '=', '__holdpoint__')])
rules = env['base.automation'].sudo().with_context(active_test=False).browse(
    data.filtered(lambda entry: entry.model == 'base.automation').mapped('res_id')).exists()
companies = env['res.company'].sudo().search([]) - env.user.sudo().company_ids
apps = env['ir.module.module'].sudo().search([('state', '=', 'installed'), ('name', 'in', ['sale_stock', 'sale_management', 'account'])])
action = {
    'version': int(env['ir.config_parameter'].sudo().get_param('holdpoint.setup_version') or 0),
    'technical': env.user.has_group('__holdpoint__.technical_user'),
    'present': data.mapped('name'),
    'switched_off': rules.filtered(lambda rule: not rule.active).mapped('name'),
    'companies_missing': companies.mapped('name'),
    'apps': apps.mapped('name'),
}
