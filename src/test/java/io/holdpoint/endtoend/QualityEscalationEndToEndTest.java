package io.holdpoint.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Defects, with a real Odoo: from the button on the lot to the last move of its stock and of its supplier. */
@EnabledIfEnvironmentVariable(named = "ODOO_URL", matches = ".+")
class QualityEscalationEndToEndTest extends EndToEnd {

    /** What each run found in Odoo, for whoever looks at it afterwards. */
    private static final Path NOTES = Path.of("target", "quality-escalation-endtoend.txt");

    private static final String LOT = "stock.lot";
    private static final String TRANSFER = "stock.picking";
    private static final String STATE = "x_holdpoint_quality_state";

    static RealOdoo.Session storekeeper;

    /** A lot of ten at 12.50 that a vendor has sent. */
    private record Delivered(long vendor, long product, long id) implements Document {

        @Override
        public String document() {
            return LOT + "," + id;
        }
    }

    /** What a case can change in Odoo. */
    private record Books(
            String state, double inStock, double inQuarantine, double atCustomers, double scrapped, int level) {}

    @BeforeAll
    static void people() {
        storekeeper = odoo.employ("stock.group_stock_user");
        holdpoint.employ("quinn", "quality");
        holdpoint.employ("judith", "quality");
        holdpoint.employ("quentin", "qualityManager");
        holdpoint.employ("olga", "operations");
        holdpoint.employ("pia", "policyOwner");
    }

    @Test
    void a_defect_that_reached_customers_is_kept_apart_decided_on_investigated_and_proved_to_be_cured()
            throws Exception {
        var lot = delivered();
        storekeeper.validate(delivery(lot, 4));
        var waiting = delivery(lot, 2);
        var before = books("happy, before", lot);
        assertThat(before).isEqualTo(new Books("false", 6, 0, 4, 0, 0));
        var file = "quality-escalation.effectiveness.dmn";
        var table = Files.readString(Path.of("dmn", file));
        deploy(file, table.replaceAll("<text>\"P[0-9]+D\"", "<text>\"PT5S\""));
        try {
            report(lot, "function", "major");

            var left = hold(lot, "STOCK_LEFT");
            assertThat(books("happy, first act", lot)).isEqualTo(new Books("held", 0, 6, 4, 0, 0));
            isBlocked(lot, waiting);
            decide("quentin", left, "release", "Customers are told by sales.");
            complete(
                    "quinn",
                    followUp(lot, "containDefect"),
                    Map.of("containment", "Sorted all stock and told the customers", "customersTold", true));
            assertThat(books("happy, contained", lot)).isEqualTo(new Books("quarantined", 0, 6, 4, 0, 1));
            inspect("quinn", lot);
            decide("quentin", hold(lot, "SCRAP"), "release", "");

            complete(
                    "quinn",
                    followUp(lot, "findCauses"),
                    Map.of(
                            "occurrenceCause", "The fixture of the vendor let the part be clamped askew",
                            "escapeCause", "The gauge was worn and not calibrated",
                            "supplierCaused", true));
            assertThat(books("happy, scrapped", lot))
                    .usingRecursiveComparison()
                    .ignoringFields("state")
                    .isEqualTo(new Books("", 0, 0, 4, 6, 1));
            assertThat(odoo.admin().read(TRANSFER, waiting, STATE).asText())
                    .as("nothing is left to wait for")
                    .isEqualTo("false");
            complete(
                    "quinn",
                    followUp(lot, "correctCause"),
                    Map.of("actionKind", "equipment", "correctiveAction", "Fixture with a stop; gauge calibrated"));
            complete(
                    "quentin",
                    followUp(lot, "verifyCorrection"),
                    Map.of("verification", "inPlace", "proof", "Fixture looked at, calibration log read"));
            complete(
                    "judith",
                    followUp(lot, "checkEffectiveness"),
                    Map.of(
                            "effectiveness",
                            "effective",
                            "lotsChecked",
                            3,
                            "proof",
                            "Deliveries and complaints since then looked through"));
            settled(lot, "settled");
        } finally {
            deploy(file, table);
        }

        assertThat(books("happy, after", lot)).isEqualTo(new Books("closed", 0, 0, 4, 6, 0));
        assertThat(odoo.commands(lot.document(), "serviceTask_disposeOfStock")).isEqualTo(1);
        assertThat(odoo.notes("res.partner", lot.vendor(), "Supplier level")).hasSize(2);
    }

    @Test
    void a_laboratory_reports_by_event_and_what_is_found_good_goes_back() {
        var lot = delivered();
        var before = books("event, before", lot);
        var event = Map.of(
                "specversion",
                "1.0",
                "id",
                "LIMS-" + UUID.randomUUID(),
                "source",
                "lims",
                "type",
                "quality-escalation.requested",
                "subject",
                lot.document(),
                "data",
                Map.of(
                        "defect", "dimension",
                        "severity", "minor",
                        "description", "Bore 20.4 instead of 20.0 mm"));

        assertThat(holdpoint.event(event).statusCode()).isEqualTo(202);
        assertThat(holdpoint.event(event).statusCode()).as("the same again").isEqualTo(200);

        var inspection = followUp(lot, "inspectStock");
        assertThat(books("event, first act", lot)).isEqualTo(new Books("quarantined", 0, 10, 0, 0, 0));
        complete(
                "quinn",
                inspection,
                Map.of("conformity", "conforms", "inspection", "Ten of ten measured, all within tolerance"));
        var release = hold(lot, "RELEASE_TO_STOCK");
        assertThat(holdpoint.decide("quinn", release, "release", "").body()).contains("Four eyes");
        decide("judith", release, "release", "");

        settled(lot, "settled");
        assertThat(books("event, after", lot)).isEqualTo(new Books("closed", 10, 0, 0, 0, 0));
        assertThat(before.inStock()).isEqualTo(10);
        assertThat(holdpoint.cases(lot.document()).path("cases")).hasSize(1);
    }

    @Test
    void a_report_that_is_rejected_gives_the_stock_back_and_lets_deliveries_go() {
        var lot = delivered();
        var waiting = delivery(lot, 4);
        var before = books("rejected, before", lot);
        report(lot, "safety", "critical");
        var stop = hold(lot, "SAFETY_STOP");
        assertThat(books("rejected, first act", lot)).isEqualTo(new Books("held", 0, 10, 0, 0, 0));
        isBlocked(lot, waiting);

        decide("quentin", stop, "reject", "The gauge was wrong, not the part.");

        settled(lot, "rejected");
        assertThat(books("rejected, after", lot)).isEqualTo(new Books("rejected", 10, 0, 0, 0, 0));
        assertThat(before.inStock()).isEqualTo(10);
        assertThat(odoo.notes(LOT, lot.id(), "The gauge was wrong")).hasSize(1);
        storekeeper.validate(waiting);
        assertThat(odoo.admin().read(TRANSFER, waiting, "state").asText()).isEqualTo("done");
    }

    @Test
    void stock_that_leaves_just_before_the_first_act_is_asked_about_and_not_forced() throws Exception {
        var lot = delivered();
        var leaving = delivery(lot, 7);
        books("changed, before", lot);
        var left = proxy.before("\"operation\":\"quarantine\"", () -> storekeeper.validate(leaving));

        report(lot, "function", "major");

        assertThat(left.await(60, TimeUnit.SECONDS)).isTrue();
        var hold = hold(lot, "STOCK_LEFT");
        assertThat(books("changed, first act", lot)).isEqualTo(new Books("held", 0, 3, 7, 0, 0));
        decide("quentin", hold, "reject", "Seven are with the customer, who wants them.");
        settled(lot, "rejected");
        assertThat(books("changed, after", lot)).isEqualTo(new Books("rejected", 3, 0, 7, 0, 0));
    }

    @Test
    void stock_that_was_decided_on_cannot_be_taken_away_before_it_is_scrapped() throws Exception {
        var lot = delivered();
        report(lot, "appearance", "minor");
        inspect("quinn", lot);
        var hold = hold(lot, "SCRAP");
        books("taken away, before", lot);
        var tried = new StringBuilder();
        var sprung = proxy.before("\"operation\":\"dispose\"", () -> {
            try {
                storekeeper.create(
                        "stock.scrap",
                        Map.of(
                                "product_id", lot.product(),
                                "lot_id", lot.id(),
                                "scrap_qty", 3,
                                "location_id", odoo.place("Quarantine")));
                var scrap = odoo.admin()
                        .search("stock.scrap", List.of(List.of("lot_id", "=", lot.id())), "id")
                        .get(0)
                        .asLong();
                storekeeper.call("stock.scrap", "action_validate", List.of(List.of(scrap)), Map.of());
            } catch (RealOdoo.Refused refused) {
                tried.append(refused.getMessage());
            }
        });

        decide("quentin", hold, "release", "");

        assertThat(sprung.await(60, TimeUnit.SECONDS)).isTrue();
        settled(lot, "settled");
        assertThat(tried).contains("is kept apart by Holdpoint");
        assertThat(books("taken away, after", lot)).isEqualTo(new Books("closed", 0, 0, 0, 10, 0));
    }

    @Test
    void what_nobody_decides_on_stays_apart_until_it_is_reported_again() throws Exception {
        var file = "quality-escalation.authority.dmn";
        var table = Files.readString(Path.of("dmn", file));
        var lot = delivered();
        var waiting = delivery(lot, 4);
        books("expired, before", lot);
        deploy(file, table.replaceAll("<text>\"P[0-9T]+[MHD]\"", "<text>\"PT5S\""));
        try {
            report(lot, "safety", "critical");
            hold(lot, "SAFETY_STOP");
            settled(lot, "expired");
        } finally {
            deploy(file, table);
        }

        assertThat(books("expired, after", lot)).isEqualTo(new Books("rejected", 0, 10, 0, 0, 0));
        isBlocked(lot, waiting);
        report(lot, "safety", "critical");
        decide("quentin", hold(lot, "SAFETY_STOP"), "reject", "The gauge was wrong, not the part.");
        settled(lot, "rejected");
        assertThat(books("expired, reported again and rejected", lot)).isEqualTo(new Books("rejected", 10, 0, 0, 0, 0));
        storekeeper.validate(waiting);
    }

    @Test
    void a_refusal_of_odoo_is_a_task_with_its_words_and_trying_again_works() throws Exception {
        var lot = delivered();
        var code = "Q" + UUID.randomUUID().toString().substring(0, 4).toUpperCase(java.util.Locale.ROOT);
        var warehouse = odoo.admin().create("stock.warehouse", Map.of("name", "Warehouse " + code, "code", code));
        var shelf = odoo.admin()
                .read("stock.warehouse", warehouse, "lot_stock_id")
                .path(0)
                .asLong();
        var quant = odoo.admin()
                .create(
                        "stock.quant",
                        Map.of(
                                "product_id",
                                lot.product(),
                                "lot_id",
                                lot.id(),
                                "location_id",
                                shelf,
                                "inventory_quantity",
                                2));
        odoo.admin().call("stock.quant", "action_apply_inventory", List.of(List.of(quant)), Map.of());
        var before = books("refused, before", lot);

        report(lot, "appearance", "minor");

        var refusal = await().atMost(SOON)
                .until(
                        () -> holdpoint.tasks(lot.document()),
                        tasks -> tasks.stream()
                                .anyMatch(task ->
                                        task.path("taskDefinitionKey").asText().equals("userTask_resolveRefusal")))
                .get(0);
        assertThat(holdpoint.variable(refusal, "odooMessage")).contains("has no Quarantine. Run odoo-setup.");
        assertThat(books("refused, nothing moved", lot).inStock())
                .as("all of it or nothing")
                .isEqualTo(before.inStock());
        holdpoint.setUpOdoo();
        complete("quinn", refusal, Map.of("action", "retry"));

        followUp(lot, "inspectStock");
        assertThat(books("refused, tried again", lot)).isEqualTo(new Books("quarantined", 0, 10, 0, 0, 0));
        assertThat(odoo.lying(lot.product(), shelf)).isZero();
    }

    @Test
    void a_power_cut_between_odoos_commit_and_ours_keeps_apart_once_and_scraps_once() throws Exception {
        var lot = delivered();
        books("killed, before", lot);
        var kept = proxy.after("\"operation\":\"quarantine\"", holdpoint::kill);
        report(lot, "appearance", "minor");
        assertThat(kept.await(60, TimeUnit.SECONDS))
                .as("Odoo answered and Holdpoint is dead")
                .isTrue();
        assertThat(books("killed, Odoo has committed the quarantine", lot))
                .isEqualTo(new Books("quarantined", 0, 10, 0, 0, 0));
        holdpoint.start();

        // The job of the dead process is locked until its lock expires.
        await().atMost(Duration.ofMinutes(3))
                .until(() -> !holdpoint.tasks(lot.document()).isEmpty());
        assertThat(books("killed, started again", lot)).isEqualTo(new Books("quarantined", 0, 10, 0, 0, 0));
        assertThat(transfersOf(lot, "Quarantine")).isEqualTo(1);
        assertThat(odoo.commands(lot.document(), "serviceTask_quarantineStock")).isEqualTo(1);

        inspect("quinn", lot);
        var hold = hold(lot, "SCRAP");
        var scrapped = proxy.after("\"operation\":\"dispose\"", holdpoint::kill);
        decide("quentin", hold, "release", "");
        assertThat(scrapped.await(60, TimeUnit.SECONDS))
                .as("Odoo answered and Holdpoint is dead")
                .isTrue();
        assertThat(books("killed, Odoo has committed the scrap", lot)).isEqualTo(new Books("disposed", 0, 0, 0, 10, 0));
        holdpoint.start();

        await().atMost(Duration.ofMinutes(3))
                .until(() -> lastCase(lot).path("outcome").asText().equals("settled"));
        assertThat(books("killed, after", lot)).isEqualTo(new Books("closed", 0, 0, 0, 10, 0));
        assertThat(odoo.commands(lot.document(), "serviceTask_disposeOfStock")).isEqualTo(1);
    }

    // Odoo

    private static Delivered delivered() {
        var vendor = odoo.admin().create("res.partner", Map.of("name", "Vendor " + UUID.randomUUID()));
        var product = odoo.lotted(12.5);
        var lot = odoo.lot(product);
        odoo.received(vendor, product, lot, 10);
        return new Delivered(vendor, product, lot);
    }

    private static long delivery(Delivered lot, double quantity) {
        return odoo.transfer("out_type_id", odoo.customer(), lot.product(), quantity);
    }

    private static void report(Delivered lot, String defect, String severity) {
        storekeeper.reportDefect(lot.id(), defect, severity);
    }

    /** Whoever tries and however, the delivery is not made, and it says why. */
    private static void isBlocked(Delivered lot, long delivery) {
        var admin = odoo.admin();
        assertThat(admin.read(TRANSFER, delivery, STATE).asText()).isEqualTo("blocked");
        assertThat(admin.read(TRANSFER, delivery, "x_holdpoint_quality_reason").asText())
                .contains("is in quarantine");
        assertRefused(() -> storekeeper.validate(delivery), "");
        assertRefused(() -> admin.write(TRANSFER, delivery, Map.of("state", "done")), "is blocked by Holdpoint");
        assertRefused(() -> admin.write(TRANSFER, delivery, Map.of(STATE, false)), "only Holdpoint sets the state");
        assertRefused(() -> admin.write(LOT, lot.id(), Map.of(STATE, "closed")), "only Holdpoint sets the state");
        var json = odoo.json2(TRANSFER, "write", Map.of("ids", List.of(delivery), "vals", Map.of("state", "done")));
        assertThat(json.statusCode()).isEqualTo(422);
        assertThat(json.body()).contains("is blocked by Holdpoint");
        // Somebody types the lot by hand, as if it still lay in the stock.
        var typed = admin.create(
                "stock.move.line",
                Map.of(
                        "move_id",
                        admin.search("stock.move", List.of(List.of("picking_id", "=", delivery)), "id")
                                .get(0)
                                .asLong(),
                        "picking_id",
                        delivery,
                        "product_id",
                        lot.product(),
                        "lot_id",
                        lot.id(),
                        "location_id",
                        odoo.stock(),
                        "quantity",
                        1));
        assertRefused(() -> storekeeper.validate(delivery), "is kept apart by Holdpoint: defect report on");
        assertRefused(() -> admin.validate(delivery), "is kept apart by Holdpoint: defect report on");
        var button = odoo.json2(
                TRANSFER,
                "button_validate",
                Map.of("ids", List.of(delivery), "context", Map.of("skip_sms", true, "skip_backorder", true)));
        assertThat(button.statusCode()).isEqualTo(422);
        assertThat(button.body()).contains("is kept apart by Holdpoint: defect report on");
        admin.call("stock.move.line", "unlink", List.of(List.of(typed)), Map.of());
        note("blocked: "
                + admin.read(TRANSFER, delivery, "x_holdpoint_quality_reason").asText());
    }

    private static void assertRefused(ThrowingCallable call, String words) {
        assertThatThrownBy(call).isInstanceOf(RealOdoo.Refused.class).hasMessageContaining(words);
    }

    private static Books books(String when, Delivered lot) {
        var books = new Books(
                odoo.admin().read(LOT, lot.id(), STATE).asText(),
                odoo.lying(lot.product(), odoo.stock()),
                odoo.lying(lot.product(), odoo.place("Quarantine")),
                odoo.lying(lot.product(), odoo.externalId("stock.stock_location_customers")),
                odoo
                        .admin()
                        .search(
                                "stock.scrap",
                                List.of(List.of("lot_id", "=", lot.id()), List.of("state", "=", "done")),
                                "scrap_qty")
                        .stream()
                        .mapToDouble(JsonNode::asDouble)
                        .sum(),
                odoo.admin()
                        .read("res.partner", lot.vendor(), "x_holdpoint_supplier_level")
                        .asInt());
        note(when + ": " + books);
        return books;
    }

    private static void note(String line) {
        try {
            Files.writeString(NOTES, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many transfers have brought the lot to a place. */
    private static long transfersOf(Delivered lot, String place) {
        return odoo.admin()
                .search(
                        "stock.move.line",
                        List.of(
                                List.of("lot_id", "=", lot.id()),
                                List.of("state", "=", "done"),
                                List.of("location_dest_id", "=", odoo.place(place))),
                        "id")
                .size();
    }

    // Holdpoint

    private static void inspect(String person, Delivered lot) {
        complete(
                person,
                followUp(lot, "inspectStock"),
                Map.of(
                        "conformity", "doesNotConform",
                        "functionalImpact", true,
                        "inspection", "Ten of ten measured with the gauge, all out of tolerance"));
    }
}
