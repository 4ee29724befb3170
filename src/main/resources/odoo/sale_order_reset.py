# Holdpoint: a release is used up by the confirmation. An order that is cancelled or set back needs a new one.
record.write({'x_holdpoint_state': False, 'x_holdpoint_reason': False})
