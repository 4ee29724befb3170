# Holdpoint: takes documents as they stand when their guard is put up. Gone again when the setup is done.
env.cr.execute("SELECT set_config('holdpoint.open', ';${model},*;', true)")
documents = env['${model}'].sudo().with_context(active_test=False).search(
    ${domain}, order='id', offset=env.context.get('holdpoint', {}).get('offset', 0), limit=${limit})
env.add_to_compute(documents._fields['${field}'], documents)
env.flush_all()
action = {'count': len(documents)}
