# Holdpoint: tell Holdpoint at once that the purchase changed, unless Holdpoint changed it. A hint only; what it misses is found
# by looking through the orders now and then.
if not env.user.has_group('__holdpoint__.technical_user'):
    hook = env['ir.actions.server'].sudo().browse(${hook})
    hook.with_context(active_model='purchase.order', active_id=record.id, active_ids=record.ids).run()
