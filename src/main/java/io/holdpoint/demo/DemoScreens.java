package io.holdpoint.demo;

import io.holdpoint.odoo.DocumentRef;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What the pages of the demo show, put together from its records. */
final class DemoScreens {

    /** @param tone of the badge: info, warning, success, danger or muted */
    record Badge(String text, String tone) {}

    record OrderRow(
            long id,
            String name,
            String customer,
            String salesperson,
            String amount,
            Badge state,
            Badge holdpoint,
            String reason) {}

    record Line(
            long id, String product, String quantity, String price, String discount, String subtotal, String stock) {}

    record Note(String author, String date, List<String> text) {}

    /** A to-do beside a document. */
    record ToDo(String summary, String person, String deadline, List<String> text, String link) {}

    record Invoice(long id, String name, String due, String open, boolean overdue) {}

    record Order(
            OrderRow row,
            String company,
            String terms,
            List<String> tags,
            List<Line> lines,
            String untaxed,
            String tax,
            String margin,
            boolean open,
            boolean mayRequest,
            String creditLimit,
            String receivable,
            String toInvoice,
            List<Invoice> invoices,
            List<ToDo> toDos,
            List<Note> chatter) {}

    private static final Badge NONE = new Badge("", "muted");
    private static final Map<String, Badge> STATES = Map.of(
            "draft", new Badge("Quotation", "info"),
            "sent", new Badge("Quotation sent", "info"),
            "sale", new Badge("Sales order", "success"),
            "cancel", new Badge("Cancelled", "muted"));
    private static final Map<String, Badge> HOLDPOINT = Map.of(
            "requested", new Badge("Requested", "info"),
            "held", new Badge("Held", "warning"),
            "released", new Badge("Released", "success"),
            "rejected", new Badge("Rejected", "danger"),
            "returned", new Badge("Returned", "warning"),
            "withdrawn", new Badge("Withdrawn", "muted"));

    private DemoScreens() {}

    /** All orders that are not done with, the newest first. */
    static List<OrderRow> orders(Env env) {
        return env.all(Sales.ORDER).stream()
                .filter(order -> !order.text("invoice_status").equals("invoiced"))
                .sorted(Comparator.comparing(Row::id).reversed())
                .map(order -> row(env, order))
                .toList();
    }

    static Order order(Env env, long id) {
        var order = env.row(Sales.ORDER, id);
        var company = env.with(Map.of("allowed_company_ids", List.of(order.ref("company_id"))))
                .sudo();
        var customer = Customers.commercial(env, env.row(Customers.PARTNER, order.ref("partner_id")));
        var partners = env.model(Customers.PARTNER);
        var limit = company.value(partners, customer, "credit_limit");
        var currency = currency(env, order);
        var open = Set.of("draft", "sent").contains(order.text("state"));
        return new Order(
                row(env, order),
                env.displayName("res.company", order.ref("company_id")),
                env.displayName("account.payment.term", order.ref("payment_term_id")),
                order.refs("tag_ids").stream()
                        .map(tag -> env.displayName("crm.tag", tag))
                        .toList(),
                lines(env, order),
                money(order.number("amount_untaxed"), currency),
                money(order.number("amount_tax"), currency),
                money(order.number("margin"), currency) + " (" + number(order.number("margin_percent") * 100) + " %)",
                open,
                open && !Set.of("requested", "held").contains(order.text("x_holdpoint_state")),
                limit instanceof Number amount && amount.doubleValue() > 0
                        ? money(amount.doubleValue(), "EUR")
                        : "none",
                money(Customers.receivable(company, customer), "EUR"),
                money(Customers.toInvoice(company, customer), "EUR"),
                invoices(env, customer, order.ref("company_id")),
                toDos(env, new DocumentRef(Sales.ORDER, id)),
                chatter(env, id));
    }

    private static OrderRow row(Env env, Row order) {
        return new OrderRow(
                order.id(),
                order.text("name"),
                env.displayName(Customers.PARTNER, order.ref("partner_id")),
                env.displayName("res.users", order.ref("user_id")),
                money(order.number("amount_total"), currency(env, order)),
                STATES.getOrDefault(order.text("state"), NONE),
                HOLDPOINT.getOrDefault(order.text("x_holdpoint_state"), NONE),
                order.text("x_holdpoint_reason"));
    }

    private static List<Line> lines(Env env, Row order) {
        var here = Stock.servedFrom(env, order);
        var currency = currency(env, order);
        return env.inverse(Sales.LINE, "order_id", order.id()).stream()
                .filter(line -> line.has("product_id"))
                .map(line -> {
                    var product = env.row("product.product", line.ref("product_id"));
                    return new Line(
                            line.id(),
                            env.displayName("product.product", product.id()),
                            number(line.number("product_uom_qty")),
                            money(line.number("price_unit"), currency),
                            number(line.number("discount")),
                            money(line.number("price_subtotal"), currency),
                            product.flag("is_storable") ? number(Stock.free(here, product)) : "–");
                })
                .toList();
    }

    private static List<Invoice> invoices(Env env, Row customer, long company) {
        var today = env.today();
        return env.all(Invoicing.INVOICE).stream()
                .filter(invoice -> invoice.ref("company_id") == company && invoice.number("amount_residual") > 0)
                .filter(invoice -> Customers.commercial(env, env.row(Customers.PARTNER, invoice.ref("partner_id")))
                                .id()
                        == customer.id())
                .map(invoice -> new Invoice(
                        invoice.id(),
                        invoice.text("name"),
                        invoice.text("invoice_date_due"),
                        money(invoice.number("amount_residual"), "EUR"),
                        LocalDate.parse(invoice.text("invoice_date_due")).isBefore(today)))
                .toList();
    }

    static List<ToDo> toDos(Env env, DocumentRef document) {
        return ToDos.of(env, document).stream()
                .map(todo -> new ToDo(
                        todo.text("summary"),
                        env.displayName("res.users", todo.ref("user_id")),
                        todo.text("date_deadline"),
                        ToDos.text(todo),
                        ToDos.link(todo)))
                .toList();
    }

    private static List<Note> chatter(Env env, long id) {
        return Chatter.of(env, new DocumentRef(Sales.ORDER, id)).stream()
                .sorted(Comparator.comparing(Row::id).reversed())
                .map(message -> new Note(
                        env.displayName(Customers.PARTNER, message.ref("author_id")),
                        message.text("date").substring(0, 16),
                        Chatter.text(message).lines().toList()))
                .toList();
    }

    private static String currency(Env env, Row order) {
        return env.displayName("res.currency", order.ref("currency_id"));
    }

    private static String money(double amount, String currency) {
        return format("#,##0.00", amount) + " " + currency;
    }

    private static String number(double number) {
        return format("0.##", number);
    }

    private static String format(String pattern, double number) {
        return new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT)).format(number);
    }
}
