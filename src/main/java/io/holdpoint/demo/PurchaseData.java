package io.holdpoint.demo;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Puts vendors, their prices and purchase orders into a demo Odoo. Where nothing else is said, a vendor is approved and
 * delivers in five days, and an order is urgent, justified and at the vendor's list prices.
 *
 * <pre>{@code
 * var vendor = odoo.data().vendor("Isar Stahlhandel").price(pump, 100).add();
 * var order = odoo.data().purchase(vendor).line(pump, 4).add();
 * }</pre>
 */
public final class PurchaseData {

    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private final DemoOdoo odoo;

    PurchaseData(DemoOdoo odoo) {
        this.odoo = odoo;
    }

    Vendor vendor(String name) {
        return new Vendor(name);
    }

    Order order(long vendor) {
        return new Order(vendor);
    }

    public final class Vendor {

        private final Map<String, Object> values = new TreeMap<>();
        private final List<Map<String, Object>> prices = new ArrayList<>();

        private Vendor(String name) {
            values.putAll(
                    Map.of("name", name, "is_company", true, "supplier_rank", 1, "x_holdpoint_vendor_approved", true));
        }

        public Vendor notApproved() {
            values.put("x_holdpoint_vendor_approved", false);
            return this;
        }

        /** On the supplier ladder, 0 to 5; 0 where nothing is said. */
        public Vendor level(int step) {
            values.put("x_holdpoint_supplier_level", step);
            return this;
        }

        /** How much of what was ordered came in time, in percent; no record where nothing is said. */
        public Vendor onTime(double percent) {
            values.put("on_time_rate", percent);
            return this;
        }

        /** What the vendor's price list says for one piece, in euros, delivered in five days. */
        public Vendor price(long product, double amount) {
            return price(product, amount, 5);
        }

        public Vendor price(long product, double amount, int leadTimeDays) {
            prices.add(Map.of("product_id", product, "price", amount, "min_qty", 0.0, "delay", leadTimeDays));
            return this;
        }

        public long add() {
            return odoo.transaction(here -> {
                var env = here.sudo();
                var id = env.create(env.model(Customers.PARTNER), values);
                for (var price : prices) {
                    var row = new TreeMap<String, Object>(price);
                    row.put("partner_id", id);
                    env.create(env.model(Purchasing.PRICE), row);
                }
                return id;
            });
        }
    }

    public final class Order {

        private final Map<String, Object> values = new TreeMap<>();
        private final List<Map<String, Object>> lines = new ArrayList<>();
        private String login = "bea";
        private int boughtDaysAgo = -1;
        private boolean received;

        private Order(long vendor) {
            values.put("partner_id", vendor);
            values.put("priority", "1");
            values.put("x_holdpoint_urgency", "medium");
            values.put("x_holdpoint_what_happened", "Press 4 broke down last night; these parts repair it.");
            values.put("x_holdpoint_damage", "Press 4 makes 9,000 euros of parts a day.");
            values.put("x_holdpoint_unforeseen", "The press was inspected in spring and was in order.");
            values.put("x_holdpoint_vendor_choice", "The only one of three vendors who has them in stock.");
        }

        /** At the vendor's list price and lead time. */
        public Order line(long product, double quantity) {
            lines.add(new TreeMap<>(Map.of("product_id", product, "product_qty", quantity)));
            return this;
        }

        /** At another price than that of the list. */
        public Order line(long product, double quantity, double price) {
            lines.add(new TreeMap<>(Map.of("product_id", product, "product_qty", quantity, "price_unit", price)));
            return this;
        }

        /** All lines are promised in so many days, or were so many days ago. */
        public Order promisedIn(int days) {
            var moment = odoo.<String>transaction(env -> env.moment().substring(0, 19));
            var date = MOMENT.format(LocalDateTime.parse(moment, MOMENT).plusDays(days));
            lines.forEach(line -> line.put("date_planned", date));
            return this;
        }

        /** @param how low, medium or high; medium where nothing is said */
        public Order urgency(String how) {
            values.put("x_holdpoint_urgency", how);
            return this;
        }

        public Order notUrgent() {
            values.put("priority", "0");
            return this;
        }

        /** Production stands still for want of it. */
        public Order lineDown() {
            values.put("x_holdpoint_line_down", true);
            return this;
        }

        /** The four answers, in their own words. */
        public Order because(String whatHappened, String damage, String unforeseen, String vendorChoice) {
            values.put("x_holdpoint_what_happened", whatHappened);
            values.put("x_holdpoint_damage", damage);
            values.put("x_holdpoint_unforeseen", unforeseen);
            values.put("x_holdpoint_vendor_choice", vendorChoice);
            return this;
        }

        /** One of the four answers is missing. */
        public Order withoutDamage() {
            values.remove("x_holdpoint_damage");
            return this;
        }

        /** Of another company than the first. */
        public Order of(long companyId) {
            values.put("company_id", companyId);
            return this;
        }

        /** Who writes the order; bea where nothing is said. */
        public Order by(String buyerLogin) {
            login = buyerLogin;
            return this;
        }

        /** Bought and received so many days ago, before anybody thought of hold points. */
        public Order received(int daysAgo) {
            boughtDaysAgo = daysAgo;
            received = true;
            return notUrgent();
        }

        public long add() {
            values.put(
                    "order_line",
                    lines.stream().map(line -> List.<Object>of(0, 0, line)).toList());
            long id = odoo.transaction(login, env -> env.create(env.model(Purchasing.ORDER), values));
            if (boughtDaysAgo >= 0) {
                odoo.transaction(here -> {
                    var env = here.sudo();
                    var day = MOMENT.format(LocalDateTime.ofInstant(
                            env.today().atStartOfDay(ZoneOffset.UTC).toInstant().minus(Duration.ofDays(boughtDaysAgo)),
                            ZoneOffset.UTC));
                    env.store(
                            Purchasing.ORDER,
                            env.row(Purchasing.ORDER, id),
                            Map.of("state", "purchase", "date_approve", day, "date_order", day));
                    if (received) {
                        env.inverse(Purchasing.LINE, "order_id", id)
                                .forEach(line -> env.store(
                                        Purchasing.LINE, line, Map.of("qty_received", line.number("product_qty"))));
                    }
                    return id;
                });
            }
            return id;
        }
    }
}
