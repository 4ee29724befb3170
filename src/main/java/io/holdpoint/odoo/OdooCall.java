package io.holdpoint.odoo;

import java.util.List;
import java.util.Map;

/**
 * One method call on a model, with arguments by name, which both of Odoo's protocols understand.
 *
 * @param ids the records it is called on; empty for a method of the model itself
 * @param arguments Odoo's own argument names, for example {@code domain} and {@code fields}
 * @param context Odoo's context, for example {@code allowed_company_ids}
 */
public record OdooCall(
        String model, String method, List<Long> ids, Map<String, Object> arguments, Map<String, Object> context) {}
