# Holdpoint: what Odoo itself would charge for the lines of an order now, what they cost, what of them is free in stock, and
# the order's tags. Odoo has no public method for a list price, and shows tags to salespeople only. Costs come from the
# product, because the cost on a line can be typed over.
order = env['sale.order'].sudo().browse(env.context.get('active_id')).exists()
lines = {}
tags = []
if order:
    tags = order.tag_ids.mapped('name')
    order = order.with_context({'lang': env.user.lang or 'en_US'}).with_company(order.company_id)
    company = order.company_id
    currency = order.currency_id
    warehouse = order.warehouse_id if 'warehouse_id' in order._fields else False
    for line in order.order_line:
        product = line.product_id
        if line.display_type or not product:
            continue
        unit = line.product_uom_id if 'product_uom_id' in line._fields else line.product_uom

        combo = product.type == 'combo' or ('combo_item_id' in line._fields and line.combo_item_id)
        price = line._get_display_price() if combo else line._get_pricelist_price()
        taxes = product.taxes_id.filtered(lambda tax: tax.company_id in company.parent_ids or tax.company_id == company)
        if any(taxes.mapped('price_include')):
            quantity = line.product_uom_qty or 1.0
            untaxed = taxes.compute_all(price, currency=currency, quantity=quantity, product=product)
            price = untaxed['total_excluded'] / quantity

        cost = product.uom_id._compute_price(product.standard_price, unit)
        if product.cost_currency_id != currency:
            day = order.date_order or datetime.datetime.now()
            cost = product.cost_currency_id._convert(cost, currency, company, day, round=False)

        storable = product.is_storable if 'is_storable' in product._fields else product.type == 'product'
        free = 0.0
        if storable and warehouse:
            free = product.with_context(location=warehouse.lot_stock_id.id).free_qty
            free = product.uom_id._compute_quantity(free, unit, round=False)

        lines[str(line.id)] = {'list_price': price, 'cost': cost, 'storable': bool(storable), 'free_qty': free}
action = {'lines': lines, 'tags': tags}
