if changed:
    raise UserError("%s: only Holdpoint moves a vendor on the supplier ladder, by its quality cases." % record.display_name)
