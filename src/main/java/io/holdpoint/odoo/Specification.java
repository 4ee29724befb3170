package io.holdpoint.odoo;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * What {@link Odoo#webRead} is to read of a record, and of records that it refers to.
 *
 * @param fields as Odoo's web client writes it
 */
record Specification(Map<String, ?> fields) {

    /** A business partner with the company behind it. */
    static final Specification PARTNER =
            new Specification().values("display_name").named("commercial_partner_id");

    /** A company with its currency. */
    static final Specification COMPANY =
            new Specification().values("display_name").named("currency_id");

    Specification() {
        this(Map.of());
    }

    /** These fields as they are; references without their names. */
    Specification values(String... names) {
        return with(Map.of(), names);
    }

    /** These references with their names. */
    Specification named(String... names) {
        return with(nested(new Specification().values("display_name")), names);
    }

    /** This field with what it refers to. */
    Specification related(String name, Specification specification) {
        return with(nested(specification), name);
    }

    private Specification with(Map<String, ?> what, String... names) {
        var all = new HashMap<String, Object>(fields);
        Arrays.stream(names).forEach(name -> all.put(name, what));
        return new Specification(Map.copyOf(all));
    }

    private static Map<String, ?> nested(Specification specification) {
        return Map.of("fields", specification.fields());
    }
}
