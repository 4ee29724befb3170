package io.holdpoint.hold;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.camunda.spin.plugin.variable.SpinValues;
import org.camunda.spin.plugin.variable.value.JsonValue;
import org.springframework.stereotype.Component;

/** Rows of a table in a form: a JSON variable, which is what a Camunda Form can show. */
@Component
class FormRows {

    private final ObjectMapper json;

    FormRows(ObjectMapper json) {
        this.json = json;
    }

    JsonValue json(Object rows) {
        try {
            return SpinValues.jsonValue(json.writeValueAsString(rows)).create();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A form's rows cannot be written as JSON.", e);
        }
    }
}
