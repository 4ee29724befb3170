package io.holdpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads one Camunda Form and says, in sentences, where it leaves the conventions or asks for what the Tasklist of 7.24
 * (form-js 1.8.7) cannot do.
 */
final class FormFindings {

    /** Components of form-js 1.8.7, less dynamiclist: its empty list of errors keeps Complete disabled for ever. */
    private static final Set<String> COMPONENTS = Set.of(
            "textfield",
            "textarea",
            "number",
            "datetime",
            "expression",
            "checkbox",
            "checklist",
            "radio",
            "select",
            "taglist",
            "text",
            "image",
            "table",
            "html",
            "spacer",
            "separator",
            "group");

    private static final Pattern CHOSEN = Pattern.compile("[A-Z][A-Za-z]*_[a-z][A-Za-z]*");
    private static final Pattern LOOP =
            Pattern.compile("\\{\\{#(?:loop|if) ([^}]+)}}(.*?)\\{\\{/(?:loop|if)}}", Pattern.DOTALL);
    private static final Pattern SHOWN = Pattern.compile("\\{\\{([^#/}][^}]*)}}");
    private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"");
    private static final Pattern NAME = Pattern.compile("(?<![.\\w])([A-Za-z_]\\w*)(?!\\w*\\s*[(:])(?!\\w)");
    private static final Set<String> WORDS = Set.of(
            "if", "then", "else", "and", "or", "not", "null", "true", "false", "in", "for", "return", "some", "every",
            "item");

    private final String file;
    private final JsonNode form;
    private final Vocabulary known;
    private final List<String> findings = new ArrayList<>();

    private FormFindings(String file, JsonNode form, Vocabulary known) {
        this.file = file;
        this.form = form;
        this.known = known;
    }

    /** @param file base name of the file */
    static List<String> of(String file, String json, Vocabulary known) {
        try {
            var findings = new FormFindings(file, new ObjectMapper().readTree(json), known);
            findings.look();
            return List.copyOf(findings.findings);
        } catch (JsonProcessingException e) {
            return List.of("is JSON");
        }
    }

    private void look() {
        expect(
                form.path("id").asText().equals(file),
                "the id " + form.path("id").asText() + " equals the file's name");
        expect(
                file.matches("[a-z]+(-[a-z]+)*\\.[a-z]+(-[a-z]+)*"),
                "the name is a workflow, a dot and a task in kebab case: " + file);
        expect(form.path("schemaVersion").asInt() == 16, "the schema version is 16, that of form-js 1.8.7");
        expect(
                form.path("executionPlatform").asText().equals("Camunda Platform"),
                "the form is made for the Camunda Platform");
        // 7.24 ships the form-js of 7.22, and form linting knows no later one.
        expect(
                form.path("executionPlatformVersion").asText().equals("7.22.0"),
                "the version of the platform is 7.22.0, the last that form linting knows");
        var ids = new HashSet<String>();
        var keys = new HashSet<String>();
        for (var component : components(form)) {
            look(component, ids, keys);
        }
    }

    private void look(JsonNode component, Set<String> ids, Set<String> keys) {
        var id = component.path("id").asText();
        var type = component.path("type").asText();
        var key = component.path("key").asText();
        expect(ids.add(id), "the id " + id + " is used once");
        expect(CHOSEN.matcher(id).matches(), "the id " + id + " is chosen: Field_ and a phrase in camelCase");
        expect(COMPONENTS.contains(type), id + " is a component that Tasklist can show: " + type);
        if (!key.isEmpty()) {
            expect(keys.add(key), "the key " + key + " is used once");
            expect(known.variables().contains(key), "the key " + key + " is a variable that code knows");
            expect(!component.path("label").asText().isBlank(), id + " has a label");
            // Tasklist sends it back without its type.
            expect(!component.path("readonly").asBoolean(), id + " is shown as text, not as a read-only field");
        }
        var hide = component.path("conditional").path("hide").asText();
        // An error of a field that was touched and then hidden keeps Complete disabled without a visible reason.
        expect(
                hide.isEmpty()
                        || !component.path("validate").path("required").asBoolean()
                        || hide.matches("=\\s*\\w+ = null"),
                id + " is not both required and hidden again later");
        expect(
                !type.equals("html") || !component.path("content").asText().contains("<a "),
                id + " keeps links in a text component: in html they open in the same tab");
        // A text is Markdown with HTML in it, so that a name would be formatted; html shows it as it is.
        expect(
                component.path("text").asText().replace("{{documentUrl}}", "").indexOf("{{") < 0,
                id + " shows names and words of people in an html component");
        shown(id, component.path("content").asText() + component.path("text").asText());
        Stream.of(
                        hide,
                        component.path("dataSource").asText(),
                        component.path("valuesExpression").asText())
                .forEach(expression -> feel(id, expression));
        feel(id, component.path("label").asText());
    }

    /** Names in {@code {{…}}}; inside a loop they are those of a row. */
    private void shown(String id, String text) {
        LOOP.matcher(text).results().forEach(loop -> variables(id, loop.group(1)));
        SHOWN.matcher(LOOP.matcher(text).replaceAll("")).results().forEach(shown -> variables(id, shown.group(1)));
    }

    private void feel(String id, String expression) {
        if (expression.startsWith("=")) {
            variables(id, expression.substring(1));
        }
    }

    private void variables(String id, String expression) {
        NAME.matcher(QUOTED.matcher(expression).replaceAll("\"\""))
                .results()
                .map(match -> match.group(1))
                .filter(name -> !WORDS.contains(name))
                .forEach(name ->
                        expect(known.variables().contains(name), id + " shows a variable that somebody sets: " + name));
    }

    private static List<JsonNode> components(JsonNode parent) {
        var all = new ArrayList<JsonNode>();
        parent.path("components").forEach(component -> {
            all.add(component);
            all.addAll(components(component));
        });
        return all;
    }

    private void expect(boolean holds, String expectation) {
        if (!holds && !findings.contains(expectation)) {
            findings.add(expectation);
        }
    }
}
