package io.holdpoint.odoo;

import java.util.regex.Pattern;

/**
 * Names one Odoo record as Odoo does: {@code sale.order,42}. It is also the business key of every case about it.
 *
 * @param model Odoo's model name
 * @param id the record's id, greater than zero
 */
public record DocumentRef(String model, long id) {

    private static final Pattern REFERENCE = Pattern.compile("([a-z][a-z0-9_]*(?:\\.[a-z0-9_]+)*),([1-9][0-9]{0,17})");

    public DocumentRef {
        if (id <= 0) {
            throw new IllegalArgumentException("The id of a document is greater than zero, but was " + id + ".");
        }
    }

    /** @throws IllegalArgumentException when the text is not of the form {@code model,id} */
    public static DocumentRef parse(String text) {
        var match = REFERENCE.matcher(text);
        if (!match.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' names no Odoo document. Give model and id, for example sale.order,42.");
        }
        return new DocumentRef(match.group(1), Long.parseLong(match.group(2)));
    }

    @Override
    public String toString() {
        return model + "," + id;
    }
}
