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

    /** External ids of what keeps people from passing the hold point; without any one of them there is a way round. */
    List<String> guards();

    /** External ids of what tells Holdpoint of changes at once. */
    List<String> hints();
}
