package io.holdpoint.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** What is bought in a hurry, with a real Odoo: from the buyer's button to the goods, ordered once, or not at all. */
@EnabledIfEnvironmentVariable(named = "ODOO_URL", matches = ".+")
class UrgentPurchaseEndToEndTest extends EndToEnd {

    private static final String ORDER = "purchase.order";
    private static final String PARTNER = "res.partner";
    private static final String APPROVE = "serviceTask_approvePurchase";

    static RealOdoo.Session buyer;
    static RealOdoo.Session storekeeper;

    /** What a purchase can change in Odoo. */
    private record Books(
            String state,
            String holdpoint,
            double amount,
            double approved,
            List<String> receipts,
            double received,
            double inStock) {}

    /** An urgent order of a buyer over so many pieces at the vendor's price of 100. */
    private record Purchase(long id, long vendor, long product) implements Document {

        @Override
        public String document() {
            return ORDER + "," + id;
        }
    }

    @BeforeAll
    static void people() {
        buyer = odoo.employ("purchase.group_purchase_user");
        storekeeper = odoo.employ("stock.group_stock_user");
        holdpoint.employ("carl", "buyer");
        holdpoint.employ("paul", "purchaseManager");
        holdpoint.employ("quentin", "qualityManager");
        holdpoint.employ("dora", "financeDirector");
        holdpoint.employ("pia", "policyOwner");
    }

    @Test
    void what_another_buyer_agrees_to_is_ordered_once_and_watched_until_it_is_there() {
        var purchase = purchase(6);
        var before = books(purchase);
        assertThat(before).isEqualTo(new Books("draft", "false", 600, 0, List.of(), 0, 0));

        request(purchase);
        var hold = hold(purchase, "AMOUNT");
        await().atMost(SOON).until(() -> holdpointState(purchase).equals("held"));
        assertThatThrownBy(() -> buyer.call(ORDER, "button_confirm", List.of(List.of(purchase.id())), Map.of()))
                .isInstanceOf(RealOdoo.Refused.class)
                .hasMessageContaining("is on hold by Holdpoint");
        assertThat(holdpoint
                        .decide("quentin", hold, "release", "Not mine to give.")
                        .statusCode())
                .as("another role may not")
                .isIn(403, 404);
        decide("carl", hold, "release", "The press stands still without it.");

        await().atMost(SOON).until(() -> holdpointState(purchase).equals("released"));
        assertThat(books(purchase)).isEqualTo(new Books("purchase", "released", 600, 600, List.of("assigned"), 0, 0));
        assertThat(holdpoint.cases(purchase.document()).path("cases")).hasSize(1);
        assertThat(lastCase(purchase).path("outcome").asText())
                .as("until the goods are there somebody looks after them")
                .isIn("", "null");
        storekeeper.validate(receipt(purchase));

        settled(purchase, "received");
        print("happy path", before, purchase);
        assertThat(books(purchase)).isEqualTo(new Books("purchase", "released", 600, 600, List.of("done"), 6, 6));
        assertThat(odoo.commands(purchase.document(), APPROVE)).isEqualTo(1);
        assertThat(odoo.notes(ORDER, purchase.id(), "The press stands still without it."))
                .hasSize(1);
    }

    @Test
    void a_rejection_changes_nothing_but_what_the_order_says() {
        var purchase = purchase(6);
        var before = books(purchase);
        request(purchase);

        decide("carl", hold(purchase, "AMOUNT"), "reject", "Repair the old one.");

        settled(purchase, "rejected");
        print("rejected", before, purchase);
        assertThat(books(purchase)).isEqualTo(new Books("draft", "rejected", 600, 0, List.of(), 0, 0));
        assertThat(odoo.notes(ORDER, purchase.id(), "Repair the old one.")).hasSize(1);
        assertThat(odoo.commands(purchase.document(), APPROVE)).isZero();
        buyer.write(ORDER, purchase.id(), Map.of("priority", "0"));
        assertThatThrownBy(() -> buyer.call(ORDER, "button_confirm", List.of(List.of(purchase.id())), Map.of()))
                .as("without the star it stays refused")
                .hasMessageContaining("was not approved by Holdpoint");
    }

    @Test
    void a_price_that_rose_after_the_decision_is_decided_on_again() throws Exception {
        var purchase = purchase(6);
        var before = books(purchase);
        request(purchase);
        var hold = hold(purchase, "AMOUNT");
        var changed = proxy.before(
                "\"operation\":\"release\"",
                () -> buyer.write("purchase.order.line", line(purchase), Map.of("price_unit", 150)));

        decide("carl", hold, "release", "Fine at this price.");

        assertThat(changed.await(60, TimeUnit.SECONDS)).isTrue();
        var again = await().atMost(SOON).until(() -> holdpoint.tasks(purchase.document()), tasks -> tasks.size() == 2);
        assertThat(again).extracting(holdpoint::holdCode).containsExactlyInAnyOrder("AMOUNT", "PRICE_VARIANCE");
        assertThat(books(purchase).state()).isEqualTo("draft");
        assertThat(books(purchase).receipts()).isEmpty();
        decide("paul", of(again, "PRICE_VARIANCE"), "reject", "Half as much again.");

        settled(purchase, "rejected");
        print("changed between decision and confirmation", before, purchase);
        assertThat(books(purchase)).isEqualTo(new Books("draft", "rejected", 900, 0, List.of(), 0, 0));
    }

    @Test
    void what_nobody_decides_in_the_time_of_a_table_of_the_policy_owner_is_not_bought() throws Exception {
        var file = "urgent-purchase.authority.dmn";
        var table = Files.readString(Path.of("dmn", file));
        var purchase = purchase(6);
        var before = books(purchase);
        deploy(
                file,
                table.replace("\"PT2H\"", "\"PT2S\"")
                        .replace("\"PT4H\"", "\"PT4S\"")
                        .replace("\"P1D\"", "\"PT8S\""));
        try {
            request(purchase);

            await().atMost(SOON).until(() -> !holdpointState(purchase).equals("requested"));
            settled(purchase, "expired");
        } finally {
            deploy(file, table);
        }

        print("expired", before, purchase);
        assertThat(books(purchase)).isEqualTo(new Books("draft", "rejected", 600, 0, List.of(), 0, 0));
        assertThat(odoo.commands(purchase.document(), APPROVE)).isZero();
    }

    @Test
    void a_refusal_of_odoo_is_shown_in_its_words_and_put_right_by_a_person() {
        var purchase = purchase(4);
        var before = books(purchase);
        var location = odoo.admin().read(PARTNER, purchase.vendor(), "property_stock_supplier");
        odoo.admin().write(PARTNER, purchase.vendor(), Map.of("property_stock_supplier", false));
        request(purchase);

        var refused = onlyTask(purchase, "userTask_resolveRefusal");
        assertThat(holdpoint.variable(refused, "odooMessage")).contains("You must set a Vendor Location");
        assertThat(books(purchase).state()).isEqualTo("draft");
        assertThat(books(purchase).receipts()).isEmpty();
        assertThat(odoo.commands(purchase.document(), APPROVE)).isZero();
        odoo.admin()
                .write(
                        PARTNER,
                        purchase.vendor(),
                        Map.of("property_stock_supplier", location.path(0).asLong()));
        complete("carl", refused, Map.of("action", "retry"));

        await().atMost(SOON).until(() -> books(purchase).state().equals("purchase"));
        print("refused by Odoo, tried again", before, purchase);
        assertThat(books(purchase)).isEqualTo(new Books("purchase", "released", 400, 400, List.of("assigned"), 0, 0));
        assertThat(odoo.commands(purchase.document(), APPROVE)).isEqualTo(1);
    }

    @Test
    void a_power_cut_between_odoos_commit_and_ours_orders_nothing_twice() throws Exception {
        var purchase = purchase(4);
        var before = books(purchase);
        var approved = proxy.after("\"operation\":\"release\"", holdpoint::kill);

        request(purchase);
        assertThat(approved.await(60, TimeUnit.SECONDS))
                .as("Odoo answered and Holdpoint is dead")
                .isTrue();
        assertThat(books(purchase).state()).as("Odoo has committed").isEqualTo("purchase");
        holdpoint.start();

        // The job of the dead process is locked until its lock expires.
        await().atMost(Duration.ofMinutes(3))
                .until(() -> lastCase(purchase).path("timeline").toString().contains("\"status\":\"already\""));
        print("killed between Odoo's commit and ours", before, purchase);
        assertThat(books(purchase)).isEqualTo(new Books("purchase", "released", 400, 400, List.of("assigned"), 0, 0));
        assertThat(odoo.commands(purchase.document(), APPROVE)).isEqualTo(1);
        assertThat(odoo.notes(ORDER, purchase.id(), "Approved by Holdpoint.")).hasSize(1);
        storekeeper.validate(receipt(purchase));
        settled(purchase, "received");
    }

    @Test
    void while_production_stands_still_it_is_bought_at_once_and_an_approval_that_is_missed_is_a_breach_once()
            throws Exception {
        var file = "urgent-purchase.after-the-fact.dmn";
        var table = Files.readString(Path.of("dmn", file));
        var purchase = purchase(60);
        buyer.write(ORDER, purchase.id(), Map.of("x_holdpoint_line_down", true));
        var before = books(purchase);
        deploy(file, table.replaceAll("\"P[123]D\"", "\"PT12S\""));
        try {
            request(purchase);

            await().atMost(SOON).until(() -> books(purchase).state().equals("purchase"));
            assertThat(books(purchase).approved()).isEqualTo(6000);
            await().atMost(SOON)
                    .until(() ->
                            !odoo.notes(ORDER, purchase.id(), "Policy breach.").isEmpty());
        } finally {
            deploy(file, table);
        }
        assertThat(reason(purchase)).startsWith("Bought while production stood still, approval is late.");
        decide("paul", hold(purchase, "AMOUNT_MAJOR"), "release", "I would have bought it too.");
        await().atMost(SOON)
                .until(() -> odoo.notes(ORDER, purchase.id(), "I would have bought it too.")
                                .size()
                        == 1);
        storekeeper.validate(receipt(purchase));

        settled(purchase, "received");
        print("line down, approval missed", before, purchase);
        assertThat(books(purchase)).isEqualTo(new Books("purchase", "released", 6000, 6000, List.of("done"), 60, 60));
        assertThat(odoo.notes(ORDER, purchase.id(), "Policy breach.")).hasSize(1);
        assertThat(odoo.commands(purchase.document(), APPROVE)).isEqualTo(1);
    }

    @Test
    void a_vendor_whom_quality_cases_put_on_level_three_is_a_matter_of_quality_when_he_is_bought_from() {
        var purchase = purchase(4);
        assertThatThrownBy(
                        () -> odoo.admin().write(PARTNER, purchase.vendor(), Map.of("x_holdpoint_supplier_level", 3)))
                .as("nobody sets it by hand")
                .isInstanceOf(RealOdoo.Refused.class);
        var part = odoo.lotted(12.5);
        critical(purchase.vendor(), part);
        critical(purchase.vendor(), part);
        await().atMost(SOON)
                .until(() -> odoo.admin()
                                .read(PARTNER, purchase.vendor(), "x_holdpoint_supplier_level")
                                .asInt()
                        == 3);
        var before = books(purchase);
        request(purchase);

        var hold = hold(purchase, "VENDOR_LEVEL");
        assertThat(books(purchase).state()).isEqualTo("draft");
        assertThat(holdpoint.decide("carl", hold, "release", "I need it.").statusCode())
                .as("buyers may not")
                .isIn(403, 404);
        decide("quentin", hold, "release", "Sorted at the vendor's cost.");

        await().atMost(SOON).until(() -> books(purchase).state().equals("purchase"));
        print("vendor on level 3", before, purchase);
        assertThat(books(purchase)).isEqualTo(new Books("purchase", "released", 400, 400, List.of("assigned"), 0, 0));
    }

    @Test
    void cancelled_in_odoo_while_two_of_three_have_agreed_nothing_is_bought_and_nobody_is_asked_any_more() {
        var purchase = purchase(300);
        odoo.admin().write(PARTNER, purchase.vendor(), Map.of("x_holdpoint_vendor_approved", false));
        var before = books(purchase);
        request(purchase);
        var asked = await().atMost(SOON).until(() -> holdpoint.tasks(purchase.document()), tasks -> tasks.size() == 3);
        var manager = asked.stream()
                .filter(task -> holdpoint.variable(task, "role").equals("purchaseManager"))
                .findFirst()
                .orElseThrow();
        var notApproved = of(asked, "VENDOR_NOT_APPROVED");
        decide("paul", manager, "release", "Needed.");
        decide("quentin", notApproved, "release", "Seen by us.");
        assertThat(holdpoint.tasks(purchase.document()))
                .extracting(holdpoint::holdCode)
                .containsExactly("AMOUNT_EXCEPTIONAL");

        buyer.call(ORDER, "button_cancel", List.of(List.of(purchase.id())), Map.of());

        settled(purchase, "withdrawn");
        print("cancelled while two of three had agreed", before, purchase);
        assertThat(holdpoint.tasks(purchase.document())).isEmpty();
        assertThat(books(purchase)).isEqualTo(new Books("cancel", "withdrawn", 30000, 0, List.of(), 0, 0));
        assertThat(odoo.commands(purchase.document(), APPROVE)).isZero();
    }

    @Test
    void cancelled_in_odoo_between_decision_and_confirmation_it_is_not_bought() throws Exception {
        var purchase = purchase(6);
        var before = books(purchase);
        request(purchase);
        var hold = hold(purchase, "AMOUNT");
        var cancelled = proxy.before(
                "\"operation\":\"release\"",
                () -> buyer.call(ORDER, "button_cancel", List.of(List.of(purchase.id())), Map.of()));

        decide("carl", hold, "release", "Needed.");

        assertThat(cancelled.await(60, TimeUnit.SECONDS)).isTrue();
        var refused = onlyTask(purchase, "userTask_resolveRefusal");
        assertThat(holdpoint.variable(refused, "odooMessage")).contains("Odoo did not confirm");
        complete("carl", refused, Map.of("action", "retry"));

        settled(purchase, "withdrawn");
        print("cancelled between decision and confirmation", before, purchase);
        assertThat(books(purchase)).isEqualTo(new Books("cancel", "withdrawn", 600, 0, List.of(), 0, 0));
    }

    private static Purchase purchase(double pieces) {
        var product = odoo.storable(200, 100, 0);
        var vendor = odoo.vendor(product, 100);
        return new Purchase(odoo.urgentPurchase(buyer, vendor, product, pieces), vendor, product);
    }

    private static void request(Purchase purchase) {
        buyer.press("purchase_order_request", ORDER, purchase.id());
    }

    /** A lot of the vendor's with a critical defect, reported by the button, of which quality decided what stops. */
    private static void critical(long vendor, long part) {
        var lot = odoo.lot(part);
        odoo.received(vendor, part, lot, 10);
        storekeeper.reportDefect(lot, "safety", "critical");
        var stop = await().atMost(SOON)
                .until(
                        () -> holdpoint.tasks("stock.lot," + lot),
                        tasks -> tasks.size() == 1
                                && holdpoint.holdCode(tasks.get(0)).equals("SAFETY_STOP"))
                .get(0);
        decide("quentin", stop, "release", "Line two stands, customers are told.");
    }

    private static Books books(Purchase purchase) {
        return new Books(
                odoo.admin().read(ORDER, purchase.id(), "state").asText(),
                holdpointState(purchase),
                odoo.admin().read(ORDER, purchase.id(), "amount_total").asDouble(),
                odoo.admin()
                        .read(ORDER, purchase.id(), "x_holdpoint_approved_amount")
                        .asDouble(),
                odoo
                        .admin()
                        .search("stock.picking", List.of(List.of("purchase_id", "=", purchase.id())), "state")
                        .stream()
                        .map(JsonNode::asText)
                        .toList(),
                odoo.admin()
                        .read("purchase.order.line", line(purchase), "qty_received")
                        .asDouble(),
                odoo.lying(purchase.product(), odoo.stock()));
    }

    /** For whoever reads the log: what a path left in Odoo. */
    private static void print(String path, Books before, Purchase purchase) {
        System.out.printf("%s%n  before %s%n  after  %s%n", path, before, books(purchase));
    }

    private static long line(Purchase purchase) {
        return odoo.admin().read(ORDER, purchase.id(), "order_line").path(0).asLong();
    }

    private static long receipt(Purchase purchase) {
        return odoo.admin()
                .search("stock.picking", List.of(List.of("purchase_id", "=", purchase.id())), "id")
                .get(0)
                .asLong();
    }

    private static String holdpointState(Purchase purchase) {
        return odoo.holdpointState(ORDER, purchase.id());
    }

    private static String reason(Purchase purchase) {
        return odoo.admin().read(ORDER, purchase.id(), "x_holdpoint_reason").asText();
    }

    private static JsonNode of(List<JsonNode> tasks, String code) {
        return tasks.stream()
                .filter(task -> holdpoint.holdCode(task).equals(code))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode onlyTask(Purchase purchase, String element) {
        return await().atMost(SOON)
                .until(
                        () -> holdpoint.tasks(purchase.document()),
                        tasks -> tasks.size() == 1
                                && tasks.get(0)
                                        .path("taskDefinitionKey")
                                        .asText()
                                        .equals(element))
                .get(0);
    }
}
