package io.holdpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds every form to the conventions and to what Tasklist can show; each finding is also provoked in a small form. */
class FormsTest {

    private static final Vocabulary PROJECT = ProjectVocabulary.gather();

    private static final Path SAMPLE = Path.of("src", "test", "resources", "models", "sample-process.decide.form");
    private static final Vocabulary OF_SAMPLE = new Vocabulary(
            Set.of(),
            Set.of("decision", "reason", "documentName", "documentUrl", "numbers"),
            Set.of(),
            Set.of(),
            Set.of(),
            Set.of(),
            Set.of());

    static List<Path> forms() {
        return ProjectVocabulary.files(Path.of("forms"), ".form");
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("forms")
    void follows_the_conventions(Path form) {
        assertThat(FormFindings.of(ProjectVocabulary.baseName(form, ".form"), ProjectVocabulary.read(form), PROJECT))
                .as("expected of %s, but not so", form)
                .isEmpty();
    }

    @Test
    void every_form_is_used_by_a_user_task() {
        var models = ProjectVocabulary.files(Path.of("processes"), ".bpmn").stream()
                .map(ProjectVocabulary::read)
                .collect(Collectors.joining());

        var ofFollowUps = FollowUpCalls.all().stream()
                .map(call -> call.workflow() + "." + FollowUpCalls.kebabCase(call.step()))
                .toList();

        assertThat(PROJECT.forms())
                .allMatch(form -> models.contains("camunda:formRef=\"" + form + "\"") || ofFollowUps.contains(form));
    }

    @Test
    void finds_nothing_in_a_form_as_it_should_be() {
        assertThat(findings(ProjectVocabulary.read(SAMPLE))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void finds(String finding, String right, String wrong) {
        var sample = ProjectVocabulary.read(SAMPLE);
        assertThat(sample).as("the sample holds what is to be spoilt").contains(right);

        assertThat(findings(sample.replace(right, wrong))).contains(finding);
    }

    private static List<String> findings(String json) {
        return FormFindings.of("sample-process.decide", json, OF_SAMPLE);
    }

    static List<Arguments> mistakes() {
        return List.of(
                Arguments.of("is JSON", "\"type\": \"default\",", "\"type\": \"default\""),
                Arguments.of(
                        "the id sample-process.guess equals the file's name",
                        "sample-process.decide",
                        "sample-process.guess"),
                Arguments.of(
                        "the schema version is 16, that of form-js 1.8.7",
                        "\"schemaVersion\": 16",
                        "\"schemaVersion\": 18"),
                Arguments.of("the form is made for the Camunda Platform", "Camunda Platform", "Camunda Cloud"),
                Arguments.of(
                        "the version of the platform is 7.22.0, the last that form linting knows", "7.22.0", "7.24.0"),
                Arguments.of("the id Field_decision is used once", "Field_reason", "Field_decision"),
                Arguments.of(
                        "the id Field_0abc123 is chosen: Field_ and a phrase in camelCase",
                        "Field_reason",
                        "Field_0abc123"),
                Arguments.of(
                        "Field_reason is a component that Tasklist can show: dynamiclist",
                        "\"type\": \"textarea\"",
                        "\"type\": \"dynamiclist\""),
                Arguments.of(
                        "Field_reason is a component that Tasklist can show: filepicker",
                        "\"type\": \"textarea\"",
                        "\"type\": \"filepicker\""),
                Arguments.of("the key decision is used once", "\"key\": \"reason\"", "\"key\": \"decision\""),
                Arguments.of(
                        "the key cause is a variable that code knows", "\"key\": \"reason\"", "\"key\": \"cause\""),
                Arguments.of("Field_reason has a label", "\"label\": \"Reason\"", "\"label\": \"\""),
                Arguments.of(
                        "Field_reason is shown as text, not as a read-only field",
                        "\"key\": \"reason\"",
                        "\"key\": \"reason\", \"readonly\": true"),
                Arguments.of(
                        "Field_reason is not both required and hidden again later",
                        "\"hide\": \"=decision = null\"",
                        "\"hide\": \"=decision = \\\"release\\\"\""),
                Arguments.of(
                        "Field_numbers keeps links in a text component: in html they open in the same tab",
                        "<table>",
                        "<a href='x'>x</a><table>"),
                Arguments.of(
                        "Field_link shows a variable that somebody sets: documentUri",
                        "{{documentUrl}}",
                        "{{documentUri}}"),
                Arguments.of(
                        "Field_numbers shows a variable that somebody sets: figures",
                        "{{#loop numbers}}",
                        "{{#loop figures}}"),
                Arguments.of(
                        "Field_reason shows a variable that somebody sets: verdict",
                        "\"hide\": \"=decision = null\"",
                        "\"hide\": \"=verdict = null\""));
    }

    @Test
    void finds_a_name_that_says_no_workflow_and_task() {
        var sample = ProjectVocabulary.read(SAMPLE).replace("sample-process.decide", "form1");

        assertThat(FormFindings.of("form1", sample, OF_SAMPLE))
                .containsExactly("the name is a workflow, a dot and a task in kebab case: form1");
    }
}
