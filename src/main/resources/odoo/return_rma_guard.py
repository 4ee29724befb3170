if changed:
    raise UserError("%s: only Holdpoint gives RMA numbers. By them it knows what came back." % record.name)
