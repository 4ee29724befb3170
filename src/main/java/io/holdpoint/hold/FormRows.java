package io.holdpoint.hold;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.camunda.spin.plugin.variable.SpinValues;
import org.camunda.spin.plugin.variable.value.JsonValue;
import org.springframework.stereotype.Component;

/** Rows of a table in a form: a JSON variable, which is what a Camunda Form can show. */
@Component
public class FormRows {

    private static final Pattern NUMBER = Pattern.compile("-?\\d[\\d,.]*( \\S{1,8})?|\\?|–");

    private final ObjectMapper json;

    FormRows(ObjectMapper json) {
        this.json = json;
    }

    public JsonValue json(Object rows) {
        try {
            return SpinValues.jsonValue(json.writeValueAsString(rows)).create();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A form's rows cannot be written as JSON.", e);
        }
    }

    /** The headings of rows that are texts by heading, for a table whose columns the form does not know. */
    public static List<Map<String, String>> columns(List<Map<String, String>> rows) {
        return rows.stream()
                .limit(1)
                .flatMap(row -> row.entrySet().stream())
                .map(cell -> Map.of("heading", cell.getKey(), "kind", kind(cell.getValue())))
                .toList();
    }

    /** The same rows, cell by cell. */
    public static List<Map<String, List<Map<String, String>>>> cells(List<Map<String, String>> rows) {
        return rows.stream()
                .map(row -> Map.of(
                        "cells",
                        row.values().stream()
                                .map(text -> Map.of("text", text, "kind", kind(text)))
                                .toList()))
                .toList();
    }

    /** Texts by heading, for a list of headings with their texts. */
    public static List<Map<String, String>> pairs(Map<String, String> texts) {
        return texts.entrySet().stream()
                .map(entry -> Map.of("heading", entry.getKey(), "text", entry.getValue()))
                .toList();
    }

    /** The style of a cell: numbers, with their units, stand to the right. */
    private static String kind(String text) {
        return NUMBER.matcher(text).matches() ? "num" : "text";
    }
}
