package io.holdpoint.odoo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Puts up guards as computed fields. Why not as automation rules, which would be simpler: Odoo then looks up its rules
 * at each create, write and computation of the model, whatever the rules are about.
 */
final class GuardSetup {

    private static final String KEPT = "x_holdpoint_kept";
    private static final Set<String> FREE_TEXT = Set.of("char", "text", "html");

    /** So many that Odoo answers well within the time limit of a call. */
    private static final int ADOPTED_AT_ONCE = 2000;

    private final Odoo odoo;
    private final SetupRecords records;
    private final SetupKit kit;

    GuardSetup(Odoo odoo, SetupRecords records, SetupKit kit) {
        this.odoo = odoo;
        this.records = records;
        this.kit = kit;
    }

    /** Where guards remember what they accepted. Nobody has rights on it; the scripts reach it by SQL. */
    void register() {
        kit.model("kept", KEPT, "Holdpoint: accepted by guards", "Guard");
        kit.field("kept_document", KEPT, "x_document", "Document", "integer", Map.of("index", true));
        kit.field("kept_text", KEPT, "x_kept", "Accepted as", "text", Map.of());
    }

    void guard(Guard guard) {
        var values = new LinkedHashMap<String, String>();
        values.put("name", guard.name());
        values.put("label", guard.label());
        values.put("model", guard.model());
        values.put("text", text(guard));
        values.put("nothing", "0" + "|".repeat(guard.compared().size()));
        values.put("count", Integer.toString(guard.compared().size()));
        values.put("fields", SetupKit.pythonList(guard.fields()));
        values.put("compared", SetupKit.pythonList(guard.compared()));
        values.put("rules", SetupKit.indented(SetupKit.resource(guard.script() + ".py")));

        int before = records.changes();
        long check = records.ensure(
                guard.name() + "_check",
                "ir.actions.server",
                null,
                Map.of(
                        "name", guard.label(),
                        "model_id", kit.modelId(guard.model()),
                        "state", "code",
                        "code", filled("guard_check.py", values)),
                Map.of());
        values.put("check", Long.toString(check));
        var one = "x_holdpoint_" + guard.name();
        var other = one + "_again";
        var dependsOn = new ArrayList<>(guard.dependsOn());
        dependsOn.addAll(guard.fields());
        plain(guard.name() + "_field", guard.model(), one, guard.label());
        plain(guard.name() + "_second_field", guard.model(), other, guard.label());
        compute(guard.name() + "_field", guard.model(), one, other, dependsOn, values);
        compute(guard.name() + "_second_field", guard.model(), other, one, dependsOn, values);
        if (records.changes() > before) {
            adopt(guard, one);
        }
    }

    /** See {@link SetupKit#hint}. */
    void hint(String name, String label, String model, List<String> dependsOn, String when, long hook) {
        var field = "x_holdpoint_" + name;
        var values = Map.of(
                "label", label, "model", model, "field", field, "when", "(" + when + ")", "hook", Long.toString(hook));
        plain(name + "_field", model, field, label);
        records.ensure(
                name + "_field",
                "ir.model.fields",
                null,
                computed(filled("hint_field.py", values), String.join(", ", dependsOn)),
                Map.of());
    }

    /**
     * First a field as any other: Odoo adds it in no time, whereas it would compute a computed one for every record
     * there is.
     */
    private void plain(String name, String model, String field, String label) {
        kit.field(name, model, field, label, "char", Map.of("readonly", true));
    }

    private void compute(
            String name, String model, String field, String other, List<String> dependsOn, Map<String, String> values) {
        var own = new LinkedHashMap<>(values);
        own.put("field", field);
        own.put("other", other);
        records.ensure(
                name,
                "ir.model.fields",
                List.of(List.of("model", "=", model), List.of("name", "=", field)),
                computed(filled("guard_field.py", own), String.join(", ", dependsOn) + ", " + other),
                Map.of());
    }

    /** Read-only, for Odoo does not compute what was written by hand when it is not. */
    private static Map<String, Object> computed(String code, String dependsOn) {
        return Map.of("compute", code, "depends", dependsOn, "readonly", true, "store", true);
    }

    /**
     * Takes documents as they stand: what was confirmed before there was a guard, or while it was switched off, can be
     * worked with as before.
     */
    private void adopt(Guard guard, String field) {
        var name = guard.name() + "_adopt";
        var conditions = new ArrayList<String>();
        guard.fields().forEach(protectedField -> conditions.add("('" + protectedField + "', '!=', False)"));
        var domain =
                "['|'] * " + conditions.size() + " + [" + String.join(", ", conditions) + "] + " + guard.passedDomain();
        var code = filled(
                "guard_adopt.py",
                Map.of(
                        "model",
                        guard.model(),
                        "field",
                        field,
                        "domain",
                        domain,
                        "limit",
                        Integer.toString(ADOPTED_AT_ONCE)));
        long action = odoo.create(
                        "ir.actions.server",
                        List.of(Map.of(
                                "name",
                                guard.label(),
                                "model_id",
                                kit.modelId(guard.model()),
                                "state",
                                "code",
                                "code",
                                code,
                                odoo.profile().userGroups(),
                                List.of(List.of(6, 0, List.of(kit.externalId("base", "group_system")))))))
                .get(0);
        try {
            int adopted = 0;
            int count;
            do {
                Map<String, Object> context = Map.of("holdpoint", Map.of("offset", adopted));
                count = odoo.call("ir.actions.server", "run", List.of(action), Map.of(), context)
                        .path("count")
                        .asInt();
                adopted += count;
            } while (count == ADOPTED_AT_ONCE);
            if (adopted > 0) {
                records.tell("accepted  " + guard.model() + "  " + adopted + " as they stand  " + guard.label());
            }
        } finally {
            odoo.unlink("ir.actions.server", List.of(action));
        }
    }

    /** Python that gives all that matters of {@code record} in one text. */
    private String text(Guard guard) {
        var types = odoo.fieldsGet(guard.model(), List.of("type"));
        var values = new ArrayList<String>();
        // One digit says both whether it is past the hold point and whether it is quiet.
        values.add("bool(" + guard.passed() + ") + 2 * bool(" + guard.quiet() + ")");
        for (var field : guard.fields()) {
            var type = types.path(field).path("type").asText();
            if (FREE_TEXT.contains(type)
                    && !field.equals(guard.fields().get(guard.fields().size() - 1))) {
                throw new IllegalArgumentException(guard.name() + ": " + field + " is a free text and not the last.");
            }
            values.add("record." + field + (type.equals("many2one") ? ".id" : "") + " or ''");
        }
        if (!guard.measure().isEmpty()) {
            values.add("(" + guard.measure() + ") or ''");
        }
        return values.stream()
                .collect(Collectors.joining(
                        ", ", "'%d" + "|%s".repeat(guard.compared().size()) + "' % (", ")"));
    }

    private static String filled(String script, Map<String, String> values) {
        var filled = SetupKit.resource(script);
        for (var value : values.entrySet()) {
            filled = filled.replace("${" + value.getKey() + "}", value.getValue());
        }
        return filled;
    }
}
