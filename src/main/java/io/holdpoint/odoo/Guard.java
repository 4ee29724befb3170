package io.holdpoint.odoo;

import java.util.List;
import java.util.stream.Stream;

/**
 * What keeps people from passing a hold point in Odoo, and from writing the fields in which Holdpoint says how a
 * document stands. {@link SetupKit#guard} puts it up; {@code /odoo/<script>.py}, as a rule called like the guard, says
 * what is refused.
 *
 * <p>That script is run for each {@code record} that differs from what was accepted last, unless a command of Holdpoint
 * opened it in the same transaction. It raises UserError to refuse; else the record is accepted as it is. It knows
 *
 * <ul>
 *   <li>{@code was} and {@code passed}: whether the record was past the hold point and whether it is now;
 *   <li>{@code old} and {@code new}: the protected fields as texts, by name; empty when not set, ids for references;
 *       with a measure under that name;
 *   <li>{@code changed}: the names of those that differ;
 *   <li>{@code user}: who wrote the record.
 * </ul>
 *
 * <p>It is run when Odoo computes fields, which is after Odoo's own methods did their work and before the transaction
 * is committed. Everything is rolled back then, but what another system was told on the way stays told.
 *
 * @param name the beginning of the external ids
 * @param label what administrators read
 * @param model whose records are guarded
 * @param passed Python over {@code record}: whether it is past the hold point; False when only fields are protected
 * @param dependsOn what {@code passed} reads, by Odoo's dotted names
 * @param passedDomain finds the records for which {@code passed} holds, so that those from before the guard stay as
 *     they are
 * @param fields that people do not write as they like; a free text stands last
 * @param script that says what is refused; several guards may have the same
 * @param quiet Python over {@code record}: whether it is none of Holdpoint's business as it is. What was quiet and
 *     stays so is remembered without running the script, which costs next to nothing
 * @param measure Python over {@code record}: a text that is compared and remembered as the fields are; empty when there
 *     is nothing to measure
 */
record Guard(
        String name,
        String label,
        String model,
        String passed,
        List<String> dependsOn,
        String passedDomain,
        List<String> fields,
        String script,
        String quiet,
        String measure) {

    private static final String MEASURE = "measure";

    /** A script of its own, and no record is quiet. */
    Guard(
            String name,
            String label,
            String model,
            String passed,
            List<String> dependsOn,
            String passedDomain,
            List<String> fields) {
        this(name, label, model, passed, dependsOn, passedDomain, fields, name, "False", "");
    }

    /** The same guard, for a model most of whose records do not concern Holdpoint. */
    Guard quietWhere(String condition) {
        return new Guard(name, label, model, passed, dependsOn, passedDomain, fields, script, condition, measure);
    }

    /**
     * There is neither a hold point nor a field, only something to be measured.
     *
     * @param known finds the records that are taken as they stand
     */
    static Guard ofMeasure(
            String name, String label, String model, String measure, List<String> dependsOn, String known) {
        return new Guard(name, label, model, "False", dependsOn, known, List.of(), name, "False", measure);
    }

    /** The names of all that is compared. */
    List<String> compared() {
        return measure.isEmpty()
                ? fields
                : Stream.concat(fields.stream(), Stream.of(MEASURE)).toList();
    }

    /** The hold point lies before these values of a field, for example state. */
    static Guard before(
            String name, String label, String model, String field, List<String> values, List<String> fields) {
        var list = "('" + String.join("', '", values) + "',)";
        return new Guard(
                name,
                label,
                model,
                "record." + field + " in " + list,
                List.of(field),
                "[('" + field + "', 'in', " + list + ")]",
                fields);
    }

    /** There is no hold point, only fields that not everybody may write. */
    static Guard ofFields(String name, String label, String model, List<String> fields) {
        return new Guard(name, label, model, "False", List.of(), "[('id', '=', 0)]", fields);
    }

    /** The same guard with the script of another one. */
    Guard withScript(String other) {
        return new Guard(name, label, model, passed, dependsOn, passedDomain, fields, other, quiet, measure);
    }

    /** External ids of all that it consists of. */
    static List<String> parts(String name) {
        return List.of(name + "_field", name + "_second_field", name + "_check");
    }
}
