package io.holdpoint.odoo;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What people can choose from in Holdpoint's fields in Odoo: by code, in order, what they read. */
public final class Choices {

    /** What is wrong with goods. */
    public static final Map<String, String> DEFECTS = defects();

    /** How grave that is. */
    public static final Map<String, String> SEVERITIES = severities();

    /** Why goods are to come back. */
    public static final Map<String, String> RETURN_REASONS = returnReasons();

    private Choices() {}

    private static Map<String, String> defects() {
        var defects = new LinkedHashMap<String, String>();
        defects.put("safety", "Safety: can hurt somebody");
        defects.put("wrongMaterial", "Wrong material or composition");
        defects.put("dimension", "Dimension out of tolerance");
        defects.put("function", "Does not work as it should");
        defects.put("contamination", "Contaminated or corroded");
        defects.put("damage", "Damaged");
        defects.put("appearance", "Appearance");
        defects.put("labelling", "Label or marking wrong");
        defects.put("documents", "Certificate or papers missing or wrong");
        defects.put("shelfLife", "Expired or too short a shelf life");
        return Collections.unmodifiableMap(defects);
    }

    private static Map<String, String> severities() {
        var severities = new LinkedHashMap<String, String>();
        severities.put("critical", "Critical: safety, law, cannot be used");
        severities.put("major", "Major: function or fit is affected");
        severities.put("minor", "Minor: appearance or papers");
        return Collections.unmodifiableMap(severities);
    }

    private static Map<String, String> returnReasons() {
        var reasons = new LinkedHashMap<String, String>();
        reasons.put("dead_on_arrival", "Dead on arrival");
        reasons.put("damaged_in_transit", "Damaged in transit");
        reasons.put("faulty", "Faulty");
        reasons.put("part_missing", "Part missing");
        reasons.put("wrong_item", "Wrong item");
        reasons.put("lost", "Lost");
        reasons.put("not_as_described", "Not as described");
        reasons.put("extra_item", "Extra item");
        reasons.put("changed_mind", "Customer changed mind");
        reasons.put("other", "Other");
        return Collections.unmodifiableMap(reasons);
    }
}
