package io.holdpoint.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Values as they cross the wire: what goes in or out of the demo is JSON, as with the real one. */
final class Json {

    static final ObjectMapper MAPPER = new ObjectMapper().enable(DeserializationFeature.USE_LONG_FOR_INTS);

    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private Json() {}

    static Map<String, Object> overTheWire(Map<String, Object> arguments) {
        return MAPPER.convertValue(arguments, OBJECT);
    }

    static JsonNode answer(@Nullable Object result) {
        try {
            return new ObjectMapper().readTree(MAPPER.writeValueAsBytes(result));
        } catch (java.io.IOException impossible) {
            throw new IllegalStateException("An answer of the demo is no JSON: " + result, impossible);
        }
    }

    static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A value of the demo is no JSON: " + value, impossible);
        }
    }

    /** What {@link #text} wrote; empty for an empty text. */
    static Map<String, Object> object(String text) {
        try {
            return text.isEmpty() ? Map.of() : MAPPER.readValue(text, OBJECT);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A value of the demo is no JSON: " + text, impossible);
        }
    }

    static List<Long> ids(Collection<?> values) {
        var ids = new ArrayList<Long>();
        values.forEach(value -> ids.add(((Number) value).longValue()));
        return ids;
    }

    static List<String> names(@Nullable Object value) {
        return value instanceof Collection<?> names
                ? names.stream().map(String::valueOf).toList()
                : List.of();
    }

    static Map<String, Object> map(@Nullable Object value) {
        var map = new TreeMap<String, Object>();
        if (value instanceof Map<?, ?> entries) {
            entries.forEach((key, entry) -> map.put(String.valueOf(key), entry == null ? Boolean.FALSE : entry));
        }
        return map;
    }

    static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }

    static String string(@Nullable Object value) {
        return value instanceof String text ? text : "";
    }
}
