# Holdpoint: ${label}
# A hint only; what it misses is found by looking through the documents now and then. What Holdpoint changes it need not be told.
concerned = [record.id for record in self if record.id and ${when}]
if concerned and not self.env.user.has_group('__holdpoint__.technical_user'):
    hook = self.env(context={})['ir.actions.server'].sudo().browse(${hook}).exists()
    hook.with_context(active_model='${model}', active_id=concerned[0], active_ids=concerned).run()
self['${field}'] = False
