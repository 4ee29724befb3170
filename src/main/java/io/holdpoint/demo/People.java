package io.holdpoint.demo;

import java.util.Map;

/** Who works with Odoo, and for which company. */
final class People {

    private People() {}

    static void models(Schema schema) {
        var users = schema.model("res.users", "User", "name, login")
                .of("char", "name", "login", "email")
                .of("boolean", "active", "share")
                .one("partner_id", "res.partner")
                .one("company_id", "res.company")
                .many("company_ids", "res.company")
                .many("group_ids", "res.groups")
                .required("login", "company_id")
                .method(
                        "context_get",
                        (env, ids, arguments) -> Map.of("lang", "en_US", "tz", "UTC", "uid", env.userId()))
                .method("has_group", (env, ids, arguments) -> env.isIn(Json.string(arguments.get("group_ext_id"))));
        users.ofOneCompany = false;
        users.defaults = (env, id, values) -> values.putIfAbsent("active", true);
        schema.model("res.groups", "Access Groups", "name").of("char", "name");
        schema.model("res.company", "Companies", "id")
                .of("char", "name")
                .of("boolean", "account_use_credit_limit")
                .selection("po_double_validation", "one_step", "two_step")
                .of("monetary", "po_double_validation_amount")
                .one("currency_id", "res.currency")
                .one("partner_id", "res.partner");
        schema.model("res.currency", "Currency", "name")
                .of("char", "name", "symbol")
                .of("boolean", "active")
                .of("float", "rate", "rounding");
    }
}
