package io.holdpoint.followup;

import io.holdpoint.odoo.DocumentRef;

/**
 * One piece of work in one case.
 *
 * @param step which work of its workflow it is, for example inspectGoods
 */
public record FollowUp(String caseId, DocumentRef document, String step) {}
