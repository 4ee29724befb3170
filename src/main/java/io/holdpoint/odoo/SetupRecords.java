package io.holdpoint.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Records that the setup keeps in Odoo, each under an external id of its own. Bringing one about twice changes nothing
 * the second time.
 */
final class SetupRecords {

    /** The ids of a many-to-many field. */
    record Ids(List<Long> ids) {

        static Ids of(Long... ids) {
            return new Ids(List.of(ids));
        }
    }

    /** A record that carries an external id of ours. */
    private record Known(String model, long id) {}

    private final Odoo odoo;
    private final Consumer<String> tell;
    private final Map<String, Known> known = new LinkedHashMap<>();
    private final Set<String> used = new HashSet<>();
    private int changes;

    SetupRecords(Odoo odoo, Consumer<String> tell) {
        this.odoo = odoo;
        this.tell = tell;
        var fields = List.of("name", "model", "res_id");
        for (var entry :
                odoo.searchRead("ir.model.data", List.of(List.of("module", "=", Odoo.MODULE)), fields, "id", 0)) {
            known.put(
                    Values.requiredText(entry, "name"),
                    new Known(
                            Values.requiredText(entry, "model"),
                            entry.path("res_id").asLong()));
        }
    }

    int changes() {
        return changes;
    }

    void changed(String what) {
        changes++;
        tell(what);
    }

    /** A line of text about something that is no change of the setup. */
    void tell(String what) {
        tell.accept(what);
    }

    /**
     * Sees to it that a record is there and has these values.
     *
     * @param name of its external id
     * @param key finds a record that is there but has no external id yet; null when such a one cannot be
     * @param onCreation values that matter when it is created and are nobody's business afterwards
     * @return its id
     */
    long ensure(String name, String model, @Nullable List<?> key, Map<String, ?> values, Map<String, ?> onCreation) {
        used.add(name);
        var record = find(name, model, key, List.copyOf(values.keySet()));
        if (record == null) {
            var all = new LinkedHashMap<String, Object>(values);
            all.putAll(onCreation);
            long id = odoo.create(model, List.of(writable(all))).get(0);
            name(name, model, id);
            changed("created   " + model + "  " + label(values, name));
            return id;
        }
        long id = record.path("id").asLong();
        if (!known.containsKey(name)) {
            name(name, model, id);
            changed("adopted   " + model + "  " + label(values, name));
        }
        var different = new LinkedHashMap<String, Object>();
        values.forEach((field, value) -> {
            // Odoo lays out views anew when it stores them, so white space does not count there.
            if (!same(value, record.path(field), model.equals("ir.ui.view"))) {
                different.put(field, value);
            }
        });
        if (!different.isEmpty()) {
            odoo.write(model, List.of(id), writable(different));
            changed("changed   " + model + "  " + label(values, name) + "  " + different.keySet());
        }
        return id;
    }

    private @Nullable JsonNode find(String name, String model, @Nullable List<?> key, List<String> fields) {
        var ours = known.get(name);
        if (ours != null) {
            var found = odoo.read(model, List.of(ours.id()), fields);
            if (!found.isEmpty()) {
                return found.get(0);
            }
            // Deleted by hand; Odoo does not always take the external id along.
            forget(List.of(name));
        }
        if (key == null) {
            return null;
        }
        var found = odoo.searchRead(model, key, fields, "id", 1);
        return found.isEmpty() ? null : found.get(0);
    }

    Set<String> names() {
        return Set.copyOf(known.keySet());
    }

    /** Takes away what carries an external id of ours and was not asked for since this object was made. */
    void removeUnused(List<String> order) {
        removeAll(order, name -> !used.contains(name));
    }

    /**
     * Takes away all that carries an external id of ours.
     *
     * @param order the models whose records are deleted, one after the other; those of others are archived
     */
    void removeAll(List<String> order) {
        removeAll(order, name -> true);
    }

    private void removeAll(List<String> order, Predicate<String> which) {
        stopComputing(there("ir.model.fields", of("ir.model.fields", which)));
        for (var model : order) {
            if (model.equals("ir.model")) {
                removeLines(there("ir.model.fields", of("ir.model.fields", which)));
            }
            remove(model, of(model, which));
        }
        known.values().stream()
                .map(Known::model)
                .distinct()
                .filter(model -> !order.contains(model))
                .toList()
                .forEach(model -> archive(model, of(model, which)));
    }

    /** Odoo does not delete a field on which others depend, not even together with them. */
    private void stopComputing(List<Long> fields) {
        var computed = odoo
                .searchRead(
                        "ir.model.fields",
                        List.of(List.of("id", "in", fields), List.of("compute", "!=", false)),
                        List.of("id"),
                        "id",
                        0)
                .stream()
                .map(field -> field.path("id").asLong())
                .toList();
        if (!computed.isEmpty()) {
            odoo.write("ir.model.fields", computed, Map.of("compute", false, "depends", false));
        }
    }

    private List<String> of(String model, Predicate<String> which) {
        return known.entrySet().stream()
                .filter(entry -> entry.getValue().model().equals(model) && which.test(entry.getKey()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private void remove(String model, List<String> names) {
        var there = there(model, names);
        if (!there.isEmpty()) {
            odoo.unlink(model, there);
            changed("removed   " + model + "  " + String.join(", ", names));
        }
        forget(names);
    }

    /** Lines depend on the field by which they are found, so they go before the model that has it. */
    private void removeLines(List<Long> fields) {
        var lines = odoo
                .searchRead(
                        "ir.model.fields",
                        List.of(List.of("id", "in", fields), List.of("ttype", "=", "one2many")),
                        List.of("id"),
                        "id",
                        0)
                .stream()
                .map(field -> field.path("id").asLong())
                .toList();
        if (!lines.isEmpty()) {
            odoo.unlink("ir.model.fields", lines);
        }
    }

    /** What Odoo does not let go, such as a place in which something lies, stays and is said. */
    private void archive(String model, List<String> names) {
        for (var name : names) {
            var there = there(model, List.of(name));
            if (!there.isEmpty()) {
                try {
                    odoo.write(model, there, Map.of("active", false));
                    changed("archived  " + model + "  " + name);
                } catch (OdooRefused refused) {
                    changed("left      " + model + "  " + name + "  " + refused.getMessage());
                }
            }
        }
        forget(names);
    }

    private List<Long> there(String model, List<String> names) {
        var ids = names.stream()
                .flatMap(name -> Optional.ofNullable(known.get(name)).stream())
                .map(Known::id)
                .toList();
        // Asked for the id alone, Odoo does not look whether a record is there.
        return odoo.read(model, ids, List.of("create_date")).stream()
                .map(record -> record.path("id").asLong())
                .toList();
    }

    /** The id of one of Odoo's own records. */
    long externalId(String module, String name) {
        var found = odoo.searchRead(
                "ir.model.data",
                List.of(List.of("module", "=", module), List.of("name", "=", name)),
                List.of("res_id"),
                "id",
                1);
        if (found.isEmpty()) {
            throw new OdooContract("Odoo has no " + module + "." + name + ".");
        }
        return found.get(0).path("res_id").asLong();
    }

    /** Lets go of records without deleting them. */
    void forget(List<String> names) {
        if (names.isEmpty()) {
            return;
        }
        var entries = odoo.searchRead(
                "ir.model.data",
                List.of(List.of("module", "=", Odoo.MODULE), List.of("name", "in", names)),
                List.of("id"),
                "id",
                0);
        odoo.unlink(
                "ir.model.data",
                entries.stream().map(entry -> entry.path("id").asLong()).toList());
        names.forEach(known::remove);
    }

    @Nullable
    Long idOf(String name) {
        var ours = known.get(name);
        return ours == null ? null : ours.id();
    }

    private void name(String name, String model, long id) {
        odoo.create(
                "ir.model.data",
                List.of(Map.of("module", Odoo.MODULE, "name", name, "model", model, "res_id", id, "noupdate", true)));
        known.put(name, new Known(model, id));
    }

    private static String label(Map<String, ?> values, String name) {
        var label = values.get("name");
        return label instanceof String text ? text : name;
    }

    private static Map<String, Object> writable(Map<String, ?> values) {
        var all = new LinkedHashMap<String, Object>();
        values.forEach((field, value) ->
                all.put(field, value instanceof Ids set ? List.of(List.of(6, 0, set.ids())) : value));
        return all;
    }

    private static boolean same(Object wanted, JsonNode found, boolean squeezed) {
        if (wanted instanceof Ids set) {
            Set<Long> ids = new HashSet<>();
            StreamSupport.stream(found.spliterator(), false).forEach(id -> ids.add(id.asLong()));
            return ids.equals(new HashSet<>(new ArrayList<>(set.ids())));
        }
        if (wanted instanceof Number number) {
            var value = found.isArray() ? found.path(0) : found;
            return value.isNumber() && value.asDouble() == number.doubleValue();
        }
        if (wanted instanceof Boolean flag) {
            return flag ? found.asBoolean() : !found.asBoolean() && !found.isTextual();
        }
        return squeezed
                ? squeezed(wanted.toString()).equals(squeezed(found.asText()))
                : wanted.toString().strip().equals(found.asText().strip());
    }

    private static String squeezed(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }
}
