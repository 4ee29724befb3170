package io.holdpoint.odoo;

import java.util.regex.Pattern;

/**
 * What an Odoo series calls things that others call differently.
 *
 * @param series the major version, for example 19
 * @param lineUnit the unit of measure on an order line
 * @param userGroups the groups of a user, and of an action
 */
record OdooProfile(int series, String lineUnit, String userGroups) {

    static final int OLDEST = 17;

    private static final Pattern VERSION = Pattern.compile("(?:saas~)?(\\d+)(?:[.~](\\d+))?.*");

    /**
     * @param version as Odoo tells it: {@code 19.0}, {@code 18.0+e}, {@code saas~18.3}
     * @throws OdooContract when that Odoo is too old
     */
    static OdooProfile of(String version) {
        var match = VERSION.matcher(version);
        if (!match.matches()) {
            throw new OdooContract(
                    "Odoo calls its version '" + version + "', which is not understood. Check ODOO_URL.");
        }
        int series = Integer.parseInt(match.group(1));
        if (series < OLDEST) {
            throw new OdooContract("This Odoo is version " + version + ", but Holdpoint needs " + OLDEST
                    + " or later. Upgrade Odoo, or point ODOO_URL at another one.");
        }
        // The releases between 18.0 and 19.0 (saas~18.2 and later) already have the names of 19.
        int minor = match.group(2) == null ? 0 : Integer.parseInt(match.group(2));
        boolean newNames = series >= 19 || (series == 18 && minor >= 2);
        return newNames
                ? new OdooProfile(series, "product_uom_id", "group_ids")
                : new OdooProfile(series, "product_uom", "groups_id");
    }

    /** Where a browser finds a record, below the address of Odoo. */
    String path(DocumentRef document) {
        return series >= 18
                ? "/odoo/" + document.model() + "/" + document.id()
                : "/web#model=" + document.model() + "&id=" + document.id() + "&view_type=form";
    }
}
