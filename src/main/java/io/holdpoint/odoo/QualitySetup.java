package io.holdpoint.odoo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What quality escalation needs in Odoo: a defect can be reported of a lot, a transfer or a product, and what became of
 * it is seen there and at the vendor.
 */
final class QualitySetup implements SetupPart {

    static final String PREFIX = "x_holdpoint_quality";

    private static final List<String> DOCUMENTS = List.of("stock.lot", "stock.picking", "product.product");
    private static final String KEPT_APART = "x_holdpoint_quarantine";
    private static final String BLOCKED = "x_holdpoint_quarantine_id";
    private static final String NONE = "[('id', '=', 0)]";
    private static final List<String> REPORT = List.of(
            PREFIX + "_state",
            PREFIX + "_requested_by",
            PREFIX + "_requested_at",
            "x_holdpoint_defect",
            "x_holdpoint_defect_severity",
            "x_holdpoint_defect_quantity");

    @Override
    public String model() {
        return "stock.lot";
    }

    @Override
    public String app() {
        return "Inventory (stock)";
    }

    @Override
    public List<String> guards() {
        return List.of(
                "quality_lot_guard",
                "quality_transfer_guard",
                "quality_product_guard",
                "quality_move_guard",
                "quality_stock_guard",
                SupplierLevel.GUARD);
    }

    @Override
    public List<String> hints() {
        return List.of("quality_lot_changed", "quality_transfer_changed", "quality_product_changed");
    }

    @Override
    public void apply(SetupKit kit) {
        for (var model : DOCUMENTS) {
            fields(kit, model);
        }
        keptApart(kit);
        var quarantines = kit.places("Quarantine");
        SupplierLevel.apply(kit);
        guards(kit, quarantines);
        kit.command(
                "quality-escalation", PREFIX, DOCUMENTS, List.of("quarantine", "show", "dispose", "supplier_level"));
        kit.action(
                "quality_figures",
                "Holdpoint: figures of a defect report",
                "stock.lot",
                SetupKit.code("quality_figures", Map.of()));
        // For the detective run: what lies where, and who took it from there.
        for (var model : List.of("stock.quant", "stock.move", "stock.move.line", "stock.location")) {
            kit.mayRead("access_quality_" + underscored(model), model);
        }
        for (var model : DOCUMENTS) {
            kit.mayRead("access_quality_" + underscored(model), model);
            views(kit, model);
        }
        hints(kit);
    }

    /** What lies in quarantine for which case. Written by the command only; everybody may look. */
    private static void keptApart(SetupKit kit) {
        kit.model("quarantine", KEPT_APART, "Holdpoint: kept apart", "Case");
        kit.field("quarantine_document", KEPT_APART, "x_document", "Document", "char", Map.of("index", true));
        kit.field("quarantine_title", KEPT_APART, "x_title", "Defect report", "char", Map.of());
        kit.field("quarantine_defect", KEPT_APART, "x_defect", "Defect", "char", Map.of());
        reference(kit, "quarantine_product", KEPT_APART, "x_product_id", "Product", "product.product");
        reference(kit, "quarantine_lot", KEPT_APART, "x_lot_id", "Lot", "stock.lot");
        reference(kit, "quarantine_location", KEPT_APART, "x_location_id", "Location", "stock.location");
        reference(kit, "quarantine_transfer", KEPT_APART, "x_transfer_id", "Return to the vendor", "stock.picking");
        kit.field("quarantine_quantity", KEPT_APART, "x_quantity", "Kept apart", "float", Map.of());
        kit.field("quarantine_disposed", KEPT_APART, "x_disposed", "Disposed of", "float", Map.of());
        kit.field("quarantine_missing", KEPT_APART, "x_missing", "Missing when it was decided on", "float", Map.of());
        kit.records()
                .ensure(
                        "access_quarantine",
                        "ir.model.access",
                        null,
                        Map.of(
                                "name", "Holdpoint: kept apart",
                                "model_id", kit.modelId(KEPT_APART),
                                "group_id", kit.externalId("base", "group_user"),
                                "perm_read", true,
                                "perm_write", false,
                                "perm_create", false,
                                "perm_unlink", false),
                        Map.of());
        // The row for the sake of which a lot, or a delivery that waits for it, is blocked.
        reference(kit, "quality_lot_blocked", "stock.lot", BLOCKED, "Kept apart as", KEPT_APART);
        reference(kit, "quality_transfer_blocked", "stock.picking", BLOCKED, "Kept apart as", KEPT_APART);
    }

    private static void reference(SetupKit kit, String name, String model, String field, String label, String to) {
        kit.field(
                name, model, field, label, "many2one", Map.of("relation", to, "on_delete", "set null", "index", true));
    }

    private static void guards(SetupKit kit, List<Long> quarantines) {
        var blockable = new ArrayList<>(REPORT);
        blockable.add(BLOCKED);
        kit.guard(reports("quality_lot_guard", "stock.lot", "False", List.of(), NONE, blockable));
        kit.guard(reports(
                "quality_transfer_guard",
                "stock.picking",
                "record.state == 'done' and record." + PREFIX + "_state == 'blocked'",
                List.of("state"),
                "[('state', '=', 'done'), ('" + PREFIX + "_state', '=', 'blocked')]",
                blockable));
        kit.guard(reports("quality_product_guard", "product.product", "False", List.of(), NONE, REPORT));
        // Moves and not transfers: scrap, counts and production take from quarantine too. Nothing but a look at places
        // and lots for moves that have to do with neither.
        var places = quarantines.stream().map(String::valueOf).collect(Collectors.joining(", ", "{", "}"));
        kit.guard(new Guard(
                "quality_move_guard",
                "Holdpoint: what is kept apart stays",
                "stock.move",
                "record.state == 'done' and (not " + places + ".isdisjoint(record.move_line_ids.location_id.ids)"
                        + " or not {'customer', 'production'}.isdisjoint(("
                        + "record.location_dest_id + record.move_line_ids.location_dest_id).mapped('usage'))"
                        + " and (record.move_line_ids.lot_id." + BLOCKED
                        + " or record.picking_id." + PREFIX + "_state == 'blocked'))",
                List.of("state"),
                NONE,
                List.of()));
        // And the stock itself, for some ways of changing it make no move: in these places, where it lies, of what, and
        // how much of what is kept apart is missing. What awaits its return to a vendor is left to the moves, because
        // the transfer counts as done only after its stock has left.
        var here = "[('%1$sproduct_id', '=', record.product_id.id), ('%1$slot_id', '=', record.lot_id.id),"
                + " ('%1$slocation_id', '=', record.location_id.id)]";
        kit.guard(Guard.ofMeasure(
                "quality_stock_guard",
                "Holdpoint: what is kept apart is there",
                "stock.quant",
                "record.location_id.id in " + places + " and '%d/%d/%d/%.6f' % (record.location_id.id,"
                        + " record.product_id.id, record.lot_id.id or 0, max(0.0, sum(row.x_quantity for row in"
                        + " record.env['" + KEPT_APART + "'].sudo().search(" + here.formatted("x_")
                        + ") if not row.x_transfer_id or row.x_transfer_id.state == 'cancel')"
                        + " - sum(record.sudo().search(" + here.formatted("") + ").mapped('quantity'))))",
                List.of("quantity", "location_id", "lot_id", "product_id"),
                "[('location_id', 'in', " + quarantines + ")]"));
    }

    private static Guard reports(
            String name, String model, String passed, List<String> dependsOn, String passedDomain, List<String> more) {
        var fields = new ArrayList<>(more);
        // A free text stands last.
        fields.add(PREFIX + "_reason");
        return new Guard(name, "Holdpoint: defect reports", model, passed, dependsOn, passedDomain, List.copyOf(fields))
                .withScript("quality_report_guard");
    }

    private static void hints(SetupKit kit) {
        var url = kit.hints();
        if (url == null) {
            return;
        }
        hint(kit, "quality_lot", "stock.lot", url);
        hint(kit, "quality_transfer", "stock.picking", url);
        hint(kit, "quality_product", "product.product", url);
    }

    private static void hint(SetupKit kit, String name, String model, Secret url) {
        long hook = kit.hook(name + "_hook", model, url, List.of("write_date", PREFIX + "_state"));
        kit.hint(
                name + "_changed",
                "Holdpoint: hint of a defect report",
                model,
                List.of(
                        PREFIX + "_state",
                        "x_holdpoint_defect",
                        "x_holdpoint_defect_severity",
                        "x_holdpoint_defect_quantity",
                        "x_holdpoint_defect_description"),
                "record." + PREFIX + "_state not in (False, 'blocked')",
                hook);
    }

    private static void fields(SetupKit kit, String model) {
        var name = "quality_" + underscored(model);
        kit.stateFields(name, model, PREFIX, "quarantined", "blocked", "disposed", "monitored", "reopened", "closed");
        kit.selection(name + "_defect", model, "x_holdpoint_defect", "Defect", Choices.DEFECTS);
        kit.selection(name + "_severity", model, "x_holdpoint_defect_severity", "Severity", Choices.SEVERITIES);
        kit.field(name + "_quantity", model, "x_holdpoint_defect_quantity", "Affected quantity", "float", Map.of());
        kit.field(name + "_description", model, "x_holdpoint_defect_description", "Description", "text", Map.of());
    }

    private static void views(SetupKit kit, String model) {
        var name = "quality_" + underscored(model);
        long report =
                serverAction(kit, name + "_report", "Report", model, SetupKit.code("quality_report", Map.of()), false);
        long window = kit.records()
                .ensure(
                        name + "_window",
                        "ir.ui.view",
                        null,
                        Map.of(
                                "name",
                                "Holdpoint: report a defect",
                                "model",
                                model,
                                "mode",
                                "primary",
                                "priority",
                                99,
                                "arch_base",
                                kit.text("quality_window.xml", Map.of("report", report))),
                        Map.of("type", "form"));
        long open = serverAction(
                kit,
                name + "_open_report",
                "Report defect",
                model,
                SetupKit.code("quality_open_report", Map.of("window", window)),
                true);
        var module = model.equals("product.product") ? "product" : "stock";
        var form = switch (model) {
            case "stock.lot" -> "view_production_lot_form";
            case "stock.picking" -> "view_picking_form";
            default -> "product_normal_form_view";
        };
        kit.view(
                underscored(model) + "_quality",
                "Holdpoint: quality",
                model,
                "form",
                module,
                form,
                Map.of("open", open));
    }

    /** What people run; whoever may write the document. */
    private static long serverAction(
            SetupKit kit, String name, String label, String model, String code, boolean inTheMenu) {
        var values = new LinkedHashMap<String, Object>();
        values.put("name", label);
        values.put("model_id", kit.modelId(model));
        values.put("state", "code");
        values.put("code", code);
        if (inTheMenu) {
            values.put("binding_model_id", kit.modelId(model));
            values.put("binding_view_types", "form");
        }
        return kit.records().ensure(name, "ir.actions.server", null, values, Map.of());
    }

    private static String underscored(String model) {
        return model.replace('.', '_');
    }

    @Override
    public Map<String, List<String>> needed(OdooProfile profile) {
        var needed = new LinkedHashMap<String, List<String>>();
        for (var model : DOCUMENTS) {
            needed.put(
                    model,
                    List.of(
                            PREFIX + "_state",
                            PREFIX + "_reason",
                            PREFIX + "_requested_by",
                            PREFIX + "_requested_at",
                            "x_holdpoint_defect",
                            "x_holdpoint_defect_severity",
                            "x_holdpoint_defect_quantity",
                            "x_holdpoint_defect_description"));
        }
        needed.put("res.partner", List.of(SupplierLevel.FIELD));
        return needed;
    }
}
