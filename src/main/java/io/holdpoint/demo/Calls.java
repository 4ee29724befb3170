package io.holdpoint.demo;

import io.holdpoint.odoo.OdooCall;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The methods that every model has, under Odoo's names and with Odoo's arguments. */
final class Calls {

    private static final Set<String> SEARCH = Set.of("domain", "offset", "limit", "order");

    private Calls() {}

    static @Nullable Object answer(Env env, OdooCall call) {
        var model = env.model(call.model());
        var ids = call.ids();
        var arguments = Json.overTheWire(call.arguments());
        if (call.method().startsWith("_") || call.method().equals("exists")) {
            throw Errors.privateMethod(model.name, call.method());
        }
        return switch (call.method()) {
            case "search" -> search(env, model, expected(call, arguments, SEARCH));
            case "search_count" ->
                search(env, model, expected(call, arguments, Set.of("domain", "limit")))
                        .size();
            case "search_read" ->
                read(
                        env,
                        model,
                        search(
                                env,
                                model,
                                expected(
                                        call,
                                        arguments,
                                        Set.of("domain", "fields", "offset", "limit", "order", "load"))),
                        arguments);
            case "read" -> read(env, model, ids, expected(call, arguments, Set.of("fields", "load")));
            case "web_read" -> {
                // As the real one: nothing for what is missing, but a refusal where only some of several are missing.
                if (ids.stream().anyMatch(id -> env.find(model.name, id) != null)) {
                    ids.forEach(id -> env.row(model.name, id));
                }
                yield webRead(env, model, ids, Json.map(arguments.get("specification")));
            }
            case "create" -> create(env, model, expected(call, arguments, Set.of("vals_list")));
            case "write" -> {
                env.write(
                        model,
                        ids,
                        Json.map(expected(call, arguments, Set.of("vals")).get("vals")));
                yield true;
            }
            case "unlink" -> {
                env.unlink(model, ids);
                yield true;
            }
            case "fields_get" ->
                model.describe(
                        Json.names(expected(call, arguments, Set.of("allfields", "attributes"))
                                .get("allfields")),
                        Json.names(arguments.get("attributes")));
            case "has_access" ->
                env.mayAccess(
                        model,
                        Json.string(
                                expected(call, arguments, Set.of("operation")).get("operation")));
            case "formatted_read_group" -> totals(env, model, arguments);
            default -> {
                var method = model.methods.get(call.method());
                if (method == null) {
                    throw Errors.unknownMethod(model.name, call.method());
                }
                yield method.call(env, ids, arguments);
            }
        };
    }

    private static List<Long> search(Env env, Model model, Map<String, Object> arguments) {
        return env.search(
                model,
                Json.list(arguments.get("domain")),
                Json.string(arguments.get("order")),
                number(arguments.get("offset")),
                number(arguments.get("limit")));
    }

    private static Object read(Env env, Model model, List<Long> ids, Map<String, Object> arguments) {
        var plainIds = arguments.containsKey("load") && !"_classic_read".equals(arguments.get("load"));
        return env.read(model, ids, Json.names(arguments.get("fields")), plainIds);
    }

    /** {@code web_read}: what of a related record is asked for comes with it. */
    private static List<Map<String, Object>> webRead(
            Env env, Model model, List<Long> ids, Map<String, Object> specification) {
        var records = new ArrayList<Map<String, Object>>();
        for (var plain : env.read(model, ids, List.copyOf(specification.keySet()), true)) {
            var record = new LinkedHashMap<>(plain);
            specification.forEach((name, details) -> {
                var field = model.field(name);
                if (field.relation() == null || !(Json.map(details).get("fields") instanceof Map<?, ?> fields)) {
                    return;
                }
                var related = env.model(field.relation());
                var value = plain.get(name);
                if (value instanceof Number id) {
                    record.put(
                            name,
                            webRead(env, related, List.of(id.longValue()), Json.map(fields))
                                    .get(0));
                } else if (value instanceof List<?> many) {
                    record.put(name, webRead(env, related, Json.ids(many), Json.map(fields)));
                }
            });
            records.add(record);
        }
        return records;
    }

    private static Object create(Env env, Model model, Map<String, Object> arguments) {
        var given = arguments.get("vals_list");
        var records = given instanceof List<?> many ? many : List.of(Json.map(given));
        return records.stream()
                .map(values -> env.create(model, Json.map(values)))
                .toList();
    }

    /** {@code formatted_read_group} without groups: one row of totals over all that match. */
    private static Object totals(Env env, Model model, Map<String, Object> arguments) {
        if (!Json.list(arguments.get("groupby")).isEmpty()) {
            throw Errors.misfit("The demo Odoo adds up, but it does not group.");
        }
        var rows = search(env, model, arguments).stream()
                .map(id -> env.row(model.name, id))
                .toList();
        var totals = new LinkedHashMap<String, Object>();
        for (var aggregate : Json.names(arguments.get("aggregates"))) {
            var parts = aggregate.split(":");
            if (parts[0].equals("__count")) {
                totals.put(aggregate, rows.size());
                continue;
            }
            var values = rows.stream()
                    .map(row -> env.value(model, row, parts[0]))
                    .filter(value -> value != null)
                    .toList();
            totals.put(aggregate, values.isEmpty() ? false : total(aggregate, parts[1], values));
        }
        return List.of(totals);
    }

    private static Object total(String aggregate, String function, List<?> values) {
        return switch (function) {
            case "sum" ->
                values.stream()
                        .mapToDouble(value -> ((Number) value).doubleValue())
                        .sum();
            case "min" ->
                values.stream().<Object>map(value -> value).min(Domain::compare).orElseThrow();
            case "max" ->
                values.stream().<Object>map(value -> value).max(Domain::compare).orElseThrow();
            default -> throw Errors.misfit("Invalid aggregate method in '" + aggregate + "'");
        };
    }

    /** Odoo refuses arguments that a method does not have. */
    private static Map<String, Object> expected(OdooCall call, Map<String, Object> arguments, Set<String> names) {
        for (var argument : arguments.keySet()) {
            if (!names.contains(argument)) {
                throw Errors.unknownArgument(call.method(), argument);
            }
        }
        return arguments;
    }

    private static int number(@Nullable Object value) {
        return value instanceof Number number ? number.intValue() : 0;
    }
}
