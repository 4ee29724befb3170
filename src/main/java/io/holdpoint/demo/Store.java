package io.holdpoint.demo;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The tables, with one transaction at a time: what it changed is kept or taken back as a whole. */
final class Store {

    /**
     * What a transaction did to one record.
     *
     * @param before null when it made the record
     * @param after null when it deleted it
     */
    record Change(
            String model, @Nullable Row before, @Nullable Row after) {

        long id() {
            return before != null ? before.id() : after != null ? after.id() : 0;
        }
    }

    record Snapshot(Map<String, Long> lastIds, Map<String, List<Row>> tables) {}

    private record Key(String model, long id) {}

    private final Map<String, NavigableMap<Long, Row>> tables = new TreeMap<>();
    private final Map<String, Long> lastIds = new TreeMap<>();
    private final Map<Key, Change> open = new LinkedHashMap<>();

    @Nullable
    Row get(String model, long id) {
        return table(model).get(id);
    }

    Collection<Row> all(String model) {
        return table(model).values();
    }

    /** Ids are not given back by a rollback, as in a database. */
    long nextId(String model) {
        return lastIds.merge(model, 1L, Long::sum);
    }

    void put(String model, Row row) {
        remember(model, row.id(), table(model).put(row.id(), row), row);
        lastIds.merge(model, row.id(), Math::max);
    }

    void remove(String model, long id) {
        remember(model, id, table(model).remove(id), null);
    }

    /** Ends the transaction and tells what it changed; empty when it only read. */
    List<Change> commit() {
        var changes = open.values().stream()
                .filter(change -> change.before() != null || change.after() != null)
                .toList();
        open.clear();
        return changes;
    }

    void rollback() {
        open.forEach((key, change) -> {
            if (change.before() == null) {
                table(key.model()).remove(key.id());
            } else {
                table(key.model()).put(key.id(), change.before());
            }
        });
        open.clear();
    }

    /** Everything, to be kept over a restart. */
    Snapshot snapshot() {
        var copy = new TreeMap<String, List<Row>>();
        tables.forEach((model, rows) -> copy.put(model, List.copyOf(rows.values())));
        return new Snapshot(new TreeMap<>(lastIds), copy);
    }

    void restore(Snapshot snapshot) {
        tables.clear();
        lastIds.clear();
        lastIds.putAll(snapshot.lastIds());
        snapshot.tables()
                .forEach((model, rows) -> rows.forEach(row -> table(model).put(row.id(), row)));
    }

    private NavigableMap<Long, Row> table(String model) {
        return tables.computeIfAbsent(model, name -> new TreeMap<>());
    }

    private void remember(String model, long id, @Nullable Row before, @Nullable Row after) {
        var key = new Key(model, id);
        var first = open.get(key);
        open.put(key, new Change(model, first == null ? before : first.before(), after));
    }
}
