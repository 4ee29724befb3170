package io.holdpoint.demo;

import io.holdpoint.odoo.DocumentRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Puts customers, products, invoices and orders into a demo Odoo. Where nothing else is said, a customer is a good one,
 * a product is in stock with a fair margin, and an order would pass every check.
 *
 * <pre>{@code
 * var customer = odoo.data().customer("Elbe Metall").creditLimit(10_000).add();
 * var pump = odoo.data().product("Pump").price(100).cost(60).add();
 * var order = odoo.data().order(customer).line(pump, 150).add();
 * }</pre>
 */
public final class DemoData {

    private final DemoOdoo odoo;

    DemoData(DemoOdoo odoo) {
        this.odoo = odoo;
    }

    public Customer customer(String name) {
        return new Customer(name);
    }

    /** A person who orders for a customer. */
    public long contact(String name, long customer) {
        return odoo.transaction(env -> env.sudo()
                .create(env.model(Customers.PARTNER), Map.of("name", name, "parent_id", customer, "type", "contact")));
    }

    public PurchaseData.Vendor vendor(String name) {
        return new PurchaseData(odoo).vendor(name);
    }

    public PurchaseData.Order purchase(long vendor) {
        return new PurchaseData(odoo).order(vendor);
    }

    public Product product(String name) {
        return new Product(name);
    }

    /** @param customer the id of a customer or of one of its contacts */
    public Order order(long customer) {
        return new Order(customer);
    }

    /** A posted invoice that nothing was paid of yet. */
    public Invoice invoice(long customer) {
        return new Invoice(customer);
    }

    /** An order of 1,000 euros that passes every check, of a customer and a product of its own. */
    public long goodOrder() {
        var customer = customer("Good customer").add();
        return order(customer).line(product("Good product").add(), 10).add();
    }

    public final class Customer {

        private final String name;
        private double limit = 100_000;
        private int termDays = 30;
        private String trust = "normal";
        private @Nullable Integer lastOrderDaysAgo = 30;
        private @Nullable Integer limitReviewDaysAgo;
        private long company = Foundation.MAIN_COMPANY;
        private long pricelist = 1;

        private Customer(String name) {
            this.name = name;
        }

        /** In the currency of the company; 100,000 where nothing is said. */
        public Customer creditLimit(double amount) {
            limit = amount;
            return this;
        }

        public Customer withoutCreditLimit() {
            return creditLimit(0);
        }

        /** 30 where nothing is said. */
        public Customer termDays(int days) {
            termDays = days;
            return this;
        }

        /** @param degree good, normal or bad */
        public Customer trust(String degree) {
            trust = degree;
            return this;
        }

        /** 30 where nothing is said. */
        public Customer lastOrderDaysAgo(int days) {
            lastOrderDaysAgo = days;
            return this;
        }

        public Customer neverOrdered() {
            lastOrderDaysAgo = null;
            return this;
        }

        /** The limit should have been reviewed so many days ago. */
        public Customer limitReviewOverdue(int days) {
            limitReviewDaysAgo = days;
            return this;
        }

        /** Buys in US dollars, at the list prices of the day. */
        public Customer inUsDollars() {
            pricelist = Foundation.PRICES_IN_USD;
            return this;
        }

        /** The company that these terms are with; the first one where nothing is said. */
        public Customer of(long companyId) {
            company = companyId;
            return this;
        }

        public long add() {
            return odoo.transaction(here -> {
                var env = here.with(Map.of("allowed_company_ids", List.of(company)))
                        .sudo();
                var values = new TreeMap<String, Object>(Map.of(
                        "name", name,
                        "is_company", true,
                        "customer_rank", 1,
                        "credit_limit", limit,
                        "trust", trust,
                        "property_product_pricelist", pricelist,
                        "property_payment_term_id", Foundation.paymentTerm(env, termDays)));
                if (limitReviewDaysAgo != null) {
                    values.put(
                            "x_holdpoint_limit_review",
                            env.today().minusDays(limitReviewDaysAgo).toString());
                }
                var id = env.create(env.model(Customers.PARTNER), values);
                if (lastOrderDaysAgo != null) {
                    pastOrder(env, id, lastOrderDaysAgo);
                }
                return id;
            });
        }

        /** History: confirmed, delivered and invoiced long ago, as it was before anybody thought of hold points. */
        private void pastOrder(Env env, long customer, int daysAgo) {
            var id = env.create(
                    env.model(Sales.ORDER),
                    Map.of("partner_id", customer, "date_order", env.today().minusDays(daysAgo) + " 09:00:00"));
            env.store(Sales.ORDER, env.row(Sales.ORDER, id), Map.of("state", "sale", "invoice_status", "invoiced"));
        }
    }

    public final class Product {

        private final String name;
        private @Nullable String code;
        private double price = 100;
        private double cost = 60;
        private double stock = 1_000;
        private boolean service;
        private boolean basicNeed;
        private boolean taxed;
        private final List<String> tags = new ArrayList<>();

        private Product(String name) {
            this.name = name;
        }

        public Product code(String defaultCode) {
            code = defaultCode;
            return this;
        }

        /** List price in euros; 100 where nothing is said. */
        public Product price(double amount) {
            price = amount;
            return this;
        }

        /** In euros; 60 where nothing is said, 0 when it is not known. */
        public Product cost(double amount) {
            cost = amount;
            return this;
        }

        /** What lies in the warehouse of the first company; 1,000 where nothing is said. */
        public Product stock(double quantity) {
            stock = quantity;
            return this;
        }

        /** No stock is kept of it. */
        public Product service() {
            service = true;
            return this;
        }

        /** Carries this tag, for example Electronics. */
        public Product tagged(String tag) {
            tags.add(tag);
            return this;
        }

        /** Of a category without which production stands still. */
        public Product basicNeed() {
            basicNeed = true;
            return this;
        }

        /** Sold with 19 % tax; without tax where nothing is said. */
        public Product taxed() {
            taxed = true;
            return this;
        }

        public long add() {
            return odoo.transaction(here -> {
                var env = here.sudo();
                var values = new TreeMap<String, Object>(Map.of(
                        "name",
                        name,
                        "list_price",
                        price,
                        "standard_price",
                        cost,
                        "is_storable",
                        !service,
                        "type",
                        service ? "service" : "consu",
                        "uom_id",
                        1,
                        "taxes_id",
                        taxed ? List.of(List.of(6, 0, List.of(Foundation.TAX))) : List.of()));
                if (code != null) {
                    values.put("default_code", code);
                }
                if (basicNeed) {
                    values.put("categ_id", Foundation.BASIC);
                }
                values.put(
                        "product_tag_ids",
                        tags.stream()
                                .map(tag -> List.of(4, env.create(env.model("product.tag"), Map.of("name", tag))))
                                .toList());
                var id = env.create(env.model("product.product"), values);
                if (!service) {
                    env.create(
                            env.model("stock.quant"),
                            Map.of("product_id", id, "location_id", Foundation.MAIN_COMPANY, "quantity", stock));
                }
                return id;
            });
        }
    }

    public final class Order {

        private final Map<String, Object> values = new TreeMap<>();
        private final List<Object> lines = new ArrayList<>();
        private String login = "anna";
        private long company = Foundation.MAIN_COMPANY;
        private boolean prepaid;
        private boolean requested;
        private boolean confirmed;
        private boolean withoutTax;
        private int deliveredDaysAgo = -1;

        private Order(long customer) {
            values.put("partner_id", customer);
        }

        /** At the list price. */
        public Order line(long product, double quantity) {
            return line(product, quantity, 0);
        }

        /** At the list price less a discount in percent. */
        public Order line(long product, double quantity, double discount) {
            lines.add(List.of(0, 0, Map.of("product_id", product, "product_uom_qty", quantity, "discount", discount)));
            return this;
        }

        /** At a unit price typed by hand, in the order's currency. */
        public Order lineAt(long product, double quantity, double price) {
            lines.add(List.of(0, 0, Map.of("product_id", product, "product_uom_qty", quantity, "price_unit", price)));
            return this;
        }

        /** Other than the customer's own term. */
        public Order termDays(int days) {
            values.put("payment_term_id", odoo.<Long>transaction(env -> Foundation.paymentTerm(env, days)));
            return this;
        }

        /** Goes abroad. */
        public Order withoutTax() {
            withoutTax = true;
            return this;
        }

        /** Tagged "Clearance". */
        public Order clearance() {
            values.put("tag_ids", List.of(List.of(4, Foundation.CLEARANCE)));
            return this;
        }

        /** Of another company than the first. */
        public Order of(long companyId) {
            company = companyId;
            return this;
        }

        /** Who writes the order and sells it; anna where nothing is said. */
        public Order by(String salesLogin) {
            login = salesLogin;
            return this;
        }

        /** The customer paid all of it online. */
        public Order prepaid() {
            prepaid = true;
            return this;
        }

        /** A sales order already, not invoiced yet: confirmed before anybody thought of hold points. */
        public Order confirmed() {
            confirmed = true;
            return this;
        }

        /** A sales order whose goods went out so many days ago and were invoiced. */
        public Order delivered(int daysAgo) {
            confirmed = true;
            deliveredDaysAgo = daysAgo;
            return this;
        }

        /** Its release is asked for at once. */
        public Order requested() {
            requested = true;
            return this;
        }

        public long add() {
            values.put("company_id", company);
            values.put("order_line", lines);
            long id = odoo.transaction(login, env -> env.create(env.model(Sales.ORDER), values));
            if (prepaid) {
                odoo.transaction(here -> {
                    var env = here.sudo();
                    return env.create(
                            env.model("payment.transaction"),
                            Map.of(
                                    "reference", env.row(Sales.ORDER, id).text("name"),
                                    "amount", env.row(Sales.ORDER, id).number("amount_total"),
                                    "state", "done",
                                    "sale_order_ids", List.of(List.of(4, id))));
                });
            }
            if (withoutTax) {
                odoo.order(id)
                        .path("order_line")
                        .forEach(line -> odoo.changeLine(
                                line.asLong(), login, Map.of("tax_ids", List.of(List.of(6, 0, List.of())))));
            }
            if (confirmed) {
                odoo.transaction(env -> {
                    env.store(
                            Sales.ORDER,
                            env.row(Sales.ORDER, id),
                            Map.of("state", "sale", "invoice_status", "to invoice"));
                    Transfers.deliver(env, env.row(Sales.ORDER, id));
                    return id;
                });
            }
            if (deliveredDaysAgo >= 0) {
                odoo.transaction(env -> sendAndInvoice(env.sudo(), id, deliveredDaysAgo));
            }
            if (requested) {
                odoo.requestRelease(id, login);
            }
            return id;
        }
    }

    public final class Invoice {

        private final long customer;
        private double amount = 1_000;
        private int dueDaysAgo = -30;
        private long company = Foundation.MAIN_COMPANY;

        private Invoice(long customer) {
            this.customer = customer;
        }

        /** With taxes, in euros; 1,000 where nothing is said. */
        public Invoice amount(double total) {
            amount = total;
            return this;
        }

        /** Past its due date by this many days; not yet due where nothing is said. */
        public Invoice overdue(int days) {
            dueDaysAgo = days;
            return this;
        }

        /** Of another company than the first. */
        public Invoice of(long companyId) {
            company = companyId;
            return this;
        }

        public long add() {
            return odoo.transaction(here -> {
                var env = here.sudo();
                var due = env.today().minusDays(dueDaysAgo);
                var id = env.create(
                        env.model(Invoicing.INVOICE),
                        Map.of(
                                "move_type",
                                "out_invoice",
                                "partner_id",
                                customer,
                                "company_id",
                                company,
                                "invoice_date",
                                due.minusDays(30).toString(),
                                "invoice_date_due",
                                due.toString(),
                                "invoice_line_ids",
                                List.of(List.of(0, 0, Map.of("quantity", 1, "price_unit", amount)))));
                Invoicing.post(env, List.of(id));
                return id;
            });
        }
    }

    /** The delivery of an order that is not done with, or else its last one. */
    public long delivery(long orderId) {
        return odoo.transaction(env -> env.inverse(Transfers.PICKING, "sale_id", orderId).stream()
                .filter(picking -> picking.ref("return_id") == 0)
                .map(Row::id)
                .reduce((earlier, later) -> later)
                .orElseThrow());
    }

    /** Writes down on a delivery what is to come back. */
    public void comesBack(long deliveryId, long product, double quantity, String reason, boolean opened) {
        odoo.transaction(here -> here.sudo()
                .create(
                        here.model(Returns.LINE),
                        Map.of(
                                "x_picking_id", deliveryId,
                                "x_product_id", product,
                                "x_quantity", quantity,
                                "x_reason", reason,
                                "x_opened", opened)));
    }

    /** A defect that somebody has written down of a lot, a transfer or a product, and not reported yet. */
    public void defectSeen(DocumentRef document, String defect, String severity, double quantity, String description) {
        write(
                document,
                env -> Map.of(
                        "x_holdpoint_defect", defect,
                        "x_holdpoint_defect_severity", severity,
                        "x_holdpoint_defect_quantity", quantity,
                        "x_holdpoint_defect_description", description));
    }

    /** A defect that somebody has reported of a lot, a transfer or a product. */
    public void defect(DocumentRef document, String defect, String severity, double quantity, String description) {
        defectSeen(document, defect, severity, quantity, description);
        write(
                document,
                env -> Map.of(
                        "x_holdpoint_quality_requested_at",
                        env.moment().substring(0, 19),
                        "x_holdpoint_quality_state",
                        "requested"));
    }

    /** So much of a product is gone from quarantine, in a way that no guard in Odoo sees. */
    public void vanished(long product, double quantity) {
        odoo.transaction(here -> {
            var env = here.sudo();
            var quant = env.all(Stock.QUANT).stream()
                    .filter(one ->
                            one.ref("product_id") == product && Quality.isQuarantine(env, one.ref("location_id")))
                    .findFirst()
                    .orElseThrow();
            env.store(Stock.QUANT, quant, Map.of("quantity", quant.number("quantity") - quantity));
            return quantity;
        });
    }

    /** Where a vendor stands on the supplier ladder. */
    public void supplierLevel(long vendor, int level) {
        write(new DocumentRef(Customers.PARTNER, vendor), env -> Map.of("x_holdpoint_supplier_level", level));
    }

    /** Who has reported the defect. */
    public void reportedBy(DocumentRef document, String login) {
        long user = odoo.transaction(login, Env::userId);
        write(document, env -> Map.of("x_holdpoint_quality_requested_by", user));
    }

    /** A lot of a product that a vendor has sent; gives the receipt. */
    public long receipt(long vendor, long product, String lotName, double quantity) {
        var lot = lot(lotName, product, 0);
        return odoo.transaction(here -> {
            var env = here.sudo();
            var type = env.row(Stock.WAREHOUSE, Foundation.MAIN_COMPANY).ref("in_type_id");
            var receipt = Transfers.make(
                    env,
                    type,
                    Map.of("partner_id", vendor),
                    List.of(new Transfers.Wanted(product, quantity, Map.of())));
            env.inverse(Transfers.MOVE_LINE, "picking_id", receipt)
                    .forEach(line -> env.store(Transfers.MOVE_LINE, line, Map.of("lot_id", lot)));
            Transfers.send(env, receipt);
            return receipt;
        });
    }

    /** The latest lot of a product. */
    public long lotOf(long product) {
        return odoo.transaction(env -> env.inverse(Stock.LOT, "product_id", product).stream()
                .map(Row::id)
                .reduce((earlier, later) -> later)
                .orElseThrow());
    }

    /** A lot of a product in the warehouse of the first company. */
    public long lot(String name, long product, double quantity) {
        return odoo.transaction(here -> {
            var env = here.sudo();
            env.store(Products.PRODUCT, env.row(Products.PRODUCT, product), Map.of("tracking", "lot"));
            var id = env.create(
                    env.model(Stock.LOT),
                    Map.of("name", name, "product_id", product, "company_id", Foundation.MAIN_COMPANY));
            if (quantity > 0) {
                env.create(
                        env.model(Stock.QUANT),
                        Map.of(
                                "product_id",
                                product,
                                "lot_id",
                                id,
                                "location_id",
                                Foundation.MAIN_COMPANY,
                                "quantity",
                                quantity));
            }
            return id;
        });
    }

    /** In a way that no guard in Odoo sees. */
    private void write(DocumentRef record, Function<Env, Map<String, ?>> values) {
        odoo.transaction(here -> {
            var env = here.sudo();
            env.store(record.model(), env.row(record.model(), record.id()), values.apply(env));
            return record;
        });
    }

    private static long sendAndInvoice(Env env, long orderId, int daysAgo) {
        var skip = env.with(Map.of("skip_sms", true, "skip_backorder", true));
        var day = env.today().minusDays(daysAgo) + " 10:00:00";
        for (var line : env.inverse(Sales.LINE, "order_id", orderId)) {
            var product = env.find(Products.PRODUCT, line.ref("product_id"));
            if (product != null) {
                env.store(Products.PRODUCT, product, Map.of("invoice_policy", "delivery"));
            }
        }
        for (var picking : env.inverse(Transfers.PICKING, "sale_id", orderId)) {
            Transfers.send(skip, picking.id());
            env.store(Transfers.PICKING, env.row(Transfers.PICKING, picking.id()), Map.of("date_done", day));
        }
        env.store(Sales.ORDER, env.row(Sales.ORDER, orderId), Map.of("date_order", day));
        var invoice = InvoiceWizard.invoice(env, orderId);
        env.store(Invoicing.INVOICE, env.row(Invoicing.INVOICE, invoice), Map.of("invoice_date", day.substring(0, 10)));
        Invoicing.post(env, List.of(invoice));
        return invoice;
    }
}
