package io.holdpoint.demo;

import java.util.List;
import java.util.Map;

/**
 * What every demo Odoo has before the first customer: companies, people, terms, warehouses and what odoo-setup creates.
 */
final class Foundation {

    static final long MAIN_COMPANY = 1;
    static final long OTHER_COMPANY = 2;
    static final long PRICES_IN_USD = 2;
    static final long TAX = 1;
    static final long UNITS = 1;
    static final long CLEARANCE = 1;
    static final long RECEIVABLE = 1;
    static final long BASIC = 2;
    static final long SUPPLIERS = 3;
    static final long CUSTOMERS = 4;
    static final long SCRAPPED = 5;
    static final long LOST = 6;

    private static final long ROOT = 1;
    private static final Map<String, Object> ACTIVE = Map.of("active", true);

    private Foundation() {}

    static void lay(Env env) {
        put(env, "res.currency", 1, Map.of("name", "EUR", "symbol", "€", "rate", 1.0, "rounding", 0.01), ACTIVE);
        put(env, "res.currency", 2, Map.of("name", "USD", "symbol", "$", "rate", 1.08, "rounding", 0.01), ACTIVE);
        language(env);
        place(env, SUPPLIERS, "Partners/Vendors", "supplier", 0, 0);
        place(env, CUSTOMERS, "Partners/Customers", "customer", 0, 0);
        place(env, SCRAPPED, "Virtual Locations/Scrap", "inventory", 0, 0);
        place(env, LOST, "Virtual Locations/Inventory adjustment", "inventory", 0, 0);
        company(env, MAIN_COMPANY, "Nordlicht Industriebedarf", "WH");
        company(env, OTHER_COMPANY, "Nordlicht Service", "SV");

        put(env, "res.groups", 1, Map.of("name", Groups.USER));
        put(env, "res.groups", 2, Map.of("name", Groups.ADMIN));
        put(env, "res.groups", 3, Map.of("name", Groups.SALES));
        put(env, "res.groups", 4, Map.of("name", Groups.INVOICING));
        put(env, "res.groups", 5, Map.of("name", Groups.TECHNICAL));
        put(env, "res.groups", 6, Map.of("name", Groups.STOCK));
        put(env, "res.groups", 7, Map.of("name", Groups.PURCHASE));
        put(env, "res.groups", 8, Map.of("name", Groups.PURCHASE_MANAGER));
        user(env, ROOT, "__system__", "OdooBot", List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L));
        user(env, 2, "admin", "Administrator", List.of(1L, 2L, 3L, 4L, 6L, 7L, 8L));
        user(env, 3, DemoOdoo.TECHNICAL_USER, "Holdpoint", List.of(1L, 5L));
        user(env, 4, "anna", "Anna", List.of(1L, 3L));
        user(env, 5, "ben", "Ben", List.of(1L, 3L, 6L));
        user(env, 6, "bea", "Bea", List.of(1L, 7L));
        user(env, 7, "rita", "Rita", List.of(1L, 3L, 6L));
        user(env, 8, "wim", "Wim", List.of(1L, 6L));
        user(env, 9, "quinn", "Quinn", List.of(1L, 6L));
        user(env, 10, "carl", "Carl", List.of(1L, 7L));
        user(env, 11, "paul", "Paul", List.of(1L, 7L, 8L));
        user(env, 12, "clara", "Clara", List.of(1L, 3L, 4L));
        user(env, 13, "max", "Max", List.of(1L, 3L, 4L));
        user(env, 14, "dora", "Dora", List.of(1L, 3L, 4L));

        put(env, "product.category", 1, Map.of("name", "All"));
        put(env, "product.category", BASIC, Map.of("name", "Production supplies", "x_holdpoint_basic", true));

        for (var term : List.of(0, 14, 30, 45, 60)) {
            paymentTerm(env, term);
        }
        put(
                env,
                "account.account",
                RECEIVABLE,
                Map.of("name", "Trade receivables", "code", "1400", "account_type", "asset_receivable"));
        put(env, "account.tax", TAX, Map.of("name", "19 %", "amount", 19.0));
        put(env, "product.pricelist", 1, Map.of("name", "List prices (EUR)", "currency_id", 1L));
        put(env, "product.pricelist", PRICES_IN_USD, Map.of("name", "List prices (USD)", "currency_id", 2L));
        put(env, "uom.uom", UNITS, Map.of("name", "Units"));
        put(env, "crm.tag", CLEARANCE, Map.of("name", "Clearance"));

        actions(env);
    }

    /** In which everybody reads. */
    static void language(Env env) {
        put(env, Chatter.LANGUAGE, 1, Map.of("name", "English (US)", "code", "en_US"), ACTIVE);
    }

    /** What odoo-setup makes for Holdpoint and for buttons. */
    static void actions(Env env) {
        action(env, 1, "order_release_command", "Holdpoint: carry out a command", List.of(5L));
        action(env, 2, Commands.FIGURES_ACTION, "Holdpoint: figures of an order", List.of(5L));
        action(env, 30, "quality_escalation_command", "Holdpoint: command of quality-escalation", List.of(5L));
        action(env, 32, "quality_stock_lot_report", Quality.REPORT_ACTION, "Report defect", List.of());
        action(env, 33, "quality_stock_picking_report", Quality.REPORT_ACTION, "Report defect", List.of());
        action(env, 34, "quality_product_product_report", Quality.REPORT_ACTION, "Report defect", List.of());
        action(env, 31, QualityFigures.ACTION, "Holdpoint: figures of a defect report", List.of(5L));
        action(env, 3, Commands.REQUEST_ACTION, "Request release", List.of());
        action(env, 10, "urgent_purchase_command", "Holdpoint: command of urgent-purchase", List.of(5L));
        action(env, 11, PurchaseFigures.ACTION, "Holdpoint: figures of a purchase", List.of(5L));
        action(env, 12, Purchasing.REQUEST_ACTION, "Request approval", List.of());
        action(env, 20, "return_authorization_command", "Holdpoint: command of return-authorization", List.of(5L));
        action(env, 21, Returns.FIGURES_ACTION, "Holdpoint: figures of a delivery", List.of(5L));
        action(env, 22, Returns.REQUEST_ACTION, "Request return", List.of());
        action(env, 40, ToDos.ACTION, "Holdpoint: to-do on a document", List.of(5L));
    }

    /** The user with this login; while there are no users yet, the system itself. */
    static long userId(Store store, String login) {
        var users = store.all("res.users");
        return users.stream()
                .filter(user -> user.text("login").equals(login))
                .mapToLong(Row::id)
                .findFirst()
                .orElseGet(() -> {
                    if (users.isEmpty()) {
                        return ROOT;
                    }
                    throw Errors.unknownUser();
                });
    }

    /** The payment term with this many days; made when there is none. */
    static long paymentTerm(Env env, int days) {
        return env.all("account.payment.term.line").stream()
                .filter(line -> line.number("nb_days") == days)
                .mapToLong(line -> line.ref("payment_id"))
                .findFirst()
                .orElseGet(() -> {
                    var term = env.sudo()
                            .create(
                                    env.model("account.payment.term"),
                                    Map.of("name", days == 0 ? "Immediate Payment" : days + " Days", "active", true));
                    env.sudo()
                            .create(
                                    env.model("account.payment.term.line"),
                                    Map.of(
                                            "payment_id",
                                            term,
                                            "nb_days",
                                            days,
                                            "value",
                                            "percent",
                                            "value_amount",
                                            100.0,
                                            "delay_type",
                                            "days_after"));
                    return term;
                });
    }

    private static void company(Env env, long id, String name, String code) {
        put(env, Customers.PARTNER, id, Map.of("name", name, "is_company", true), ACTIVE);
        put(
                env,
                "res.company",
                id,
                Map.of("name", name, "currency_id", 1L, "partner_id", id, "account_use_credit_limit", true));
        warehouse(env, id, name, code);
    }

    /** The stock of a company has the company's id; all else lies behind it. */
    private static void warehouse(Env env, long id, String name, String code) {
        var view = 10 + id;
        place(env, view, code, "view", 0, id);
        place(env, id, "Stock", "internal", view, id);
        put(
                env,
                Stock.WAREHOUSE,
                id,
                Map.of(
                        "name", name,
                        "code", code,
                        "lot_stock_id", id,
                        "view_location_id", view,
                        "in_type_id", 10 * id + 1,
                        "out_type_id", 10 * id + 2,
                        "int_type_id", 10 * id + 3,
                        "company_id", id));
        place(env, 20 + id, "Quarantine", "internal", view, id);
        place(env, 30 + id, "Refurbishment", "internal", view, id);
        type(env, 10 * id + 1, "Receipts", "IN", "incoming", SUPPLIERS, id, id);
        type(env, 10 * id + 2, "Delivery Orders", "OUT", "outgoing", id, CUSTOMERS, id);
        type(env, 10 * id + 3, "Internal Transfers", "INT", "internal", id, id, id);
    }

    private static void type(
            Env env, long id, String name, String sequence, String code, long from, long to, long company) {
        put(
                env,
                Transfers.TYPE,
                id,
                Map.of(
                        "name", name,
                        "sequence_code", sequence,
                        "code", code,
                        "warehouse_id", company,
                        "default_location_src_id", from,
                        "default_location_dest_id", to,
                        "company_id", company));
    }

    private static void place(Env env, long id, String name, String usage, long parent, long company) {
        put(env, Stock.LOCATION, id, Map.of("name", name, "usage", usage), ACTIVE);
        if (parent > 0) {
            env.store(Stock.LOCATION, env.row(Stock.LOCATION, id), Map.of("location_id", parent));
        }
        if (company > 0) {
            env.store(Stock.LOCATION, env.row(Stock.LOCATION, id), Map.of("company_id", company));
        }
    }

    private static void user(Env env, long id, String login, String name, List<Long> groups) {
        var partner = 100 + id;
        put(env, Customers.PARTNER, partner, Map.of("name", name, "email", login + "@nordlicht.example"), ACTIVE);
        put(
                env,
                "res.users",
                id,
                Map.of(
                        "login", login,
                        "name", name,
                        "email", login + "@nordlicht.example",
                        "partner_id", partner,
                        "company_id", MAIN_COMPANY,
                        "company_ids", List.of(MAIN_COMPANY, OTHER_COMPANY),
                        "group_ids", groups),
                id == ROOT ? Map.of() : ACTIVE);
    }

    private static void action(Env env, long id, String code, String label, List<Long> groups) {
        action(env, id, code, code, label, groups);
    }

    /** @param name of the external id */
    private static void action(Env env, long id, String name, String code, String label, List<Long> groups) {
        put(env, "ir.actions.server", id, Map.of("name", label, "state", "code", "code", code, "group_ids", groups));
        put(
                env,
                "ir.model.data",
                id,
                Map.of("module", "__holdpoint__", "name", name, "model", "ir.actions.server", "res_id", id));
    }

    @SafeVarargs
    private static void put(Env env, String model, long id, Map<String, Object>... values) {
        var stamp =
                Map.of("create_date", env.moment(), "write_date", env.moment(), "create_uid", ROOT, "write_uid", ROOT);
        var row = new Row(id, Map.of()).with(stamp);
        for (var some : values) {
            row = row.with(some);
        }
        env.store(model, row, Map.of());
    }
}
