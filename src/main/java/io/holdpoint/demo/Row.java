package io.holdpoint.demo;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One record as it lies in the table; never changed, only replaced.
 *
 * @param values the stored fields by name, JSON values only: a many-to-one is its id, a moment is Odoo's UTC text; a
 *     field without a value is absent
 */
record Row(long id, Map<String, Object> values) {

    @Nullable
    Object get(String field) {
        return field.equals("id") ? Long.valueOf(id) : values.get(field);
    }

    boolean has(String field) {
        return values.containsKey(field);
    }

    String text(String field) {
        var value = get(field);
        return value == null ? "" : value.toString();
    }

    double number(String field) {
        return get(field) instanceof Number value ? value.doubleValue() : 0;
    }

    /** The id that a many-to-one holds; 0 when it is empty. */
    long ref(String field) {
        return get(field) instanceof Number value ? value.longValue() : 0;
    }

    boolean flag(String field) {
        return Boolean.TRUE.equals(get(field));
    }

    /** The ids that a many-to-many holds. */
    List<Long> refs(String field) {
        return get(field) instanceof List<?> ids
                ? ids.stream().map(id -> ((Number) id).longValue()).toList()
                : List.of();
    }

    /** This record with other values; null empties a field. */
    Row with(Map<String, ? extends @Nullable Object> changes) {
        var merged = new TreeMap<String, Object>(values);
        changes.forEach((field, value) -> {
            if (value == null) {
                merged.remove(field);
            } else {
                merged.put(field, value);
            }
        });
        return new Row(id, merged);
    }
}
