package io.holdpoint.demo;

/** What is bought and sold. */
final class Products {

    static final String PRODUCT = "product.product";

    private Products() {}

    static void models(Schema schema) {
        var products = schema.model("product.product", "Product Variant", "default_code, id")
                .of("char", "name", "default_code")
                .of("boolean", "active", "is_storable")
                .of("float", "list_price", "standard_price")
                .computed("lst_price", "float", (env, row) -> row.number("list_price"))
                .selection("type", "consu", "service")
                .selection("tracking", "none", "lot", "serial")
                .selection("invoice_policy", "order", "delivery")
                .one("categ_id", "product.category")
                .many("product_tag_ids", "product.tag")
                .one("uom_id", "uom.uom")
                .many("taxes_id", "account.tax")
                .many("supplier_taxes_id", "account.tax")
                .computed("qty_available", "float", Stock::onHand)
                .computed("free_qty", "float", Stock::free)
                .computed("outgoing_qty", "float", Stock::outgoing)
                .computed(
                        "virtual_available", "float", (env, row) -> Stock.onHand(env, row) - Stock.outgoing(env, row));
        products.displayName = (env, row) ->
                row.has("default_code") ? "[" + row.text("default_code") + "] " + row.text("name") : row.text("name");
        products.defaults = (env, id, values) -> {
            values.putIfAbsent("active", true);
            values.putIfAbsent("uom_id", Foundation.UNITS);
            values.putIfAbsent("tracking", "none");
            values.putIfAbsent("invoice_policy", "order");
        };
        schema.model("product.pricelist", "Pricelist", "id").of("char", "name").one("currency_id", "res.currency");
        schema.model("product.category", "Product Category", "id")
                .of("char", "name")
                .of("boolean", "x_holdpoint_basic");
        schema.model("product.tag", "Product Tag", "id").of("char", "name");
        schema.model("uom.uom", "Unit of Measure", "id").of("char", "name");
    }
}
