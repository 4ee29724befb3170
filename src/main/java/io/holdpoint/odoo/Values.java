package io.holdpoint.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Odoo's way to write values: whatever is empty is {@code false}, moments are UTC without saying so. */
final class Values {

    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private Values() {}

    static @Nullable String text(JsonNode record, String field) {
        var value = record.path(field);
        return value.isTextual() ? value.asText() : null;
    }

    /** @throws OdooContract when the value is empty */
    static String requiredText(JsonNode record, String field) {
        var text = text(record, field);
        if (text == null) {
            throw new OdooContract("Odoo gives no " + field + " where there must be one (record "
                    + record.path("id").asText() + ").");
        }
        return text;
    }

    static double number(JsonNode record, String field) {
        return record.path(field).asDouble(0);
    }

    /** A many-to-one, as {@code read} gives it ({@code [7, "Name"]}) or as {@code web_read} does. */
    static @Nullable Reference reference(JsonNode record, String field) {
        var value = record.path(field);
        if (value.isArray() && value.size() == 2) {
            return new Reference(value.get(0).asLong(), value.get(1).asText());
        }
        if (value.isObject() && value.path("id").asLong() > 0) {
            return new Reference(
                    value.path("id").asLong(), value.path("display_name").asText());
        }
        return null;
    }

    /** @throws OdooContract when the value is empty */
    static Reference requiredReference(JsonNode record, String field) {
        var reference = reference(record, field);
        if (reference == null) {
            throw new OdooContract("Odoo gives no " + field + " where there must be one (record "
                    + record.path("id").asText() + ").");
        }
        return reference;
    }

    static @Nullable LocalDate date(JsonNode record, String field) {
        var text = text(record, field);
        return text == null ? null : LocalDate.parse(text.substring(0, 10));
    }

    static @Nullable Instant instant(JsonNode record, String field) {
        return text(record, field) == null ? null : requiredInstant(record, field);
    }

    /** @throws OdooContract when the value is empty */
    static Instant requiredInstant(JsonNode record, String field) {
        var text = requiredText(record, field);
        return LocalDateTime.parse(text.substring(0, 19), MOMENT).toInstant(ZoneOffset.UTC);
    }

    /** The elements of a list; none where there is no list. */
    static Stream<JsonNode> stream(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    /** A moment as Odoo wants it in a domain or in values; parts of a second are cut off. */
    static String write(Instant moment) {
        return MOMENT.format(moment.atOffset(ZoneOffset.UTC));
    }
}
