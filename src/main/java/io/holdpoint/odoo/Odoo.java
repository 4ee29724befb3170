package io.holdpoint.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * What one can ask of Odoo, over whichever transport. Limits how many calls are under way at once, because Odoo loses
 * calls (its pool of database connections is full) when there are too many.
 *
 * <p>Every method throws {@link OdooRefused}, {@link OdooContract} or {@link OdooUnavailable} and nothing else.
 */
public final class Odoo {

    /** External ids of what {@code odoo-setup} creates carry this in the place of a module name. */
    static final String MODULE = "__holdpoint__";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final OdooTransport transport;
    private final Semaphore calls;
    private final @Nullable String url;
    private final OdooAvailability availability;
    private final Map<String, Long> actions = new ConcurrentHashMap<>();
    private volatile @Nullable OdooProfile profile;

    /**
     * @param url the address that people use; null for the demo Odoo, which has no pages
     * @param parallelCalls how many calls may be under way at once
     */
    public Odoo(OdooTransport transport, @Nullable String url, int parallelCalls) {
        this(transport, url, parallelCalls, new OdooAvailability(Clock.systemUTC(), event -> {}));
    }

    /** The real one at {@code odoo.url}, for a command that needs nothing else. */
    static Odoo at(OdooProperties properties, Credentials credentials) {
        return new Odoo(
                new OdooConnection(properties, credentials),
                String.valueOf(properties.url()),
                properties.parallelCalls());
    }

    /** @param availability is told of every call how it went */
    Odoo(OdooTransport transport, @Nullable String url, int parallelCalls, OdooAvailability availability) {
        this.availability = availability;
        this.transport = transport;
        this.url = url == null ? null : url.replaceAll("/+$", "");
        this.calls = new Semaphore(parallelCalls, true);
    }

    /** Records that match, with the named fields. Missing values are {@code false}, as Odoo has it. */
    public List<JsonNode> searchRead(String model, List<?> domain, List<String> fields, String order, int limit) {
        var arguments = new LinkedHashMap<String, Object>();
        arguments.put("domain", domain);
        arguments.put("fields", fields);
        arguments.put("order", order);
        if (limit > 0) {
            arguments.put("limit", limit);
        }
        return records(call(model, "search_read", List.of(), arguments, Map.of()));
    }

    /** The records that exist among these, with the named fields. */
    public List<JsonNode> read(String model, Collection<Long> ids, List<String> fields) {
        return ids.isEmpty()
                ? List.of()
                : records(call(model, "read", List.copyOf(ids), Map.of("fields", fields), Map.of()));
    }

    /**
     * The records that exist among these, with values of related records in the same call.
     *
     * @param specification as Odoo's web client writes it: {@code {"partner_id": {"fields": {"display_name": {}}}}}
     */
    public List<JsonNode> webRead(
            String model, Collection<Long> ids, Map<String, ?> specification, Map<String, Object> context) {
        return ids.isEmpty()
                ? List.of()
                : records(call(model, "web_read", List.copyOf(ids), Map.of("specification", specification), context));
    }

    /**
     * One row of totals over all records that match.
     *
     * @param aggregates for example {@code amount_residual:sum}; the row has a value under each of these names
     */
    public JsonNode sum(String model, List<?> domain, List<String> aggregates) {
        var rows = profile().series() >= 19
                ? records(call(
                        model,
                        "formatted_read_group",
                        List.of(),
                        Map.of("domain", domain, "groupby", List.of(), "aggregates", aggregates),
                        Map.of()))
                : records(call(
                        model,
                        "read_group",
                        List.of(),
                        Map.of("domain", domain, "groupby", List.of(), "fields", aggregates),
                        Map.of()));
        var totals = JsonNodeFactory.instance.objectNode();
        for (var aggregate : aggregates) {
            // Up to Odoo 18 a result is called as its field, without the function.
            var field = aggregate.substring(0, aggregate.indexOf(':'));
            for (var row : rows) {
                totals.set(aggregate, row.has(aggregate) ? row.get(aggregate) : row.path(field));
            }
        }
        return totals;
    }

    /** @return the ids of the new records, in the order given */
    public List<Long> create(String model, List<? extends Map<String, ?>> values) {
        var created = call(model, "create", List.of(), Map.of("vals_list", values), Map.of());
        return records(created).stream().map(JsonNode::asLong).toList();
    }

    public void write(String model, Collection<Long> ids, Map<String, ?> values) {
        call(model, "write", List.copyOf(ids), Map.of("vals", values), Map.of());
    }

    public void unlink(String model, Collection<Long> ids) {
        if (!ids.isEmpty()) {
            call(model, "unlink", List.copyOf(ids), Map.of(), Map.of());
        }
    }

    /** The fields that this user can see, by name. */
    public JsonNode fieldsGet(String model, List<String> attributes) {
        return call(model, "fields_get", List.of(), Map.of("attributes", attributes), Map.of());
    }

    public JsonNode call(
            String model, String method, List<Long> ids, Map<String, Object> arguments, Map<String, Object> context) {
        return limited(() -> transport.call(new OdooCall(model, method, ids, arguments, context)));
    }

    /**
     * Runs one of the server actions that {@code odoo-setup} created, in one Odoo transaction.
     *
     * @param action the name of its external id, for example {@code order_release_command}
     * @param payload what the action finds in its context as {@code holdpoint}
     * @return what the action left in its variable {@code action}
     */
    public JsonNode runAction(String action, DocumentRef document, Map<String, ?> payload) {
        return runInContext(
                action,
                Map.of(
                        "active_model", document.model(),
                        "active_id", document.id(),
                        "active_ids", List.of(document.id()),
                        "holdpoint", payload));
    }

    /**
     * As {@link #runAction(String, DocumentRef, Map)}, for an action that needs no document, or looks for it itself.
     */
    JsonNode runAction(String action, Map<String, ?> payload) {
        return runInContext(action, Map.of("holdpoint", payload));
    }

    private JsonNode runInContext(String action, Map<String, Object> context) {
        long id = actions.computeIfAbsent(action, this::actionId);
        try {
            return runAction(id, context);
        } catch (OdooRefused | OdooContract failure) {
            // Perhaps the setup ran again and the action has another id now. Then nothing was done, and it is safe to
            // go on.
            long now = actionId(action);
            if (now == id) {
                throw failure;
            }
            actions.put(action, now);
            return runAction(now, context);
        }
    }

    /** As {@link #runAction(String, Map)}, for one that needs to be told nothing. */
    JsonNode runAction(String action) {
        return runAction(actionId(action), Map.of());
    }

    private JsonNode runAction(long id, Map<String, Object> context) {
        return call("ir.actions.server", "run", List.of(id), Map.of(), context);
    }

    private long actionId(String action) {
        var found = searchRead(
                "ir.model.data",
                List.of(List.of("module", "=", MODULE), List.of("name", "=", action)),
                List.of("res_id"),
                "id",
                1);
        if (found.isEmpty()) {
            throw new OdooContract("Odoo has no action " + MODULE + "." + action
                    + ". An Odoo administrator has to run: java -jar holdpoint.jar odoo-setup");
        }
        return found.get(0).path("res_id").asLong();
    }

    /** The page on which people see the document; empty for the demo Odoo. */
    public Optional<String> webUrl(DocumentRef document) {
        return url == null ? Optional.empty() : Optional.of(url + profile().path(document));
    }

    OdooProfile profile() {
        var known = profile;
        if (known == null) {
            known = OdooProfile.of(serverVersion());
            profile = known;
        }
        return known;
    }

    String serverVersion() {
        return limited(transport::serverVersion);
    }

    private <T> T limited(Supplier<T> call) {
        try {
            var answer = whenFree(call);
            availability.answered();
            return answer;
        } catch (OdooUnavailable failure) {
            availability.failed(failure);
            throw failure;
        } catch (OdooException no) {
            availability.answered();
            throw no;
        }
    }

    private <T> T whenFree(Supplier<T> call) {
        try {
            if (!calls.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new OdooUnavailable("All calls to Odoo that may run at once were busy for " + PATIENCE.toSeconds()
                        + " seconds. Odoo is slow, or odoo.parallel-calls is too low.");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new OdooUnavailable("Interrupted while waiting for a free call to Odoo.", interrupted);
        }
        try {
            return call.get();
        } finally {
            calls.release();
        }
    }

    private static List<JsonNode> records(JsonNode result) {
        return result instanceof NullNode
                ? List.of()
                : StreamSupport.stream(result.spliterator(), false).toList();
    }
}
