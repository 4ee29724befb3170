package io.holdpoint.odoo;

import io.holdpoint.odoo.SetupRecords.Ids;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Creates in Odoo what Holdpoint needs there, through Odoo's API and as an Odoo administrator: fields, a register of
 * commands, a group with few rights, the technical user, guards, actions, views and webhooks. No Odoo module is
 * involved. Running it again brings everything to the state of this version; {@link #remove} takes it all away.
 *
 * <p>What it creates and why is told to Odoo administrators in {@code docs/odoo-setup.md}.
 */
final class OdooSetup {

    /** Goes up whenever something in here changes. */
    static final int VERSION = 1;

    private static final String ORDER = "sale.order";

    /**
     * What keeps people from confirming an order that is not released. Without any one of them there is a way round.
     */
    static final List<String> GUARDS =
            List.of("sale_order_guard", "sale_order_fields_guard", "res_partner_guard", "sale_order_reset");

    /** What tells Holdpoint of changes at once. */
    static final List<String> HINTS = List.of("sale_order_changed", "sale_order_deleted", "account_move_paid");

    private static final String TECHNICAL = "technical_user";

    /**
     * @param login of the technical user
     * @param password of the technical user; needed when it does not exist yet
     * @param hints where Odoo posts its hints to, with the secret in it; null: no webhooks
     */
    record Options(
            String login,
            @Nullable Secret password,
            @Nullable Secret hints) {}

    private final Odoo odoo;
    private final Options options;
    private final Consumer<String> tell;

    /** @param tell takes one line of text per change */
    OdooSetup(Odoo odoo, Options options, Consumer<String> tell) {
        this.odoo = odoo;
        this.options = options;
        this.tell = tell;
    }

    /**
     * @return how many changes were made; 0 when everything was in place
     * @throws OdooContract when this cannot be done here: not an administrator, an app is missing, a newer Holdpoint
     *     was here
     */
    int run() {
        requireAdministrator();
        requireApps();
        requireNotNewer();
        var records = new SetupRecords(odoo, tell);

        fields(records);
        register(records);
        long group = group(records);
        rights(records, group);
        user(records, group);
        guards(records);
        actions(records, group);
        views(records, request(records));
        hints(records);
        records.ensure(
                "setup_version",
                "ir.config_parameter",
                List.of(List.of("key", "=", "holdpoint.setup_version")),
                Map.of("key", "holdpoint.setup_version", "value", Integer.toString(VERSION)),
                Map.of());
        return records.changes();
    }

    /**
     * Takes away everything that {@link #run} created, the values of the fields included. The technical user is
     * archived, because what it wrote stays.
     *
     * @return how many changes were made; 0 when there was nothing
     */
    int remove() {
        requireAdministrator();
        var records = new SetupRecords(odoo, tell);

        var rules = new ArrayList<>(GUARDS);
        rules.addAll(HINTS);
        var actions =
                new ArrayList<>(rules.stream().map(rule -> rule + "_action").toList());
        actions.addAll(List.of("sale_order_hook", "account_move_hook"));
        actions.addAll(List.of("sale_order_request", "sale_order_command", "sale_order_figures", "status"));
        records.remove("ir.ui.view", List.of("sale_order_form", "sale_order_list"));
        records.remove("ir.actions.server", actions);
        records.remove("base.automation", rules);
        records.remove("ir.model.access", List.of("access_command", "access_data"));
        records.remove("ir.rule", List.of("rule_data"));
        archiveUser(records);
        records.remove("res.groups", List.of(TECHNICAL));
        records.remove("ir.model", List.of("register"));
        records.remove(
                "ir.model.fields",
                List.of(
                        "register_name",
                        "register_document",
                        "register_operation",
                        "register_answer",
                        "order_state",
                        "order_reason",
                        "order_requested_by",
                        "order_requested_at",
                        "partner_limit_review"));
        records.remove("ir.config_parameter", List.of("setup_version"));
        return records.changes();
    }

    private void requireAdministrator() {
        try {
            odoo.searchRead("ir.config_parameter", List.of(), List.of("key"), "id", 1);
        } catch (OdooContract denied) {
            throw new OdooContract(
                    "The setup needs an Odoo administrator (group Settings). Set ODOO_LOGIN and ODOO_API_KEY or"
                            + " ODOO_PASSWORD to one for this run. Odoo says: " + denied.getMessage(),
                    denied);
        }
    }

    private void requireApps() {
        var needed = new LinkedHashMap<String, String>();
        needed.put(ORDER, "Sales (sale_management)");
        needed.put("account.move", "Invoicing (account)");
        needed.put("base.automation", "Automation Rules (base_automation)");
        needed.forEach((model, app) -> {
            try {
                odoo.fieldsGet(model, List.of("type"));
            } catch (OdooContract missing) {
                throw new OdooContract("Install the Odoo app " + app + " first.", missing);
            }
        });
    }

    private void requireNotNewer() {
        var found = odoo.searchRead(
                "ir.config_parameter",
                List.of(List.of("key", "=", "holdpoint.setup_version")),
                List.of("value"),
                "id",
                1);
        if (!found.isEmpty() && found.get(0).path("value").asInt() > VERSION) {
            throw new OdooContract("A newer Holdpoint has set up this Odoo (version "
                    + found.get(0).path("value").asText() + ", this one has " + VERSION + "). Use that one.");
        }
    }

    private void fields(SetupRecords records) {
        var states = new ArrayList<List<Object>>();
        int sequence = 0;
        for (var state : List.of("requested", "held", "released", "rejected", "returned", "withdrawn")) {
            states.add(List.of(
                    0,
                    0,
                    Map.of(
                            "value",
                            state,
                            "name",
                            state.substring(0, 1).toUpperCase(Locale.ROOT) + state.substring(1),
                            "sequence",
                            sequence++)));
        }
        field(
                records,
                "order_state",
                ORDER,
                "x_holdpoint_state",
                "Holdpoint",
                "selection",
                Map.of("selection_ids", states));
        field(records, "order_reason", ORDER, "x_holdpoint_reason", "Holdpoint reason", "char", Map.of());
        field(
                records,
                "order_requested_by",
                ORDER,
                "x_holdpoint_requested_by",
                "Release requested by",
                "many2one",
                Map.of("relation", "res.users", "on_delete", "set null"));
        field(
                records,
                "order_requested_at",
                ORDER,
                "x_holdpoint_requested_at",
                "Release requested at",
                "datetime",
                Map.of());
        field(
                records,
                "partner_limit_review",
                "res.partner",
                "x_holdpoint_limit_review",
                "Credit limit review",
                "date",
                Map.of());
    }

    private void field(
            SetupRecords records,
            String name,
            String model,
            String field,
            String label,
            String type,
            Map<String, Object> onCreation) {
        var creation = new HashMap<>(onCreation);
        creation.put("model_id", modelId(model));
        creation.put("state", "manual");
        records.ensure(
                name,
                "ir.model.fields",
                List.of(List.of("model", "=", model), List.of("name", "=", field)),
                Map.of("name", field, "field_description", label, "ttype", type, "copied", false),
                creation);
    }

    /** Remembers the key of each command that was carried out, so that it is not carried out again. */
    private void register(SetupRecords records) {
        var model = "x_holdpoint_command";
        records.ensure(
                "register",
                "ir.model",
                List.of(List.of("model", "=", model)),
                Map.of("name", "Holdpoint command", "model", model),
                Map.of("state", "manual"));
        field(records, "register_document", model, "x_document", "Document", "char", Map.of());
        field(records, "register_operation", model, "x_operation", "Operation", "char", Map.of());
        field(records, "register_answer", model, "x_answer", "State afterwards", "char", Map.of());
        // Odoo gives every such model a name; ours is looked up at each command.
        records.ensure(
                "register_name",
                "ir.model.fields",
                List.of(List.of("model", "=", model), List.of("name", "=", "x_name")),
                Map.of("field_description", "Key", "index", true),
                Map.of());
    }

    private long group(SetupRecords records) {
        return records.ensure(
                TECHNICAL,
                "res.groups",
                null,
                Map.of(
                        "name", "Holdpoint technical user",
                        "comment",
                                "Reads orders, customers and invoices; changes orders through Holdpoint's commands only.",
                        "implied_ids", Ids.of(externalId("account", "group_account_readonly"))),
                Map.of());
    }

    private void rights(SetupRecords records, long group) {
        access(records, "access_command", "Holdpoint: commands", "x_holdpoint_command", group);
        access(records, "access_data", "Holdpoint: own external ids", "ir.model.data", group);
        records.ensure(
                "rule_data",
                "ir.rule",
                null,
                Map.of(
                        "name",
                        "Holdpoint: own external ids",
                        "model_id",
                        modelId("ir.model.data"),
                        "domain_force",
                        "[('module', '=', '" + Odoo.MODULE + "')]",
                        "groups",
                        Ids.of(group)),
                Map.of());
    }

    private void access(SetupRecords records, String name, String label, String model, long group) {
        records.ensure(
                name,
                "ir.model.access",
                null,
                Map.of(
                        "name", label,
                        "model_id", modelId(model),
                        "group_id", group,
                        "perm_read", true,
                        "perm_write", false,
                        "perm_create", false,
                        "perm_unlink", false),
                Map.of());
    }

    private void user(SetupRecords records, long group) {
        var groups = odoo.profile().userGroups();
        // An archived user is not found by a search without this.
        var key = List.of(List.of("login", "=", options.login()), List.of("active", "in", List.of(true, false)));
        boolean exists = records.idOf("user") != null
                || !odoo.searchRead("res.users", key, List.of("id"), "id", 1).isEmpty();
        var password = options.password();
        if (!exists && password == null) {
            throw new OdooContract("Odoo has no user '" + options.login()
                    + "' yet. Set HOLDPOINT_ODOO_PASSWORD to the password it is to have.");
        }
        var companies = odoo.searchRead("res.company", List.of(), List.of("id"), "id", 0).stream()
                .map(company -> company.path("id").asLong())
                .toList();
        // Odoo itself puts whoever sees several companies into that group.
        var memberships =
                companies.size() > 1 ? Ids.of(group, externalId("base", "group_multi_company")) : Ids.of(group);
        var creation = new HashMap<String, Object>();
        creation.put("name", "Holdpoint");
        creation.put("company_id", companies.get(0));
        if (!exists && password != null) {
            creation.put("password", password.reveal());
        }
        records.ensure(
                "user",
                "res.users",
                key,
                Map.of(
                        "login",
                        options.login(),
                        "active",
                        true,
                        groups,
                        memberships,
                        "company_ids",
                        new Ids(companies)),
                creation);
    }

    private void archiveUser(SetupRecords records) {
        var user = records.idOf("user");
        if (user == null) {
            return;
        }
        // Without our group it has to have some other to remain a user at all.
        odoo.write(
                "res.users",
                List.of(user),
                Map.of(
                        "active",
                        false,
                        odoo.profile().userGroups(),
                        List.of(List.of(6, 0, List.of(externalId("base", "group_user"))))));
        records.forget(List.of("user"));
        records.changed("archived  res.users  " + options.login());
    }

    private void guards(SetupRecords records) {
        rule(
                records,
                "sale_order_guard",
                "Holdpoint: no order without release",
                ORDER,
                "on_create_or_write",
                List.of("state"),
                "[('state', '=', 'sale')]",
                code("sale_order_guard", Map.of()));
        rule(
                records,
                "sale_order_fields_guard",
                "Holdpoint: its fields are its own",
                ORDER,
                "on_create_or_write",
                List.of(
                        "x_holdpoint_state",
                        "x_holdpoint_reason",
                        "x_holdpoint_requested_by",
                        "x_holdpoint_requested_at"),
                "[]",
                code("sale_order_fields_guard", Map.of()));
        rule(
                records,
                "sale_order_reset",
                "Holdpoint: a release is good once",
                ORDER,
                "on_create_or_write",
                List.of("state"),
                "[('state', '!=', 'sale'), ('x_holdpoint_state', '=', 'released')]",
                code("sale_order_reset", Map.of()));
        rule(
                records,
                "res_partner_guard",
                "Holdpoint: who sets credit limit reviews",
                "res.partner",
                "on_create_or_write",
                List.of("x_holdpoint_limit_review"),
                "[]",
                code("res_partner_guard", Map.of()));
    }

    private void rule(
            SetupRecords records,
            String name,
            String label,
            String model,
            String trigger,
            List<String> fields,
            String domain,
            String code) {
        var values = new LinkedHashMap<String, Object>();
        values.put("name", label);
        values.put("model_id", modelId(model));
        values.put("trigger", trigger);
        values.put("filter_domain", domain);
        values.put("active", true);
        if (!fields.isEmpty()) {
            values.put("trigger_field_ids", fieldIds(model, fields));
        }
        long rule = records.ensure(name, "base.automation", null, values, Map.of());
        var action = new LinkedHashMap<String, Object>();
        action.put("name", label);
        action.put("model_id", modelId(model));
        action.put("state", "code");
        action.put("code", code);
        action.put("usage", "base_automation");
        action.put("base_automation_id", rule);
        records.ensure(name + "_action", "ir.actions.server", null, action, Map.of());
    }

    private void actions(SetupRecords records, long group) {
        action(records, "sale_order_command", "Holdpoint: command on an order", Ids.of(group));
        action(records, "sale_order_figures", "Holdpoint: figures of an order", Ids.of(group));
        action(records, "status", "Holdpoint: state of the setup", Ids.of(group, externalId("base", "group_system")));
    }

    private void action(SetupRecords records, String name, String label, Ids groups) {
        records.ensure(
                name,
                "ir.actions.server",
                null,
                Map.of(
                        "name",
                        label,
                        "model_id",
                        modelId(ORDER),
                        "state",
                        "code",
                        "code",
                        code(name, Map.of()),
                        odoo.profile().userGroups(),
                        groups),
                Map.of());
    }

    /** What people press. Whoever may write an order may ask for its release. */
    private long request(SetupRecords records) {
        return records.ensure(
                "sale_order_request",
                "ir.actions.server",
                null,
                Map.of(
                        "name",
                        "Request release",
                        "model_id",
                        modelId(ORDER),
                        "state",
                        "code",
                        "code",
                        code("sale_order_request", Map.of()),
                        "binding_model_id",
                        modelId(ORDER),
                        "binding_view_types",
                        "list,form"),
                Map.of());
    }

    private void views(SetupRecords records, long request) {
        view(
                records,
                "sale_order_form",
                "Holdpoint: order",
                externalId("sale", "view_order_form"),
                resource("sale_order_form.xml").replace("${request}", Long.toString(request)));
        view(
                records,
                "sale_order_list",
                "Holdpoint: orders",
                externalId("sale", "sale_order_tree"),
                resource("sale_order_list.xml"));
    }

    private void view(SetupRecords records, String name, String label, long inherited, String arch) {
        records.ensure(
                name,
                "ir.ui.view",
                null,
                Map.of(
                        "name", label,
                        "model", ORDER,
                        "inherit_id", inherited,
                        "mode", "extension",
                        "arch_base", arch),
                Map.of("type", name.endsWith("form") ? "form" : odoo.profile().series() >= 18 ? "list" : "tree"));
    }

    private void hints(SetupRecords records) {
        var url = options.hints();
        if (url == null && records.idOf("sale_order_hook") != null) {
            return;
        }
        if (url == null) {
            tell.accept(
                    "no webhooks: set HOLDPOINT_URL and HOLDPOINT_WEBHOOK_SECRET and run again. Until then Holdpoint"
                            + " sees changes when it looks through the orders, not at once.");
            return;
        }
        long orderHook = hook(
                records,
                "sale_order_hook",
                ORDER,
                url,
                List.of("write_date", "state", "x_holdpoint_state", "amount_total"));
        long invoiceHook = hook(
                records,
                "account_move_hook",
                "account.move",
                url,
                List.of("write_date", "payment_state", "commercial_partner_id"));
        var underControl = "[('x_holdpoint_state', '!=', False)]";
        rule(
                records,
                "sale_order_changed",
                "Holdpoint: hint of a changed order",
                ORDER,
                "on_create_or_write",
                List.of(
                        "x_holdpoint_state",
                        "state",
                        "amount_total",
                        "partner_id",
                        "payment_term_id",
                        "currency_id",
                        "company_id"),
                underControl,
                code("sale_order_hint", Map.of("hook", orderHook)));
        rule(
                records,
                "sale_order_deleted",
                "Holdpoint: hint of a deleted order",
                ORDER,
                "on_unlink",
                List.of(),
                underControl,
                code("sale_order_hint", Map.of("hook", orderHook)));
        rule(
                records,
                "account_move_paid",
                "Holdpoint: hint of a payment",
                "account.move",
                "on_create_or_write",
                List.of("payment_state"),
                "[('move_type', '=', 'out_invoice'), ('state', '=', 'posted')]",
                code("account_move_hint", Map.of("hook", invoiceHook)));
    }

    /**
     * Without groups: it runs in the transaction of whoever changes an order, and Odoo asks for their groups even then.
     */
    private long hook(SetupRecords records, String name, String model, Secret url, List<String> fields) {
        return records.ensure(
                name,
                "ir.actions.server",
                null,
                Map.of(
                        "name",
                        "Holdpoint: webhook " + model,
                        "model_id",
                        modelId(model),
                        "state",
                        "webhook",
                        "webhook_url",
                        url.reveal(),
                        "webhook_field_ids",
                        fieldIds(model, fields)),
                Map.of());
    }

    private final Map<String, Long> models = new HashMap<>();

    private long modelId(String model) {
        return models.computeIfAbsent(model, name -> {
            var found = odoo.searchRead("ir.model", List.of(List.of("model", "=", name)), List.of("id"), "id", 1);
            if (found.isEmpty()) {
                throw new OdooContract("Odoo has no model " + name + ".");
            }
            return found.get(0).path("id").asLong();
        });
    }

    private Ids fieldIds(String model, List<String> names) {
        var found = odoo.searchRead(
                "ir.model.fields",
                List.of(List.of("model", "=", model), List.of("name", "in", names)),
                List.of("id"),
                "id",
                0);
        return new Ids(found.stream().map(field -> field.path("id").asLong()).toList());
    }

    private long externalId(String module, String name) {
        var found = odoo.searchRead(
                "ir.model.data",
                List.of(List.of("module", "=", module), List.of("name", "=", name)),
                List.of("res_id"),
                "id",
                1);
        if (found.isEmpty()) {
            throw new OdooContract("Odoo has no " + module + "." + name + ".");
        }
        return found.get(0).path("res_id").asLong();
    }

    private static String code(String name, Map<String, Long> ids) {
        var code = resource(name + ".py");
        for (var id : ids.entrySet()) {
            code = code.replace("${" + id.getKey() + "}", id.getValue().toString());
        }
        return code;
    }

    private static String resource(String name) {
        try (var stream = OdooSetup.class.getResourceAsStream("/odoo/" + name)) {
            return new String(Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
