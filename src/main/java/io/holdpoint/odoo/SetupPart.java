package io.holdpoint.odoo;

import java.util.List;
import java.util.Map;

/** What one workflow needs in Odoo. */
interface SetupPart {

    /** The model without which the workflow makes no sense; its app is named in {@link #app}. */
    String model();

    /** The Odoo app that brings the model, as an administrator finds it, for example Purchase (purchase). */
    String app();

    /** Brings everything about; a second time changes nothing. */
    void apply(SetupKit kit);

    /** The fields that the running application reads, by model. */
    Map<String, List<String>> needed(OdooProfile profile);

    /** Names of its guards, see {@link Guard}. */
    List<String> guards();

    /** Names of its hints and of the rules that tell of deletions. */
    List<String> hints();
}
