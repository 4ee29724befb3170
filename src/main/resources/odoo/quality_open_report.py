# Holdpoint: "Report defect" opens a small window on the document itself.
action = {
    'type': 'ir.actions.act_window',
    'name': 'Report defect',
    'res_model': record._name,
    'res_id': record.id,
    'views': [(${window}, 'form')],
    'target': 'new',
}
