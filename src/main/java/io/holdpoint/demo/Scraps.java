package io.holdpoint.demo;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Scrap orders: validated twice they scrap twice, as Odoo does. */
final class Scraps {

    static final String SCRAP = "stock.scrap";

    private Scraps() {}

    static void models(Schema schema) {
        var scraps = schema.model(SCRAP, "Scrap", "id desc")
                .of("char", "name", "origin")
                .of("float", "scrap_qty")
                .of("datetime", "date_done")
                .selection("state", "draft", "done")
                .one("product_id", Products.PRODUCT)
                .one("lot_id", Stock.LOT)
                .one("picking_id", Transfers.PICKING)
                .one("location_id", Stock.LOCATION)
                .one("scrap_location_id", Stock.LOCATION)
                .one("company_id", "res.company")
                .required("product_id")
                .rights(Groups.USERS, Set.of(Groups.ADMIN, Groups.STOCK))
                .method("action_validate", (env, ids, arguments) -> validate(env, ids));
        scraps.defaults = (env, id, values) -> {
            values.putIfAbsent("name", "SP/%05d".formatted(id));
            values.putIfAbsent("state", "draft");
            values.putIfAbsent("company_id", env.companyId());
            values.putIfAbsent("scrap_location_id", Foundation.SCRAPPED);
        };
    }

    static Object validate(Env env, List<Long> ids) {
        for (var id : ids) {
            var scrap = env.row(SCRAP, id);
            var there = env.all(Stock.QUANT).stream()
                    .filter(quant -> quant.ref("product_id") == scrap.ref("product_id")
                            && quant.ref("location_id") == scrap.ref("location_id")
                            && quant.ref("lot_id") == scrap.ref("lot_id"))
                    .mapToDouble(quant -> quant.number("quantity"))
                    .sum();
            if (there < scrap.number("scrap_qty")) {
                return Map.of(
                        "type",
                        "ir.actions.act_window",
                        "res_model",
                        "stock.warn.insufficient.qty.scrap",
                        "target",
                        "new");
            }
        }
        for (var id : ids) {
            var scrap = env.row(SCRAP, id);
            Stock.carry(
                    env,
                    scrap.ref("product_id"),
                    scrap.ref("lot_id"),
                    scrap.number("scrap_qty"),
                    scrap.ref("location_id"),
                    scrap.ref("scrap_location_id"));
            Transfers.tookFromQuarantine(
                    env, scrap, scrap.number("scrap_qty"), scrap.ref("scrap_location_id"), scrap.text("name"));
            Quality.taken(env, scrap.ref("product_id"), scrap.ref("lot_id"), scrap.ref("location_id"));
            env.store(
                    SCRAP,
                    scrap,
                    Map.of("state", "done", "date_done", env.moment().substring(0, 19)));
        }
        return true;
    }
}
