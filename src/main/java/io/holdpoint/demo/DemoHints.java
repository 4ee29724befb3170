package io.holdpoint.demo;

import io.holdpoint.odoo.DocumentRef;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells Holdpoint that records changed, as Odoo's own webhooks do: after the commit, one after the other, waiting a
 * second for each and sending none twice. What is lost, the sweep finds.
 */
final class DemoHints implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DemoHints.class);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final List<String> OF_AN_ORDER = List.of(
            "x_holdpoint_state", "state", "amount_total", "partner_id", "payment_term_id", "currency_id", "company_id");

    private final DemoOdoo odoo;
    private final List<Hint> hints = hints();
    private final Supplier<Optional<URI>> receiver;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    // Not in the caller's thread, as Odoo does it: here caller and receiver are one program.
    private final ExecutorService sender = Executors.newSingleThreadExecutor(work -> {
        var thread = new Thread(work, "demo-odoo-webhooks");
        thread.setDaemon(true);
        return thread;
    });

    /** @param receiver where to send to; empty as long as nobody listens */
    DemoHints(DemoOdoo odoo, Supplier<Optional<URI>> receiver) {
        this.odoo = odoo;
        this.receiver = receiver;
    }

    /** Takes what a transaction changed. */
    void changed(List<Store.Change> changes) {
        for (var body : bodies(changes)) {
            receiver.get().ifPresent(address -> sender.execute(() -> send(address, body)));
        }
    }

    /**
     * What Odoo tells of.
     *
     * @param model whose changes are told
     * @param told whether this change is
     * @param fields sent along
     */
    record Hint(String model, Predicate<Store.Change> told, List<String> fields) {}

    private List<Hint> hints() {
        return Stream.concat(
                        moneyAndGoods(), Quality.DOCUMENTS.stream().sorted().map(this::defect))
                .toList();
    }

    /** A defect that is reported or corrected. */
    private Hint defect(String model) {
        return underControl(
                model,
                Quality.STATE,
                List.of(
                        Quality.STATE,
                        "x_holdpoint_defect",
                        "x_holdpoint_defect_severity",
                        "x_holdpoint_defect_quantity"),
                List.of());
    }

    private Stream<Hint> moneyAndGoods() {
        return Stream.of(
                underControl(Sales.ORDER, "x_holdpoint_state", OF_AN_ORDER, List.of("amount_total", "state")),
                underControl(
                        Transfers.PICKING,
                        "x_holdpoint_state",
                        List.of("x_holdpoint_state", "state"),
                        List.of("state")),
                new Hint(Invoicing.INVOICE, this::invoiceIsToldOf, List.of("payment_state")));
    }

    /**
     * Documents under control, unless Holdpoint itself changed them.
     *
     * @param state the field that says how the document stands with Holdpoint
     * @param fields whose change is told
     */
    private Hint underControl(String model, String state, List<String> fields, List<String> sent) {
        var all = new ArrayList<>(sent);
        all.add(state);
        return new Hint(
                model,
                change -> {
                    var document = change.after() == null ? change.before() : change.after();
                    return document != null
                            && document.has(state)
                            && (change.after() == null || !isHoldpoint(document.ref("write_uid")))
                            && fields.stream().anyMatch(field -> changed(change, field));
                },
                List.copyOf(all));
    }

    private List<String> bodies(List<Store.Change> changes) {
        return changes.stream()
                .flatMap(change -> hints.stream()
                        .filter(hint -> hint.model().equals(change.model())
                                && hint.told().test(change))
                        .map(hint -> body(change, "Holdpoint: webhook " + hint.model(), hint.fields())))
                .toList();
    }

    /** Payments of customers who have an order on hold. */
    private boolean invoiceIsToldOf(Store.Change change) {
        var invoice = change.after();
        return invoice != null
                && invoice.text("state").equals("posted")
                && invoice.text("move_type").equals("out_invoice")
                && changed(change, "payment_state")
                && odoo.transaction(env -> env.all(Sales.ORDER).stream()
                        .filter(order -> order.text("x_holdpoint_state").equals("held"))
                        .anyMatch(order -> customer(env, order) == customer(env, invoice)));
    }

    private boolean isHoldpoint(long userId) {
        return odoo.transaction(
                env -> env.row("res.users", userId).text("login").equals(DemoOdoo.TECHNICAL_USER));
    }

    private static long customer(Env env, Row document) {
        return Customers.commercial(env, env.row(Customers.PARTNER, document.ref("partner_id")))
                .id();
    }

    private static boolean changed(Store.Change change, String field) {
        return !Objects.equals(value(change.before(), field), value(change.after(), field));
    }

    private static @Nullable Object value(@Nullable Row row, String field) {
        return row == null ? null : row.get(field);
    }

    private static String body(Store.Change change, String action, List<String> fields) {
        var row = change.after() == null ? change.before() : change.after();
        var document = new DocumentRef(change.model(), change.id());
        var body = new TreeMap<String, Object>(
                Map.of("_action", action, "_id", document.id(), "_model", document.model(), "id", document.id()));
        for (var field : fields) {
            var value = value(row, field);
            body.put(field, value == null ? false : value);
        }
        body.put("write_date", row == null ? false : row.text("write_date"));
        return Json.text(body);
    }

    private void send(URI address, String body) {
        var request = HttpRequest.newBuilder(address)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            var status =
                    http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status >= 400) {
                LOG.warn("Webhook call failed: status {} for {}", status, body);
            }
        } catch (IOException failed) {
            LOG.warn("Webhook call failed: {} for {}", failed.getMessage(), body);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        sender.shutdownNow();
    }
}
