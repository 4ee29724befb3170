# Holdpoint: "Report" in the window of Report defect. Whoever may write the document may report a defect of it.
for one in records:
    if one.x_holdpoint_quality_state in ('requested', 'held', 'quarantined', 'disposed', 'reopened'):
        raise UserError("A defect of %s is reported already and being worked on: %s." % (one.display_name, one.x_holdpoint_quality_reason or 'quarantine follows'))
    missing = []
    if not one.x_holdpoint_defect:
        missing.append('what is wrong (Defect)')
    if not one.x_holdpoint_defect_severity:
        missing.append('how grave it is (Severity)')
    if not one.x_holdpoint_defect_description:
        missing.append('what you saw (Description)')
    if missing:
        raise UserError("Please say of %s: %s." % (one.display_name, ', '.join(missing)))
    if one.x_holdpoint_defect_quantity < 0:
        raise UserError("Quantity: a defect cannot affect less than nothing. Enter how many units are affected, or 0 for all.")
    if one._name == 'product.product' and one.x_holdpoint_defect_quantity <= 0:
        raise UserError("Quantity: say how many units of %s are affected." % one.display_name)
    if one._name == 'stock.picking' and one.state != 'done':
        raise UserError("Validate %s first: until then nothing of it lies in stock." % one.display_name)
    one.write({
        'x_holdpoint_quality_state': 'requested',
        'x_holdpoint_quality_reason': False,
        'x_holdpoint_quality_requested_by': env.user.id,
        'x_holdpoint_quality_requested_at': datetime.datetime.now().replace(microsecond=0),
    })
