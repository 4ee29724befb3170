package io.holdpoint.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdpoint.odoo.DocumentRef;
import io.holdpoint.odoo.OdooCall;
import io.holdpoint.odoo.OdooTransport;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * An Odoo in memory. It answers as the real one does in all that Holdpoint uses: values, searches, refusals, state
 * transitions, computed amounts, stock, credit, and the guard rules that keep anybody but Holdpoint from confirming an
 * order.
 *
 * <p>Every call is one transaction: it happens as a whole or not at all, and one after the other. The object itself is
 * the transport of Holdpoint's technical user; {@link #as} gives those of other people.
 */
public final class DemoOdoo implements OdooTransport {

    /** The login of the technical user. */
    public static final String TECHNICAL_USER = "holdpoint";

    static final String ADMINISTRATOR = "admin";

    private final Store store = new Store();
    private final DemoFaults faults = new DemoFaults();
    private final Map<String, Model> models = Schema.of(faults);
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Consumer<List<Store.Change>>> listeners = new CopyOnWriteArrayList<>();
    private final Clock clock;

    private DemoOdoo(Clock clock) {
        this.clock = clock;
    }

    /** An Odoo with companies, users, payment terms and warehouses, but without customers, products and orders. */
    public static DemoOdoo empty(Clock clock) {
        var odoo = new DemoOdoo(clock);
        odoo.transaction(env -> {
            Foundation.lay(env);
            return 0;
        });
        return odoo;
    }

    /**
     * An Odoo with a distributor's year in it: customers, products, invoices, and quotations for every kind of hold.
     */
    public static DemoOdoo seeded(Clock clock) {
        var odoo = empty(clock);
        Seed.sow(odoo);
        return odoo;
    }

    /** The Odoo that a snapshot was taken of. */
    static DemoOdoo restored(Clock clock, Store.Snapshot snapshot) {
        var odoo = new DemoOdoo(clock);
        odoo.store.restore(snapshot);
        // What this version sets up and the one that took the snapshot did not know.
        odoo.transaction(env -> {
            Foundation.actions(env);
            Foundation.language(env);
            return 0;
        });
        return odoo;
    }

    @Override
    public JsonNode call(OdooCall call) {
        faults.calling(call);
        var changes = new boolean[1];
        var answer = carryOut(TECHNICAL_USER, call, changed -> changes[0] = !changed.isEmpty());
        if (changes[0]) {
            faults.changed();
        }
        return answer;
    }

    @Override
    public String serverVersion() {
        return "19.0";
    }

    /** The transport of another user: {@code admin}, {@code anna} or {@code ben}. No faults are played on it. */
    public OdooTransport as(String login) {
        return new OdooTransport() {
            @Override
            public JsonNode call(OdooCall call) {
                return carryOut(login, call, changes -> {});
            }

            @Override
            public String serverVersion() {
                return DemoOdoo.this.serverVersion();
            }
        };
    }

    /** What can be made to go wrong. */
    public DemoFaults faults() {
        return faults;
    }

    /** Makes customers, products, invoices and orders as they would lie in a real Odoo. */
    public DemoData data() {
        return new DemoData(this);
    }

    /** A person asks for the release of an order in a program of their own; the button asks for a line first. */
    public void requestRelease(long orderId, String login) {
        transaction(login, env -> {
            env.write(env.model(Sales.ORDER), List.of(orderId), Commands.request(env));
            return 0;
        });
    }

    /** A person presses "Request release" on the order. */
    public void pressRequestRelease(long orderId, String login) {
        press(login, Commands.REQUEST_ACTION, Sales.ORDER, orderId);
    }

    /** A person presses "Request return" on a delivery. */
    public void requestReturn(long deliveryId, String login) {
        press(login, Returns.REQUEST_ACTION, Transfers.PICKING, deliveryId);
    }

    /** A person presses "Report defect" on a lot, a transfer or a product, having said what is wrong. */
    public void reportDefect(DocumentRef document, String login) {
        press(login, Quality.REPORT_ACTION, document.model(), document.id());
    }

    /** A person drops a photo into the chatter of a transfer. */
    public void attachPhoto(long transferId, String login) {
        as(login).call(new OdooCall(Transfers.PICKING, "demo_photo", List.of(transferId), Map.of(), Map.of()));
    }

    /** A person presses "Validate" on a transfer and answers no questions. */
    public JsonNode validate(long transferId, String login) {
        return as(login)
                .call(new OdooCall(
                        Transfers.PICKING,
                        "button_validate",
                        List.of(transferId),
                        Map.of(),
                        Map.of("skip_sms", true, "skip_backorder", true)));
    }

    /** The fields of any record. */
    public JsonNode record(DocumentRef document) {
        return transaction(env -> Json.answer(
                        env.sudo().read(env.model(document.model()), List.of(document.id()), List.of(), false)))
                .path(0);
    }

    /** A person presses "Confirm" on the order. */
    public void confirm(long orderId, String login) {
        order(login, "action_confirm", orderId);
    }

    /** A person presses "Cancel" on the order. */
    public void cancel(long orderId, String login) {
        order(login, "action_cancel", orderId);
    }

    /** A person presses "Set to quotation" on a cancelled order. */
    public void backToQuotation(long orderId, String login) {
        order(login, "action_draft", orderId);
    }

    /** A person changes a line of an order: {@code change(42, "anna", Map.of("discount", 5))}. */
    public void changeLine(long lineId, String login, Map<String, Object> values) {
        as(login).call(new OdooCall(Sales.LINE, "write", List.of(lineId), Map.of("vals", values), Map.of()));
    }

    /** A buyer presses "Request approval" on a purchase order. */
    public void requestApproval(long purchaseId, String login) {
        press(login, Purchasing.REQUEST_ACTION, Purchasing.ORDER, purchaseId);
    }

    /** A buyer presses a button of Odoo's on a purchase order, for example {@code button_confirm}. */
    public void pressOnPurchase(long purchaseId, String login, String method) {
        as(login).call(new OdooCall(Purchasing.ORDER, method, List.of(purchaseId), Map.of(), Map.of()));
    }

    /** A person changes a purchase order. */
    public void changePurchase(long purchaseId, String login, Map<String, Object> values) {
        as(login).call(new OdooCall(Purchasing.ORDER, "write", List.of(purchaseId), Map.of("vals", values), Map.of()));
    }

    /** A person changes all lines of a purchase order. */
    public void changePurchaseLines(long purchaseId, String login, Map<String, Object> values) {
        var lines = transaction(env -> env.inverse(Purchasing.LINE, "order_id", purchaseId).stream()
                .map(Row::id)
                .toList());
        as(login).call(new OdooCall(Purchasing.LINE, "write", lines, Map.of("vals", values), Map.of()));
    }

    /** A purchase order is deleted, by way of its cancellation. */
    public void deletePurchase(long purchaseId, String login) {
        pressOnPurchase(purchaseId, login, "button_cancel");
        as("admin").call(new OdooCall(Purchasing.ORDER, "unlink", List.of(purchaseId), Map.of(), Map.of()));
    }

    /** Goods of a purchase order arrive: so much of each line as the share says. */
    public void receivePurchase(long purchaseId, double share) {
        transaction(env -> {
            Purchasing.receive(env.sudo(), purchaseId, share);
            return 0;
        });
    }

    /** A customer pays an invoice in full. */
    public void payInvoice(long invoiceId) {
        transaction(env -> {
            Invoicing.pay(env.sudo(), invoiceId);
            return 0;
        });
    }

    /** What people have prepared and not asked for yet, in the order in which they will. */
    List<Consumer<DemoOdoo>> firstRequests() {
        return transaction(env -> Stream.of(
                        Sales.firstRequests(env),
                        Purchasing.firstRequests(env),
                        Returns.firstRequests(env),
                        Quality.firstRequests(env))
                .flatMap(List::stream)
                .toList());
    }

    /** An order's fields as its record has them, for example {@code state} or {@code x_holdpoint_reason}. */
    public JsonNode order(long orderId) {
        return transaction(
                        env -> Json.answer(env.sudo().read(env.model(Sales.ORDER), List.of(orderId), List.of(), false)))
                .path(0);
    }

    /** The messages beside an order as plain text, oldest first. */
    public List<String> chatter(DocumentRef document) {
        return transaction(env -> Chatter.texts(env, document));
    }

    /** Told of every transaction that changed something, after it, with the lock held. */
    void onCommit(Consumer<List<Store.Change>> listener) {
        listeners.add(listener);
    }

    Store.Snapshot snapshot() {
        return store.snapshot();
    }

    /** Work beneath Odoo's access rights, in one transaction: how data comes in that Odoo would have had before. */
    <T> T transaction(Function<Env, T> work) {
        return transaction(ADMINISTRATOR, Map.of(), work, changes -> {});
    }

    /** Work by one person, in one transaction. */
    <T> T transaction(String login, Function<Env, T> work) {
        return transaction(login, Map.of(), work, changes -> {});
    }

    /** A person presses a button that odoo-setup made. */
    void press(String login, String action, String model, long id) {
        var found = transaction(env -> env.all("ir.actions.server").stream()
                .filter(row -> row.text("code").equals(action))
                .findFirst()
                .orElseThrow()
                .id());
        Map<String, Object> context = Map.of("active_model", model, "active_id", id, "active_ids", List.of(id));
        as(login).call(new OdooCall("ir.actions.server", "run", List.of(found), Map.of(), context));
    }

    private void order(String login, String method, long orderId) {
        as(login).call(new OdooCall(Sales.ORDER, method, List.of(orderId), Map.of(), Map.of()));
    }

    private JsonNode carryOut(String login, OdooCall call, Consumer<List<Store.Change>> outcome) {
        return transaction(
                login, Json.overTheWire(call.context()), env -> Json.answer(Calls.answer(env, call)), outcome);
    }

    private <T> T transaction(
            String login, Map<String, Object> context, Function<Env, T> work, Consumer<List<Store.Change>> outcome) {
        lock.lock();
        try {
            var env = new Env(
                    store,
                    models,
                    Foundation.userId(store, login),
                    false,
                    faults.guardsStand(),
                    context,
                    clock.instant());
            var result = work.apply(env);
            var changes = store.commit();
            if (!changes.isEmpty()) {
                listeners.forEach(listener -> listener.accept(changes));
            }
            outcome.accept(changes);
            return result;
        } finally {
            // After a commit nothing is left to take back.
            store.rollback();
            lock.unlock();
        }
    }
}
