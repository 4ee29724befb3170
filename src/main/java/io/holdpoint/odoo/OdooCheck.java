package io.holdpoint.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Says in words what an Odoo lacks for Holdpoint to work with it. Reads only. */
final class OdooCheck {

    private final Odoo odoo;

    OdooCheck(Odoo odoo) {
        this.odoo = odoo;
    }

    /**
     * @param facts what was found
     * @param problems what has to be put right, each with its remedy; empty when Holdpoint can work
     */
    record Report(List<String> facts, List<String> problems) {}

    /** Never throws an {@link OdooException}; it becomes a problem of the report. */
    Report run() {
        var facts = new ArrayList<String>();
        var problems = new ArrayList<String>();
        try {
            facts.add("Odoo " + odoo.serverVersion() + ", spoken to as series "
                    + odoo.profile().series());
            odoo.call("res.users", "context_get", List.of(), Map.of(), Map.of());
            var parts = parts(facts);
            for (var part : parts) {
                part.needed(odoo.profile()).forEach((model, fields) -> fields(model, fields, problems));
            }
            setup(parts, facts, problems);
        } catch (OdooException failure) {
            problems.add(failure.getMessage());
        }
        return new Report(List.copyOf(facts), List.copyOf(problems));
    }

    /** The workflows that this Odoo has the app for. */
    private List<SetupPart> parts(List<String> facts) {
        var parts = new ArrayList<SetupPart>();
        for (var part : OdooSetup.PARTS) {
            if (parts.isEmpty() || has(part.model())) {
                parts.add(part);
            } else {
                facts.add("The Odoo app " + part.app() + " is not installed: nothing is held there.");
            }
        }
        return parts;
    }

    private boolean has(String model) {
        try {
            odoo.fieldsGet(model, List.of("type"));
            return true;
        } catch (OdooContract absent) {
            return false;
        }
    }

    private void fields(String model, List<String> fields, List<String> problems) {
        JsonNode there;
        try {
            there = odoo.fieldsGet(model, List.of("type"));
        } catch (OdooContract missing) {
            problems.add("Model " + model + ": " + missing.getMessage());
            return;
        }
        var absent = new TreeSet<String>();
        fields.forEach(field -> {
            if (!there.has(field)) {
                absent.add(field);
            }
        });
        if (!absent.isEmpty()) {
            problems.add("Model " + model + " has no " + String.join(", ", absent)
                    + ", or this user may not see them. Run odoo-setup as an administrator;"
                    + " it creates the fields called x_holdpoint_ and gives the technical user its rights.");
        }
        readable(model, problems);
    }

    private void readable(String model, List<String> problems) {
        try {
            odoo.searchRead(model, List.of(List.of("id", "<", 0)), List.of("id"), "id", 1);
        } catch (OdooContract denied) {
            problems.add("Model " + model + ": " + denied.getMessage());
        }
    }

    private void setup(List<SetupPart> parts, List<String> facts, List<String> problems) {
        var status = odoo.runAction("status");
        int version = status.path("version").asInt();
        facts.add("Setup version " + version);
        if (version < OdooSetup.VERSION) {
            problems.add("The setup in Odoo has version " + version + ", this Holdpoint needs " + OdooSetup.VERSION
                    + ". Run odoo-setup as an administrator.");
        }
        if (version > OdooSetup.VERSION) {
            problems.add("The setup in Odoo has version " + version + ", which is newer than this Holdpoint ("
                    + OdooSetup.VERSION + "). Use the newer Holdpoint.");
        }
        var present = texts(status.path("present"));
        for (var part : parts) {
            for (var guard : part.guards()) {
                if (!present.containsAll(Guard.parts(guard))) {
                    problems.add("The guard " + guard + " is missing, so documents can pass without release."
                            + " Run odoo-setup as an administrator.");
                }
            }
        }
        changed(status)
                .forEach(label -> problems.add(
                        "\"" + label + "\" was switched off or changed in Odoo. Run odoo-setup as an administrator."));
        for (var rule : texts(status.path("switched_off"))) {
            problems.add("The automation rule \"" + rule
                    + "\" is switched off in Odoo. Run odoo-setup as an administrator.");
        }
        for (var company : texts(status.path("companies_missing"))) {
            problems.add("The user has no access to the company " + company
                    + ". Run odoo-setup as an administrator, or add the company to the user.");
        }
        if (parts.stream()
                .flatMap(part -> part.hints().stream())
                .noneMatch(hint -> present.contains(hint + "_field"))) {
            facts.add("No webhooks: Holdpoint sees changes when it looks through the documents, not at once.");
        }
        if (!texts(status.path("apps")).contains("sale_stock")) {
            facts.add("No stock on orders (app Inventory is not installed): free quantities count as 0.");
        }
        if (!status.path("technical").asBoolean()) {
            facts.add("This user is not Holdpoint's technical user: checked as an administrator.");
        }
    }

    /** Labels of guards and hints that are not as the setup left them, or to which Odoo pays no attention. */
    private static Set<String> changed(JsonNode status) {
        var left = Fingerprints.read(status.path("fingerprints").asText());
        var now = Fingerprints.of(status);
        var labels = new TreeSet<String>();
        status.path("guards").forEach(part -> {
            var name = part.path("name").asText();
            if (!part.path("works").asBoolean() || !Objects.equals(left.get(name), now.get(name))) {
                labels.add(part.path("label").asText());
            }
        });
        return labels;
    }

    private static List<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
