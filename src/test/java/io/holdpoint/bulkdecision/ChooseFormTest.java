package io.holdpoint.bulkdecision;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.camunda.bpm.dmn.feel.impl.scala.ScalaFeelEngine;
import org.camunda.bpm.engine.variable.Variables;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the form of a bulk decision shows, by its conditions. */
class ChooseFormTest {

    private final ScalaFeelEngine feel = new ScalaFeelEngine(List.of());

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            -,     release, Field_documents
            false, release, Field_documents
            true,  release, Field_listed
            true,  reject,  Field_listed
            true,  nothing, -
            false, nothing, -
            """)
    void the_documents_are_readable_whether_some_are_chosen_or_all(
            @Nullable Boolean allListed, String decision, @Nullable String shown) throws Exception {
        assertThat(shown(allListed, decision, "order-release|DISCOUNT"))
                .isEqualTo(shown == null ? List.of() : List.of(shown));
        assertThat(shown(allListed, decision, null)).as("no rule, no documents").isEmpty();
    }

    /** Which components show the documents of the rule. */
    private List<String> shown(@Nullable Boolean allListed, String decision, @Nullable String rule) throws Exception {
        var form = new ObjectMapper()
                .readTree(Path.of("forms", "bulk-decision.choose.form").toFile());
        var entered = Variables.putValue("allListed", allListed)
                .putValue("decision", decision)
                .putValue("rule", rule)
                .asVariableContext();
        return StreamSupport.stream(form.path("components").spliterator(), false)
                .filter(component -> component.toString().contains("offered[item.asks = rule]"))
                .filter(component -> !Boolean.TRUE.equals(
                        feel.evaluateSimpleExpression(hide(component).substring(1), entered)))
                .map(component -> component.path("id").asText())
                .toList();
    }

    private static String hide(JsonNode component) {
        return component.path("conditional").path("hide").asText();
    }
}
