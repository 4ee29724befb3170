package io.holdpoint.demo;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The models of the demo Odoo, with the fields and methods that Holdpoint uses. */
final class Schema {

    private static final Set<String> USERS = Set.of(Groups.USER);
    private static final Set<String> SALES = Set.of(Groups.SALES);
    private static final Set<String> PURCHASE = Set.of(Groups.PURCHASE, Groups.PURCHASE_MANAGER);
    private static final Set<String> INVOICING = Set.of(Groups.INVOICING);
    /** The technical user may see what accountants see. */
    private static final Set<String> ACCOUNTING = Set.of(Groups.INVOICING, Groups.TECHNICAL);

    private final Map<String, Model> models = new TreeMap<>();

    private Schema() {}

    static Map<String, Model> of(DemoFaults faults) {
        var schema = new Schema();
        var sales = new Sales(faults);
        schema.users();
        schema.customers();
        schema.invoices();
        schema.products();
        schema.orders(sales);
        var purchasing = new Purchasing(faults);
        schema.purchases(purchasing);
        schema.machinery(sales, purchasing);
        return schema.models;
    }

    private void users() {
        var users = model("res.users", "User", "name, login")
                .of("char", "name", "login", "email")
                .of("boolean", "active", "share")
                .one("partner_id", "res.partner")
                .one("company_id", "res.company")
                .many("company_ids", "res.company")
                .many("group_ids", "res.groups")
                .required("login", "company_id")
                .method(
                        "context_get",
                        (env, ids, arguments) -> Map.of("lang", "en_US", "tz", "UTC", "uid", env.userId()))
                .method("has_group", (env, ids, arguments) -> env.isIn(Json.string(arguments.get("group_ext_id"))));
        users.ofOneCompany = false;
        users.defaults = (env, id, values) -> values.putIfAbsent("active", true);
        model("res.groups", "Access Groups", "name").of("char", "name");
        model("res.company", "Companies", "id")
                .of("char", "name")
                .of("boolean", "account_use_credit_limit")
                .selection("po_double_validation", "one_step", "two_step")
                .of("monetary", "po_double_validation_amount")
                .one("currency_id", "res.currency")
                .one("partner_id", "res.partner");
        model("res.currency", "Currency", "name")
                .of("char", "name", "symbol")
                .of("boolean", "active")
                .of("float", "rate", "rounding");
    }

    private void customers() {
        var partners = model(Customers.PARTNER, "Contact", "name, id")
                .of("char", "name", "email", "city")
                .selection("type", "contact", "invoice", "delivery", "other")
                .of("boolean", "active", "is_company", "x_holdpoint_vendor_approved")
                .of("integer", "customer_rank", "supplier_rank", "x_holdpoint_supplier_level")
                .of("float", "credit_limit", "on_time_rate")
                .of("date", "x_holdpoint_limit_review")
                .one("parent_id", Customers.PARTNER)
                .one("company_id", "res.company")
                .one("property_payment_term_id", "account.payment.term")
                .one("property_product_pricelist", "product.pricelist")
                .selection("trust", "good", "normal", "bad")
                .computedOne(
                        "commercial_partner_id",
                        Customers.PARTNER,
                        (env, row) -> Customers.commercial(env, row).id())
                .computed("credit", "monetary", Customers::receivable)
                .computed("credit_to_invoice", "monetary", Customers::toInvoice)
                .computed("use_partner_credit_limit", "boolean", (env, row) -> {
                    var limit = env.value(env.model(Customers.PARTNER), row, "credit_limit");
                    return limit instanceof Number number && number.doubleValue() != 0;
                })
                .computed(
                        "show_credit_limit",
                        "boolean",
                        (env, row) -> env.row("res.company", env.companyId()).flag("account_use_credit_limit"))
                .perCompany("credit_limit", "trust", "property_payment_term_id", "property_product_pricelist")
                .onlyFor(
                        ACCOUNTING,
                        "credit",
                        "credit_to_invoice",
                        "credit_limit",
                        "use_partner_credit_limit",
                        "show_credit_limit")
                .rights(USERS, Set.of(Groups.SALES, Groups.PURCHASE, Groups.PURCHASE_MANAGER));
        partners.companyDefaults.put("trust", "normal");
        partners.displayName = Customers::displayName;
        partners.defaults = (env, id, values) -> values.putIfAbsent("active", true);
        partners.rule = (env, before, after) -> {
            Guards.partnerChanged(env, before, after);
            PurchaseGuard.vendorChanged(env, before, after);
        };

        var terms = model("account.payment.term", "Payment Terms", "id")
                .of("char", "name")
                .of("boolean", "active")
                .lines("line_ids", "account.payment.term.line", "payment_id");
        terms.defaults = (env, id, values) -> values.putIfAbsent("active", true);
        var termLines = model("account.payment.term.line", "Payment Terms Line", "id")
                .of("integer", "nb_days")
                .of("float", "value_amount")
                .selection("value", "percent", "fixed")
                .selection(
                        "delay_type",
                        "days_after",
                        "days_after_end_of_month",
                        "days_after_end_of_next_month",
                        "days_end_of_month_on_the")
                .one("payment_id", "account.payment.term");
        termLines.defaults = (env, id, values) -> values.putIfAbsent("delay_type", "days_after");
    }

    private void invoices() {
        var invoices = model(Invoicing.INVOICE, "Journal Entry", "invoice_date desc, id desc")
                .of("char", "name", "ref", "invoice_origin")
                .of("date", "invoice_date", "invoice_date_due")
                .of("monetary", "amount_total", "amount_total_signed", "amount_residual", "amount_residual_signed")
                .selection("move_type", "entry", "out_invoice", "out_refund", "in_invoice", "in_refund")
                .selection("state", "draft", "posted", "cancel")
                .selection("payment_state", "not_paid", "in_payment", "paid", "partial", "reversed", "blocked")
                .one("partner_id", Customers.PARTNER)
                .one("company_id", "res.company")
                .one("currency_id", "res.currency")
                .computedOne(
                        "commercial_partner_id",
                        Customers.PARTNER,
                        (env, row) -> Customers.commercial(env, env.row(Customers.PARTNER, row.ref("partner_id")))
                                .id())
                .lines("invoice_line_ids", Invoicing.ITEM, "move_id")
                .rights(USERS, INVOICING)
                .method("action_post", (env, ids, arguments) -> Invoicing.post(env, ids));
        invoices.defaults = Invoicing::defaults;
        model(Invoicing.ITEM, "Journal Item", "date_maturity, id")
                .of("char", "name")
                .of("date", "date_maturity")
                .of("float", "quantity", "price_unit")
                .of("monetary", "amount_residual", "balance")
                .many("tax_ids", "account.tax")
                .one("move_id", Invoicing.INVOICE)
                .one("account_id", "account.account")
                .computedOne(
                        "company_id",
                        "res.company",
                        (env, row) ->
                                env.row(Invoicing.INVOICE, row.ref("move_id")).ref("company_id"))
                .computedOne(
                        "partner_id",
                        Customers.PARTNER,
                        (env, row) ->
                                env.row(Invoicing.INVOICE, row.ref("move_id")).ref("partner_id"))
                .computed(
                        "parent_state",
                        "selection",
                        (env, row) ->
                                env.row(Invoicing.INVOICE, row.ref("move_id")).get("state"))
                .rights(ACCOUNTING, INVOICING);
        model("account.account", "Account", "code")
                .of("char", "name", "code")
                .selection("account_type", "asset_receivable", "income", "liability_payable", "expense")
                .rights(ACCOUNTING, INVOICING);
        model("account.tax", "Tax", "id").of("char", "name").of("float", "amount");
        model("payment.transaction", "Payment Transaction", "id desc")
                .of("char", "reference")
                .of("monetary", "amount")
                .selection("state", "draft", "pending", "authorized", "done", "cancel", "error")
                .many("sale_order_ids", Sales.ORDER)
                .rights(ACCOUNTING, INVOICING);
    }

    private void products() {
        var products = model("product.product", "Product Variant", "default_code, id")
                .of("char", "name", "default_code")
                .of("boolean", "active", "is_storable")
                .of("float", "list_price", "standard_price")
                .computed("lst_price", "float", (env, row) -> row.number("list_price"))
                .selection("type", "consu", "service")
                .one("uom_id", "uom.uom")
                .one("categ_id", "product.category")
                .many("taxes_id", "account.tax")
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
        };
        model("product.pricelist", "Pricelist", "id").of("char", "name").one("currency_id", "res.currency");
        model("uom.uom", "Unit of Measure", "id").of("char", "name");
        model("stock.warehouse", "Warehouse", "id")
                .of("char", "name", "code")
                .one("lot_stock_id", "stock.location")
                .one("company_id", "res.company");
        model("stock.location", "Inventory Locations", "id").of("char", "name");
        model("stock.quant", "Quants", "id")
                .of("float", "quantity", "inventory_quantity")
                .one("product_id", "product.product")
                .one("location_id", "stock.location")
                .method("action_apply_inventory", (env, ids, arguments) -> Stock.applyCount(env, ids));
        model("stock.move", "Stock Move", "id")
                .of("float", "product_uom_qty", "quantity")
                .of("char", "state")
                .one("product_id", "product.product")
                .one("sale_line_id", Sales.LINE)
                .one("location_id", "stock.location");
    }

    private void orders(Sales sales) {
        var orders = model(Sales.ORDER, "Sales Order", "date_order desc, id desc")
                .of("char", "name", "client_order_ref", "origin", "x_holdpoint_reason")
                .of("boolean", "locked")
                .of("datetime", "date_order", "commitment_date", "x_holdpoint_requested_at")
                .of("date", "validity_date")
                .of("monetary", "amount_untaxed", "amount_tax", "amount_total", "margin")
                .of("float", "currency_rate", "margin_percent")
                .selection("state", "draft", "sent", "sale", "cancel")
                .selection("invoice_status", "no", "to invoice", "invoiced", "upselling")
                .selection("x_holdpoint_state", "requested", "held", "released", "rejected", "returned", "withdrawn")
                .one("partner_id", Customers.PARTNER)
                .one("partner_invoice_id", Customers.PARTNER)
                .one("company_id", "res.company")
                .one("currency_id", "res.currency")
                .one("pricelist_id", "product.pricelist")
                .one("payment_term_id", "account.payment.term")
                .one("warehouse_id", "stock.warehouse")
                .one("user_id", "res.users")
                .one("x_holdpoint_requested_by", "res.users")
                .many("tag_ids", "crm.tag")
                .lines("order_line", Sales.LINE, "order_id")
                .computed("amount_undiscounted", "float", Sales::undiscounted)
                .computed("amount_paid", "float", Sales::paid)
                .required("partner_id")
                .rights(USERS, SALES)
                .method("action_confirm", (env, ids, arguments) -> sales.confirm(env, ids))
                .method("action_cancel", (env, ids, arguments) -> sales.cancel(env, ids))
                .method("action_draft", (env, ids, arguments) -> sales.backToQuotation(env, ids))
                .method(
                        "copy",
                        (env, ids, arguments) ->
                                ids.stream().map(id -> sales.copy(env, id)).toList())
                .method("action_quotation_sent", writing("state", "sent"))
                .method("action_lock", writing("locked", true))
                .method("action_unlock", writing("locked", false))
                .method(
                        "message_post",
                        (env, ids, arguments) -> ids.stream()
                                .map(id -> Chatter.post(env, Sales.ORDER, id, arguments))
                                .toList());
        orders.defaults = sales::defaults;
        orders.rule = sales::orderChanged;

        var lines = model(Sales.LINE, "Sales Order Line", "order_id, sequence, id")
                .of("text", "name")
                .of("integer", "sequence")
                .of(
                        "float",
                        "product_uom_qty",
                        "price_unit",
                        "technical_price_unit",
                        "discount",
                        "purchase_price",
                        "margin",
                        "margin_percent",
                        "price_tax")
                .of("monetary", "price_subtotal", "price_total", "price_reduce_taxexcl")
                .selection("display_type", "line_section", "line_subsection", "line_note")
                .one("order_id", Sales.ORDER)
                .one("product_id", "product.product")
                .one("product_uom_id", "uom.uom")
                .many("tax_ids", "account.tax")
                .computed("is_storable", "boolean", (env, row) -> {
                    var product = env.find("product.product", row.ref("product_id"));
                    return product != null && product.flag("is_storable");
                })
                .required("order_id")
                .rights(USERS, SALES)
                .method("onchange", (env, ids, arguments) -> sales.onchange(env, arguments));
        lines.defaults = sales::lineDefaults;
        lines.rule = sales::lineChanged;

        model("crm.tag", "CRM Tag", "id")
                .of("char", "name")
                .of("integer", "color")
                .rights(SALES, SALES);
        model(Chatter.MESSAGE, "Message", "id desc")
                .of("char", "model")
                .of("many2one_reference", "res_id")
                .of("html", "body")
                .of("datetime", "date")
                .selection("message_type", "comment", "notification", "email")
                .one("author_id", Customers.PARTNER);
    }

    private void purchases(Purchasing purchasing) {
        var orders = model(Purchasing.ORDER, "Purchase Order", "priority desc, id desc")
                .of("char", "name", "partner_ref", "origin", "x_holdpoint_reason")
                .of("text", "x_holdpoint_what_happened", "x_holdpoint_damage")
                .of("text", "x_holdpoint_unforeseen", "x_holdpoint_vendor_choice")
                .of("boolean", "acknowledged", "locked", "x_holdpoint_line_down")
                .of("datetime", "date_order", "date_approve", "date_planned")
                .of("datetime", "x_holdpoint_promised", "x_holdpoint_requested_at")
                .of("monetary", "amount_total")
                .of("float", "currency_rate", "x_holdpoint_approved_amount")
                .selection("priority", "0", "1")
                .selection("state", "draft", "sent", "to approve", "purchase", "cancel")
                .selection("x_holdpoint_urgency", "low", "medium", "high")
                .selection("x_holdpoint_state", "requested", "held", "released", "rejected", "returned", "withdrawn")
                .one("partner_id", Customers.PARTNER)
                .one("company_id", "res.company")
                .one("currency_id", "res.currency")
                .one("user_id", "res.users")
                .one("x_holdpoint_requested_by", "res.users")
                .lines("order_line", Purchasing.LINE, "order_id")
                .required("partner_id")
                .rights(Set.of(Groups.PURCHASE, Groups.PURCHASE_MANAGER, Groups.TECHNICAL), PURCHASE)
                .method("button_confirm", (env, ids, arguments) -> purchasing.confirm(env, ids))
                .method("button_approve", (env, ids, arguments) -> purchasing.approve(env, ids))
                .method("button_cancel", (env, ids, arguments) -> purchasing.cancel(env, ids))
                .method("button_draft", (env, ids, arguments) -> purchasing.backToDraft(env, ids))
                .method("action_acknowledge", (env, ids, arguments) -> {
                    env.write(env.model(Purchasing.ORDER), ids, Map.of("acknowledged", true));
                    return null;
                })
                .method(
                        "message_post",
                        (env, ids, arguments) -> ids.stream()
                                .map(id -> Chatter.post(env, Purchasing.ORDER, id, arguments))
                                .toList());
        orders.defaults = purchasing::defaults;
        orders.rule = purchasing::orderChanged;

        var lines = model(Purchasing.LINE, "Purchase Order Line", "order_id, id")
                .of("text", "name")
                .of("float", "product_qty", "qty_received", "price_unit", "discount")
                .of("datetime", "date_planned")
                .selection("display_type", "line_section", "line_subsection", "line_note")
                .one("order_id", Purchasing.ORDER)
                .one("product_id", "product.product")
                .one("product_uom_id", "uom.uom")
                .required("order_id")
                .rights(Set.of(Groups.PURCHASE, Groups.PURCHASE_MANAGER, Groups.TECHNICAL), PURCHASE);
        lines.defaults = purchasing::lineDefaults;
        lines.rule = purchasing::lineChanged;

        model(Purchasing.PRICE, "Supplier Pricelist", "id")
                .of("float", "price", "min_qty")
                .of("integer", "delay")
                .one("partner_id", Customers.PARTNER)
                .one("product_id", "product.product")
                .rights(USERS, PURCHASE);
        model("product.category", "Product Category", "id").of("char", "name").of("boolean", "x_holdpoint_basic");
    }

    private void machinery(Sales sales, Purchasing purchasing) {
        var commands = new Commands(List.of(new OrderCommand(sales), new PurchaseCommand(purchasing)));
        model("ir.config_parameter", "System Parameter", "key")
                .of("char", "key", "value")
                .rights(Set.of(Groups.ADMIN), Set.of(Groups.ADMIN));
        model("ir.model.data", "Model Data", "module, model, name")
                .of("char", "module", "name", "model")
                .of("many2one_reference", "res_id");
        model("ir.actions.server", "Server Action", "name")
                .of("char", "name", "code")
                .selection("state", "code", "webhook")
                .many("group_ids", "res.groups")
                .method("run", commands::run);
        model(Commands.COMMAND, "Holdpoint command", "id")
                .of("char", "x_name", "x_document", "x_operation", "x_answer", "x_result")
                .required("x_name")
                .rights(Set.of(Groups.TECHNICAL), Set.of());
    }

    private static Model.Method writing(String field, Object value) {
        return (env, ids, arguments) -> {
            env.write(env.model(Sales.ORDER), ids, Map.of(field, value));
            return null;
        };
    }

    private Model model(String name, String label, String order) {
        var model = new Model(name, label, order);
        models.put(name, model);
        return model;
    }
}
