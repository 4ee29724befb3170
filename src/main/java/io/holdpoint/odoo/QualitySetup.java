package io.holdpoint.odoo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What quality escalation needs in Odoo: a defect can be reported of a lot, a transfer or a product, and what became of
 * it is seen there and at the vendor.
 */
final class QualitySetup implements SetupPart {

    static final String PREFIX = "x_holdpoint_quality";

    private static final List<String> DOCUMENTS = List.of("stock.lot", "stock.picking", "product.product");
    private static final Map<String, String> DEFECTS = defects();

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
        return List.of();
    }

    @Override
    public List<String> hints() {
        return List.of();
    }

    @Override
    public void apply(SetupKit kit) {
        for (var model : DOCUMENTS) {
            fields(kit, model);
        }
        kit.field(
                "quality_case_transfer", "stock.picking", PREFIX + "_case", "Holdpoint quality case", "char", Map.of());
        kit.field("quality_case_scrap", "stock.scrap", PREFIX + "_case", "Holdpoint quality case", "char", Map.of());
        kit.field("supplier_level", "res.partner", "x_holdpoint_supplier_level", "Supplier level", "integer", Map.of());
        kit.command(
                "quality-escalation", PREFIX, DOCUMENTS, List.of("quarantine", "show", "dispose", "supplier_level"));
        kit.action(
                "quality_figures",
                "Holdpoint: figures of a defect report",
                "stock.lot",
                SetupKit.code("quality_figures", Map.of()));
        for (var model : DOCUMENTS) {
            kit.mayRead("access_quality_" + underscored(model), model);
            views(kit, model);
        }
        kit.view(
                "quality_partner",
                "Holdpoint: supplier level",
                "res.partner",
                "form",
                "account",
                "view_partner_property_form",
                Map.of());
    }

    private static void fields(SetupKit kit, String model) {
        var name = "quality_" + underscored(model);
        kit.stateFields(name, model, PREFIX, "quarantined", "blocked", "disposed", "monitored", "reopened", "closed");
        kit.selection(name + "_defect", model, "x_holdpoint_defect", "Defect", DEFECTS);
        var severities = new LinkedHashMap<String, String>();
        severities.put("critical", "Critical: safety, law, cannot be used");
        severities.put("major", "Major: function or fit is affected");
        severities.put("minor", "Minor: appearance or papers");
        kit.selection(name + "_severity", model, "x_holdpoint_defect_severity", "Severity", severities);
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
        return defects;
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
        needed.put("res.partner", List.of("x_holdpoint_supplier_level"));
        return needed;
    }
}
