package io.holdpoint.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdpoint.demo.DemoOdoo;
import io.holdpoint.odoo.OdooCall;
import io.holdpoint.odoo.OdooTransport;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An Odoo that costs nothing: it asks the demo Odoo once about one order of each kind and says the same of all others.
 * What a real Odoo needs for its answers, or the demo for its own, is none of Holdpoint's cost. Its answers can take
 * their time.
 */
final class RememberingOdoo implements OdooTransport {

    private static final long FIRST_HELD = 1_000_000_000;

    private final DemoOdoo demo;
    private final long free;
    private final long held;
    private final Map<Question, JsonNode> known = new ConcurrentHashMap<>();
    private final AtomicLong lastFree = new AtomicLong(1_000);
    private final AtomicLong lastHeld = new AtomicLong(FIRST_HELD);
    private final AtomicLong calls = new AtomicLong();
    private volatile Duration answerTime = Duration.ZERO;

    /** What is asked, whichever order it is about. */
    private record Question(
            String model, String method, List<Long> ids, Map<String, Object> arguments, Object document, long kind) {}

    RememberingOdoo(Clock clock) {
        demo = DemoOdoo.empty(clock);
        var data = demo.data();
        free = data.goodOrder();
        held = data.order(data.customer("Bargain hunter").add())
                .line(data.product("Pump").add(), 10, 25)
                .add();
        demo.requestRelease(free, "anna");
        demo.requestRelease(held, "anna");
    }

    /** The id of an order that nothing holds, and that nobody asked about before. */
    long freeOrder() {
        return lastFree.incrementAndGet();
    }

    /** The same of an order whose discount somebody has to release. */
    long heldOrder() {
        return lastHeld.incrementAndGet();
    }

    void answersAfter(Duration duration) {
        answerTime = duration;
    }

    long calls() {
        return calls.get();
    }

    @Override
    public JsonNode call(OdooCall call) {
        calls.incrementAndGet();
        pass(answerTime);
        if (isSweep(call)) {
            return JsonNodeFactory.instance.arrayNode();
        }
        var order = order(call);
        if (order == 0) {
            return known.computeIfAbsent(question(call, 0), asked -> demo.call(call));
        }
        var known = order > FIRST_HELD ? held : free;
        return about(order, this.known.computeIfAbsent(question(call, known), asked -> demo.call(about(known, call))));
    }

    @Override
    public String serverVersion() {
        return demo.serverVersion();
    }

    /** Nothing is lost here; and a case about an order of the demo would be one that nobody waits for. */
    private static boolean isSweep(OdooCall call) {
        return String.valueOf(call.arguments().get("domain")).contains("write_date");
    }

    /** Which order a call is about; 0 when about none. */
    private static long order(OdooCall call) {
        if (call.context().get("active_id") instanceof Long active) {
            return active;
        }
        return call.model().equals("sale.order") && !call.ids().isEmpty()
                ? call.ids().get(0)
                : 0;
    }

    /** The key and the expectations of a command differ from order to order. */
    private static Question question(OdooCall call, long kind) {
        var isCommand = call.context().get("holdpoint") instanceof Map<?, ?> payload && payload.containsKey("key");
        return new Question(
                call.model(),
                call.method(),
                call.model().equals("sale.order") ? List.of() : call.ids(),
                call.arguments(),
                isCommand ? "command" : "",
                kind);
    }

    private static OdooCall about(long order, OdooCall call) {
        if (!call.context().containsKey("active_id")) {
            return new OdooCall(call.model(), call.method(), List.of(order), call.arguments(), call.context());
        }
        var context = new HashMap<>(call.context());
        context.put("active_id", order);
        context.put("active_ids", List.of(order));
        context.computeIfPresent("holdpoint", (name, payload) -> about(order, (Map<?, ?>) payload));
        return new OdooCall(call.model(), call.method(), call.ids(), call.arguments(), context);
    }

    private static Map<?, ?> about(long order, Map<?, ?> payload) {
        var same = new HashMap<Object, Object>(payload);
        same.computeIfPresent("document", (name, document) -> "sale.order," + order);
        return same;
    }

    private static JsonNode about(long order, JsonNode answer) {
        if (!answer.isArray() || !(answer.path(0) instanceof ObjectNode)) {
            return answer;
        }
        JsonNode same = answer.deepCopy();
        ((ObjectNode) same.path(0)).put("id", order);
        return same;
    }

    private static void pass(Duration duration) {
        if (duration.isZero()) {
            return;
        }
        try {
            new CountDownLatch(1).await(duration.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
