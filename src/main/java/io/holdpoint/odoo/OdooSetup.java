package io.holdpoint.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdpoint.odoo.SetupRecords.Ids;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Creates in Odoo what Holdpoint needs there, through Odoo's API and as an Odoo administrator: a register of commands,
 * a group with few rights, the technical user, and for each workflow its fields, guards, actions, views and webhooks.
 * No Odoo module is involved. Running it again brings everything to the state of this version; {@link #remove} takes it
 * all away.
 *
 * <p>What it creates and why is told to Odoo administrators in {@code docs/odoo-setup.md}.
 */
final class OdooSetup {

    /** Goes up whenever something in here or in a part changes. */
    static final int VERSION = 5;

    /** One for each workflow; Holdpoint is never without the first one. */
    static final List<SetupPart> PARTS =
            List.of(new SalesSetup(), new PurchaseSetup(), new ReturnsSetup(), new QualitySetup());

    private static final String TECHNICAL = "technical_user";

    /** What the setup makes, in the order in which it can be taken away. */
    private static final List<String> REMOVABLE = List.of(
            "ir.ui.menu",
            "ir.actions.act_window",
            "ir.ui.view",
            "ir.actions.server",
            "base.automation",
            "ir.model.access",
            "ir.rule",
            "res.groups",
            "ir.model",
            "ir.model.fields",
            "ir.config_parameter");

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

        long group = group(records);
        var hints = hints(records);
        var kit = new SetupKit(odoo, records, group, hints);
        kit.registerOfGuards();
        register(kit);
        rights(kit, group);
        user(kit, group);
        for (var part : PARTS) {
            if (kit.has(part.model())) {
                part.apply(kit);
            } else {
                tell.accept("skipped   " + part.model() + ": the Odoo app " + part.app() + " is not installed.");
            }
        }
        kit.action("api_key", "Holdpoint: own API keys", PARTS.get(0).model(), SetupKit.code("api_key", Map.of()));
        kit.action(
                "document_activity",
                "Holdpoint: to-do on a document",
                PARTS.get(0).model(),
                SetupKit.code("document_activity", Map.of()));
        kit.action(
                "status",
                "Holdpoint: state of the setup",
                PARTS.get(0).model(),
                SetupKit.code("status", Map.of()),
                Ids.of(group, kit.externalId("base", "group_system")));
        records.ensure(
                "setup_version",
                "ir.config_parameter",
                List.of(List.of("key", "=", "holdpoint.setup_version")),
                Map.of("key", "holdpoint.setup_version", "value", Integer.toString(VERSION)),
                Map.of());
        records.ensure(
                "setup_guards",
                "ir.config_parameter",
                List.of(List.of("key", "=", "holdpoint.guards")),
                Map.of(
                        "key",
                        "holdpoint.guards",
                        "value",
                        Fingerprints.written(Fingerprints.of(odoo.runAction("status")))),
                Map.of());
        // What an earlier version made and this one does not need.
        records.removeUnused(REMOVABLE);
        if (hints == null) {
            tell.accept(
                    "no webhooks: set HOLDPOINT_URL and HOLDPOINT_WEBHOOK_SECRET and run again. Until then Holdpoint"
                            + " sees changes when it looks through the documents, not at once.");
        }
        return records.changes();
    }

    /**
     * Takes away everything that {@link #run} created, the values of the fields included. The technical user is
     * archived, because what it wrote stays; so are records of Odoo's own kinds, such as a location.
     *
     * @return how many changes were made; 0 when there was nothing
     */
    int remove() {
        requireAdministrator();
        var records = new SetupRecords(odoo, tell);
        archiveUser(records);
        records.removeAll(REMOVABLE);
        return records.changes();
    }

    /** The address that Odoo has already counts when this run was told none. */
    private @Nullable Secret hints(SetupRecords records) {
        if (options.hints() != null) {
            return options.hints();
        }
        var hooks = records.names().stream()
                .filter(name -> name.endsWith("_hook"))
                .map(records::idOf)
                .filter(Objects::nonNull)
                .toList();
        return odoo.read("ir.actions.server", hooks, List.of("webhook_url")).stream()
                .map(hook -> hook.path("webhook_url"))
                .filter(JsonNode::isTextual)
                .findFirst()
                .map(url -> Secret.of(url.asText()))
                .orElse(null);
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
        var needed = Map.of(
                PARTS.get(0).model(),
                PARTS.get(0).app(),
                "account.move",
                "Invoicing (account)",
                "base.automation",
                "Automation Rules (base_automation)");
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

    /** Remembers the key of each command that was carried out, so that it is not carried out again. */
    private static void register(SetupKit kit) {
        var model = "x_holdpoint_command";
        kit.model("register", model, "Holdpoint command", "Key");
        kit.field("register_document", model, "x_document", "Document", "char", Map.of());
        kit.field("register_operation", model, "x_operation", "Operation", "char", Map.of());
        kit.field("register_answer", model, "x_answer", "State afterwards", "char", Map.of());
        kit.field("register_result", model, "x_result", "Result", "text", Map.of());
    }

    private long group(SetupRecords records) {
        return records.ensure(
                TECHNICAL,
                "res.groups",
                null,
                Map.of(
                        "name", "Holdpoint technical user",
                        "comment",
                                "Reads documents, partners and invoices; changes documents through Holdpoint's commands only.",
                        "implied_ids", Ids.of(records.externalId("account", "group_account_readonly"))),
                Map.of());
    }

    private static void rights(SetupKit kit, long group) {
        kit.mayRead("access_command", "x_holdpoint_command");
        kit.mayRead("access_data", "ir.model.data");
        kit.records()
                .ensure(
                        "rule_data",
                        "ir.rule",
                        null,
                        Map.of(
                                "name",
                                "Holdpoint: own external ids",
                                "model_id",
                                kit.modelId("ir.model.data"),
                                "domain_force",
                                "[('module', '=', '" + Odoo.MODULE + "')]",
                                "groups",
                                Ids.of(group)),
                        Map.of());
        kit.mayRead("access_tracking", "mail.tracking.value");
        // Of all that chatter keeps about changes, wages included, only who changed a state at a hold point.
        kit.records()
                .ensure(
                        "rule_tracking",
                        "ir.rule",
                        null,
                        Map.of(
                                "name",
                                "Holdpoint: changes of state",
                                "model_id",
                                kit.modelId("mail.tracking.value"),
                                "domain_force",
                                "[('field_id.name', '=', 'state'), ('field_id.model', 'in', ["
                                        + "'sale.order', 'purchase.order', 'stock.picking'])]",
                                "groups",
                                Ids.of(group)),
                        Map.of());
    }

    private void user(SetupKit kit, long group) {
        var records = kit.records();
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
                companies.size() > 1 ? Ids.of(group, kit.externalId("base", "group_multi_company")) : Ids.of(group);
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
                        List.of(List.of(6, 0, List.of(records.externalId("base", "group_user"))))));
        records.forget(List.of("user"));
        records.changed("archived  res.users  " + options.login());
    }
}
