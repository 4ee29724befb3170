package io.holdpoint.demo;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One field of a model.
 *
 * @param type Odoo's own name of the type, for example {@code monetary}
 * @param relation the model that a relational field leads to
 * @param inverse the many-to-one that a one-to-many is the other side of
 * @param choices the values of a selection
 * @param perCompany whether each company has a value of its own
 * @param compute how the value comes about; null when it is stored
 */
record Field(
        String name,
        String label,
        String type,
        @Nullable String relation,
        @Nullable String inverse,
        List<String> choices,
        boolean perCompany,
        @Nullable Compute compute) {

    @FunctionalInterface
    interface Compute {
        /** @return the value as a stored one would be; null for none */
        @Nullable
        Object of(Env env, Row row);
    }

    boolean stored() {
        return compute == null && !type.equals("one2many");
    }

    boolean isToMany() {
        return type.equals("one2many") || type.equals("many2many");
    }

    boolean isNumber() {
        return type.equals("float") || type.equals("monetary") || type.equals("integer");
    }

    /** {@code price_unit} reads "Price Unit" in messages unless a label was given. */
    static String labelOf(String name) {
        var words = new StringBuilder();
        for (var word : name.replaceAll("_ids?$", "").split("_")) {
            words.append(words.isEmpty() ? "" : " ")
                    .append(Character.toUpperCase(word.charAt(0)))
                    .append(word.substring(1));
        }
        return words.toString();
    }
}
