# Holdpoint: what of a purchase order is in no field that the technical user may read: the vendor's own prices and lead times,
# whether the goods are a basic need, how the vendor stands and delivered, and what else the requester ordered there in a week.
order = env['purchase.order'].sudo().browse(env.context.get('active_id')).exists()
lines = {}
vendor = {}
split = {'amount': 0.0, 'count': 0}
warehouse = False
if order:
    order = order.with_context({'lang': env.user.lang or 'en_US'}).with_company(order.company_id)
    company = order.company_id
    currency = order.currency_id
    day = order.date_order or datetime.datetime.now()
    year = datetime.datetime.now() - datetime.timedelta(days=365)
    partner = order.partner_id.commercial_partner_id
    # Where what is bought comes in; without stock there is no such place.
    if 'picking_type_id' in order._fields and order.picking_type_id.warehouse_id:
        warehouse = [order.picking_type_id.warehouse_id.id, order.picking_type_id.warehouse_id.name]
    drifts = []
    for line in order.order_line:
        product = line.product_id
        if line.display_type or not product:
            continue
        unit = line.product_uom_id if 'product_uom_id' in line._fields else line.product_uom
        seller = product._select_seller(partner_id=order.partner_id, quantity=line.product_qty, date=day.date(), uom_id=unit)
        price = False
        if seller and seller.price_discounted:
            own = seller.product_uom_id if 'product_uom_id' in seller._fields else seller.product_uom
            price = own._compute_price(seller.price_discounted, unit)
            if seller.currency_id != currency:
                price = seller.currency_id._convert(price, currency, company, day, round=False)
        earlier = env['purchase.order.line'].sudo().search([
            ('product_id', '=', product.id), ('order_id', '!=', order.id), ('order_id.state', '=', 'purchase'),
            ('order_id.partner_id', 'child_of', partner.id), ('order_id.currency_id', '=', currency.id), ('order_id.date_approve', '>=', year),
        ]).sorted(lambda bought: (bought.order_id.date_approve, bought.id))
        if len(earlier) > 1 and earlier[0].price_unit:
            first = earlier[0].price_unit * (1 - earlier[0].discount / 100)
            last = earlier[-1].price_unit * (1 - earlier[-1].discount / 100)
            drifts.append((last / first - 1) * 100 if first else 0.0)
        lines[str(line.id)] = {
            'list_price': price,
            'delay': seller.delay if seller else False,
            'basic': bool(product.categ_id.x_holdpoint_basic),
            'goods': product.type != 'service',
        }
    vendor = {
        'approved': bool(partner.x_holdpoint_vendor_approved),
        'level': partner.x_holdpoint_supplier_level or 0,
        'on_time': partner.on_time_rate if 'on_time_rate' in partner._fields else -1.0,
        'drift': sum(drifts) / len(drifts) if drifts else 0.0,
        'drift_products': len(drifts),
    }
    requester = order.x_holdpoint_requested_by or order.create_uid
    others = env['purchase.order'].sudo().search([
        ('id', '!=', order.id), ('company_id', '=', company.id), ('partner_id', 'child_of', partner.id), ('state', '!=', 'cancel'),
        ('create_date', '>=', datetime.datetime.now() - datetime.timedelta(days=7)),
        # What is not urgent follows Odoo's own rules, unless an approval was asked for; of what was rejected or withdrawn
        # nothing is bought.
        ('x_holdpoint_state', 'not in', ('rejected', 'withdrawn')), '|', ('priority', '=', '1'), ('x_holdpoint_state', '!=', False),
        '|', ('x_holdpoint_requested_by', '=', requester.id), '&', ('x_holdpoint_requested_by', '=', False), '|', ('user_id', '=', requester.id), ('create_uid', '=', requester.id),
    ])
    split = {'amount': sum(other.amount_total / (other.currency_rate or 1.0) for other in others), 'count': len(others)}
action = {'lines': lines, 'vendor': vendor, 'split': split, 'warehouse': warehouse}
