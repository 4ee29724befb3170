lines = {}
for line in record.order_line:
    if not line.display_type:
        lines[line.id] = [line.product_id.id, line.product_qty, line.price_unit, line.discount, str(line.date_planned or '')[:19]]
changed = (
    record.partner_id.id != expected['partner_id']
    or record.currency_id.id != expected['currency_id']
    or record.company_id.id != expected['company_id']
    or record.priority != expected['priority']
    or bool(record.x_holdpoint_line_down) != bool(expected['x_holdpoint_line_down'])
    or abs(record.amount_total - expected['amount_total']) > 0.000001
    or len(lines) != len(expected['lines'])
)
for line in expected['lines']:
    now = lines.get(line[0])
    if not now or now[0] != line[1] or now[4] != line[5]:
        changed = True
    elif abs(now[1] - line[2]) > 0.000001 or abs(now[2] - line[3]) > 0.000001 or abs(now[3] - line[4]) > 0.000001:
        changed = True
