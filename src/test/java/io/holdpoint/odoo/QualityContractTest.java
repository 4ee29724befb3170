package io.holdpoint.odoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What quality escalation relies on in Odoo, so that the real one and the one in memory cannot drift apart. A subclass
 * says how to reach an Odoo on which the setup has run.
 */
abstract class QualityContractTest extends ContractFixture {

    private static final String STATE = "x_holdpoint_quality_state";
    private static final String REASON = "x_holdpoint_quality_reason";

    /** Somebody switches the guards of stock off and on again. */
    protected abstract void whileGuardsAreOff(Runnable work);

    private QualityReports reports;
    private long stock;
    private long quarantine;
    private long receipts;
    private long deliveries;
    private long internal;
    private long company;
    private long otherCompany;
    private long otherStock;

    @BeforeAll
    void connect() {
        reports = new QualityReports(holdpoint);
        var warehouses = odoo.searchRead(
                "stock.warehouse",
                List.of(),
                List.of("lot_stock_id", "view_location_id", "in_type_id", "out_type_id", "int_type_id", "company_id"),
                "id",
                0);
        var first = warehouses.get(0);
        stock = first.path("lot_stock_id").get(0).asLong();
        receipts = first.path("in_type_id").get(0).asLong();
        deliveries = first.path("out_type_id").get(0).asLong();
        internal = first.path("int_type_id").get(0).asLong();
        company = first.path("company_id").get(0).asLong();
        var other = warehouses.stream()
                .filter(warehouse -> warehouse.path("company_id").get(0).asLong() != company)
                .findFirst()
                .orElseThrow();
        otherCompany = other.path("company_id").get(0).asLong();
        otherStock = other.path("lot_stock_id").get(0).asLong();
        quarantine = odoo.searchRead(
                        "stock.location",
                        List.of(
                                List.of(
                                        "location_id",
                                        "=",
                                        first.path("view_location_id").get(0).asLong()),
                                List.of("name", "=", "Quarantine")),
                        List.of("id"),
                        "id",
                        1)
                .get(0)
                .path("id")
                .asLong();
    }

    // Reports

    @Test
    void a_report_says_what_is_wrong_and_stays_as_it_is_while_it_is_worked_on() {
        var lot = lot(product(), 10);
        assertRefused(() -> report("stock.lot", lot), "Please say of");
        odoo.write(
                "stock.lot",
                List.of(lot),
                Map.of(
                        "x_holdpoint_defect", "dimension",
                        "x_holdpoint_defect_severity", "major",
                        "x_holdpoint_defect_quantity", -1,
                        "x_holdpoint_defect_description", "Bore too wide"));
        assertRefused(() -> report("stock.lot", lot), "cannot affect less than nothing");
        odoo.write("stock.lot", List.of(lot), Map.of("x_holdpoint_defect_quantity", 0));

        report("stock.lot", lot);

        var found =
                reports.find(new DocumentRef("stock.lot", lot), "case", null).orElseThrow();
        assertThat(found.state()).isEqualTo("requested");
        assertThat(found.defect()).isEqualTo("dimension");
        assertThat(found.severity()).isEqualTo("major");
        assertThat(found.description()).isEqualTo("Bore too wide");
        assertThat(found.requester()).isNotNull();
        assertThat(found.onHand()).isEqualTo(10);
        assertThat(found.received()).isEqualTo(10);
        assertRefused(() -> report("stock.lot", lot), "reported already");
        assertRefused(
                () -> odoo.write("stock.lot", List.of(lot), Map.of("x_holdpoint_defect_severity", "minor")),
                "stays while it is worked on");
    }

    @Test
    void a_product_is_reported_with_a_quantity_and_a_transfer_when_it_is_done() {
        var product = product();
        describe("product.product", product);
        assertRefused(() -> report("product.product", product), "say how many units");

        var receipt = receipt(vendor(), product, lot(product, 0), 5);
        describe("stock.picking", receipt);
        assertRefused(() -> report("stock.picking", receipt), "Validate");
        validate(receipt);
        report("stock.picking", receipt);

        assertThat(text("stock.picking", receipt, STATE)).isEqualTo("requested");
    }

    @Test
    void nobody_but_holdpoint_says_how_a_report_stands() {
        var product = product();
        var lot = lot(product, 10);
        for (var values : List.<Map<String, Object>>of(
                Map.of(STATE, "quarantined"),
                Map.of(STATE, "closed"),
                Map.of(REASON, "All well"),
                Map.of("x_holdpoint_quality_requested_at", "2026-01-01 08:00:00"))) {
            assertRefused(() -> odoo.write("stock.lot", List.of(lot), values), "only Holdpoint sets the state");
            assertRefused(
                    () -> odoo.write("product.product", List.of(product), values), "only Holdpoint sets the state");
        }
        assertRefused(
                () -> odoo.create(
                        "stock.lot",
                        List.of(Map.of(
                                "name", "L2", "product_id", product, "company_id", company, STATE, "quarantined"))),
                "only Holdpoint sets the state");
        quarantine(lot, "case-" + UUID.randomUUID());
        assertRefused(
                () -> odoo.write("stock.lot", List.of(lot), Map.of(STATE, false)), "only Holdpoint sets the state");
        assertThatThrownBy(() -> odoo.create("x_holdpoint_quarantine", List.of(Map.of("x_name", "mine"))))
                .isInstanceOf(OdooException.class);
        assertThat(text("stock.lot", lot, STATE)).isEqualTo("quarantined");
    }

    // Quarantine

    @Test
    void what_is_there_of_a_lot_is_moved_beside_the_stock_once() {
        var product = product();
        var lot = lot(product, 10);
        var command = quarantineCommand("stock.lot", lot, "case-" + UUID.randomUUID(), 0);

        var first = commands.run(command);
        var again = commands.run(command);

        assertThat(first.status()).isEqualTo("done");
        assertThat(first.result().path("moved").asDouble()).isEqualTo(10);
        assertThat(again.status()).isEqualTo("already");
        assertThat(again.result()).isEqualTo(first.result());
        assertThat(lying(product, stock)).isZero();
        assertThat(lying(product, quarantine)).isEqualTo(10);
        assertThat(text("stock.lot", lot, STATE)).isEqualTo("quarantined");
        assertThat(free(product)).isZero();
    }

    @Test
    void quarantine_is_not_below_the_stock_where_deliveries_would_reserve_it() {
        var product = product();
        var lot = lot(product, 10);
        quarantine(lot, "case-" + UUID.randomUUID());

        var delivery = delivery(product, 4);

        assertThat(reserved(delivery)).isZero();
        var place = odoo.read("stock.location", List.of(quarantine), List.of("location_id"))
                .get(0);
        var view = odoo.read("stock.location", List.of(stock), List.of("location_id"))
                .get(0);
        assertThat(place.path("location_id").get(0).asLong())
                .isEqualTo(view.path("location_id").get(0).asLong());
    }

    @Test
    void of_a_product_no_more_is_kept_apart_than_was_reported() {
        var product = untracked(10);
        var caseId = "case-" + UUID.randomUUID();

        commands.run(quarantineCommand("product.product", product, caseId, 3));
        // Policy may ask again in the same case.
        commands.run(quarantineCommand("product.product", product, caseId, 3));

        assertThat(lying(product, stock)).isEqualTo(7);
        assertThat(lying(product, quarantine)).isEqualTo(3);
    }

    @Test
    void of_a_receipt_what_came_with_it_is_kept_apart() {
        var vendor = vendor();
        var product = product();
        var other = lot(product, 6);
        var lot = lot(product, 0);
        var receipt = receipt(vendor, product, lot, 5);
        validate(receipt);

        var answer = commands.run(quarantineCommand("stock.picking", receipt, "case-" + UUID.randomUUID(), 0));

        assertThat(answer.result().path("moved").asDouble()).isEqualTo(5);
        assertThat(lying(product, quarantine)).isEqualTo(5);
        assertThat(odoo.read("stock.lot", List.of(other), List.of("product_qty"))
                        .get(0)
                        .path("product_qty")
                        .asDouble())
                .isEqualTo(6);
    }

    @Test
    void what_has_just_left_is_not_forced_and_missing() {
        var product = product();
        var lot = lot(product, 10);
        validate(delivery(product, 10));
        var caseId = "case-" + UUID.randomUUID();

        var answer = commands.run(quarantineCommand("stock.lot", lot, caseId, 0));

        assertThat(answer.status()).isEqualTo("done");
        assertThat(answer.result().path("moved").asDouble()).isZero();
        var found =
                reports.find(new DocumentRef("stock.lot", lot), caseId, null).orElseThrow();
        assertThat(found.quarantined()).isZero();
        assertThat(found.received()).isEqualTo(10);
        assertThat(found.shipped()).isEqualTo(10);
        assertThat(lying(product, stock)).isZero();
    }

    @Test
    void a_lot_of_another_company_than_decided_on_is_refused() {
        var product = product();
        var lot = odoo.create(
                        "stock.lot",
                        List.of(Map.of(
                                "name", "L-" + UUID.randomUUID(), "product_id", product, "company_id", otherCompany)))
                .get(0);
        count(product, lot, otherStock, 4);

        assertRefused(
                () -> commands.run(quarantineCommand("stock.lot", lot, "case-" + UUID.randomUUID(), 0)),
                "not to the company that was decided on");
        assertThat(lying(product, otherStock)).isEqualTo(4);
    }

    // Deliveries

    @Test
    void an_open_delivery_of_a_lot_in_quarantine_lets_go_of_it_and_says_why_it_waits() {
        var product = product();
        var lot = lot(product, 10);
        var delivery = delivery(product, 4);
        assertThat(reserved(delivery)).isEqualTo(4);

        quarantine(lot, "case-" + UUID.randomUUID());

        assertThat(reserved(delivery)).isZero();
        assertThat(text("stock.picking", delivery, STATE)).isEqualTo("blocked");
        assertThat(text("stock.picking", delivery, REASON)).contains("is in quarantine");
        assertThatThrownBy(() -> validate(delivery)).isInstanceOf(OdooRefused.class);
        assertRefused(
                () -> odoo.write("stock.picking", List.of(delivery), Map.of("state", "done")),
                "is blocked by Holdpoint");
        assertRefused(
                () -> odoo.write("stock.picking", List.of(delivery), Map.of(STATE, false)),
                "only Holdpoint sets the state");
        assertThat(text("stock.picking", delivery, "state")).isNotEqualTo("done");
    }

    @Test
    void a_lot_in_quarantine_is_not_delivered_from_wherever_somebody_says_it_lies() {
        var product = product();
        var lot = lot(product, 10);
        quarantine(lot, "case-" + UUID.randomUUID());
        for (var place : List.of(stock, quarantine)) {
            var delivery = delivery(product, 4);
            picked(delivery, product, lot, place, 4);

            assertRefused(() -> validate(delivery), "is kept apart by Holdpoint");
            assertThat(text("stock.picking", delivery, "state")).isNotEqualTo("done");
        }
        assertThat(lying(product, quarantine)).isEqualTo(10);
    }

    @Test
    void other_lots_are_delivered_as_ever() {
        var product = product();
        var lot = lot(product, 5);
        var delivery = delivery(product, 4);
        var other = lot(product, 5);

        quarantine(lot, "case-" + UUID.randomUUID());

        // The other lot does as well.
        assertThat(reserved(delivery)).isEqualTo(4);
        assertThat(text("stock.picking", delivery, STATE)).isNotEqualTo("blocked");
        validate(delivery);
        assertThat(text("stock.picking", delivery, "state")).isEqualTo("done");
        assertThat(odoo.read("stock.lot", List.of(other), List.of("product_qty"))
                        .get(0)
                        .path("product_qty")
                        .asDouble())
                .isEqualTo(1);
    }

    @Test
    void stock_without_lots_is_delivered_as_far_as_it_is_not_kept_apart() {
        var product = untracked(10);
        var delivery = delivery(product, 8);
        commands.run(quarantineCommand("product.product", product, "case-" + UUID.randomUUID(), 4));

        assertThat(text("stock.picking", delivery, STATE)).isEqualTo("blocked");
        assertThat(reserved(delivery)).isEqualTo(6);
        quantity(delivery, 8);
        assertRefused(() -> validate(delivery), "is kept apart by Holdpoint");
        quantity(delivery, 6);
        validate(delivery);

        assertThat(text("stock.picking", delivery, "state")).isEqualTo("done");
        assertThat(lying(product, stock)).isZero();
        assertThat(lying(product, quarantine)).isEqualTo(4);
    }

    @Test
    void nothing_but_a_command_takes_out_of_quarantine() {
        var product = product();
        var lot = lot(product, 10);
        quarantine(lot, "case-" + UUID.randomUUID());

        var scrap = odoo.create(
                "stock.scrap",
                List.of(Map.of("product_id", product, "lot_id", lot, "scrap_qty", 3, "location_id", quarantine)));
        assertRefused(
                () -> odoo.call("stock.scrap", "action_validate", scrap, Map.of(), Map.of()),
                "is kept apart by Holdpoint");
        assertRefused(() -> count(product, lot, quarantine, 7), "is kept apart by Holdpoint");

        assertThat(lying(product, quarantine)).isEqualTo(10);
    }

    @Test
    void a_transfer_by_hand_takes_nothing_out_of_quarantine_and_neither_does_a_delivery_reserved_from_there() {
        var product = product();
        var lot = lot(product, 10);
        quarantine(lot, "case-" + UUID.randomUUID());

        var back = transferred(internal, quarantine, stock, product, 4);
        var delivery = transferred(deliveries, quarantine, place("customer"), product, 4);
        assertThat(reserved(back) + reserved(delivery)).as("Odoo reserves it").isEqualTo(8);

        for (var transfer : List.of(back, delivery)) {
            assertRefused(() -> validate(transfer), "is kept apart by Holdpoint: defect report on " + name(lot));
            assertThat(text("stock.picking", transfer, "state")).isNotEqualTo("done");
        }
        assertThat(lying(product, quarantine)).isEqualTo(10);
    }

    @Test
    void what_makes_no_move_takes_nothing_out_of_quarantine_either() {
        var product = product();
        var lot = lot(product, 10);
        var answer = quarantine(lot, "case-" + UUID.randomUUID());
        var quant = List.of(odoo.searchRead(
                        "stock.quant",
                        List.of(List.of("lot_id", "=", lot), List.of("location_id", "=", quarantine)),
                        List.of("id"),
                        "id",
                        1)
                .get(0)
                .path("id")
                .asLong());
        var brought = odoo.searchRead(
                        "stock.picking",
                        List.of(List.of(
                                "name",
                                "=",
                                answer.result().path("transfers").get(0).asText())),
                        List.of("id"),
                        "id",
                        1)
                .get(0)
                .path("id")
                .asLong();

        assertRefused(() -> odoo.write("stock.quant", quant, Map.of("quantity", 7)), "is kept apart by Holdpoint");
        assertRefused(
                () -> odoo.write("stock.quant", quant, Map.of("location_id", stock)), "is kept apart by Holdpoint");
        // Somebody corrects what a transfer that is done has brought.
        assertRefused(
                () -> odoo.write("stock.move.line", lines(brought), Map.of("quantity", 6)),
                "is kept apart by Holdpoint: defect report on " + name(lot));
        assertRefused(
                () -> odoo.write("stock.move.line", lines(brought), Map.of("location_dest_id", stock)),
                "is kept apart by Holdpoint");

        assertThat(lying(product, quarantine)).isEqualTo(10);
        assertThat(lying(product, stock)).isZero();
    }

    @Test
    void what_lies_beside_it_in_quarantine_is_moved_as_ever() {
        var product = untracked(10);
        commands.run(quarantineCommand("product.product", product, "case-" + UUID.randomUUID(), 4));
        validate(transferred(internal, stock, quarantine, product, 2));

        validate(transferred(internal, quarantine, stock, product, 2));

        assertThat(lying(product, quarantine)).isEqualTo(4);
        var more = transferred(internal, quarantine, stock, product, 1);
        assertRefused(() -> validate(more), "is kept apart by Holdpoint");
    }

    @Test
    void what_goes_back_to_its_vendor_goes_nowhere_else() {
        var vendor = vendor();
        var product = product();
        var lot = lot(product, 10);
        var caseId = "case-" + UUID.randomUUID();
        quarantine(lot, caseId);
        commands.run(dispose(lot, caseId, "returnToVendor", 10, vendor));
        var back = odoo.searchRead(
                        "stock.picking",
                        List.of(List.of("partner_id", "=", vendor), List.of("location_id", "=", quarantine)),
                        List.of("location_dest_id"),
                        "id",
                        1)
                .get(0);
        var transfer = back.path("id").asLong();
        var suppliers = back.path("location_dest_id").get(0).asLong();

        for (var place : List.of(stock, place("customer"))) {
            odoo.write("stock.picking", List.of(transfer), Map.of("location_dest_id", place));
            assertRefused(() -> validate(transfer), "is kept apart by Holdpoint");
        }
        odoo.write("stock.picking", List.of(transfer), Map.of("location_dest_id", suppliers));
        odoo.write("stock.move.line", lines(transfer), Map.of("location_dest_id", stock));
        assertRefused(() -> validate(transfer), "is kept apart by Holdpoint");
        odoo.write("stock.move.line", lines(transfer), Map.of("location_dest_id", suppliers));

        validate(transfer);

        assertThat(text("stock.picking", transfer, "state")).isEqualTo("done");
        assertThat(lying(product, quarantine)).isZero();
        assertThat(passage(lot)).as("it went as was decided").isEmpty();
    }

    // Without guards

    @Test
    void what_left_quarantine_while_the_guards_were_off_is_missing_with_who_took_it() {
        var product = product();
        var lot = lot(product, 10);
        quarantine(lot, "case-" + UUID.randomUUID());
        assertThat(passage(lot)).hasValueSatisfying(passage -> {
            assertThat(passage.passed()).isFalse();
            assertThat(passage.about()).isEqualTo(new DocumentRef("stock.lot", lot));
        });

        whileGuardsAreOff(() -> {
            validate(transferred(internal, quarantine, stock, product, 4));
            var scrap = odoo.create(
                    "stock.scrap",
                    List.of(Map.of("product_id", product, "lot_id", lot, "scrap_qty", 1, "location_id", quarantine)));
            odoo.call("stock.scrap", "action_validate", scrap, Map.of(), Map.of());
        });

        assertThat(passage(lot)).hasValueSatisfying(passage -> {
            assertThat(passage.passed()).isTrue();
            assertThat(passage.name()).contains(name(lot));
            var loss = Objects.requireNonNull(passage.loss());
            assertThat(loss.quantity()).isEqualTo(5);
            assertThat(loss.place()).endsWith("Quarantine");
            assertThat(loss.takings())
                    .hasSize(2)
                    .allSatisfy(taking ->
                            assertThat(Objects.requireNonNull(taking.by()).id()).isEqualTo(administrator()));
            assertThat(loss.takings().get(0).what()).startsWith("took 4.00 to ").contains("Stock, ");
            assertThat(loss.takings().get(1).what()).startsWith("took 1.00 to ");
        });

        // It is put back bit by bit, and nothing more is taken.
        validate(transferred(internal, stock, quarantine, product, 3));
        var again = transferred(internal, quarantine, stock, product, 1);
        assertRefused(() -> validate(again), "is kept apart by Holdpoint");
        assertThat(passage(lot).orElseThrow().loss())
                .satisfies(loss ->
                        assertThat(Objects.requireNonNull(loss).quantity()).isEqualTo(2));
    }

    @Test
    void what_had_left_before_its_case_decided_stays_missing() {
        var product = product();
        var lot = lot(product, 10);
        var caseId = "case-" + UUID.randomUUID();
        quarantine(lot, caseId);
        whileGuardsAreOff(() -> validate(transferred(internal, quarantine, stock, product, 4)));

        commands.run(dispose(lot, caseId, "scrap", 6, null));

        assertThat(lying(product, quarantine)).isZero();
        assertThat(passage(lot).orElseThrow().loss())
                .satisfies(loss ->
                        assertThat(Objects.requireNonNull(loss).quantity()).isEqualTo(4));
    }

    @Test
    void a_return_to_a_vendor_that_went_elsewhere_while_the_guards_were_off_is_missing() {
        var vendor = vendor();
        var product = product();
        var lot = lot(product, 10);
        var caseId = "case-" + UUID.randomUUID();
        quarantine(lot, caseId);
        commands.run(dispose(lot, caseId, "returnToVendor", 10, vendor));
        var back = odoo.searchRead(
                        "stock.picking",
                        List.of(List.of("partner_id", "=", vendor), List.of("location_id", "=", quarantine)),
                        List.of("id"),
                        "id",
                        1)
                .get(0)
                .path("id")
                .asLong();

        whileGuardsAreOff(() -> {
            odoo.write("stock.picking", List.of(back), Map.of("location_dest_id", place("customer")));
            validate(back);
        });

        assertThat(passage(lot).orElseThrow().loss()).satisfies(loss -> {
            assertThat(Objects.requireNonNull(loss).quantity()).isEqualTo(10);
            assertThat(loss.takings())
                    .singleElement()
                    .satisfies(taking -> assertThat(taking.what()).startsWith("took 10.00 to "));
        });
    }

    // Disposition

    @Test
    void what_is_used_as_it_is_goes_back_to_stock_once_and_is_delivered_again() {
        var product = product();
        var lot = lot(product, 10);
        var delivery = delivery(product, 4);
        var caseId = "case-" + UUID.randomUUID();
        quarantine(lot, caseId);
        var dispose = dispose(lot, caseId, "useAsIs", 10, null);

        var first = commands.run(dispose);
        var again = commands.run(dispose);

        assertThat(first.result().path("quantity").asDouble()).isEqualTo(10);
        assertThat(again.status()).isEqualTo("already");
        assertThat(lying(product, stock)).isEqualTo(10);
        assertThat(lying(product, quarantine)).isZero();
        assertThat(text("stock.lot", lot, STATE)).isEqualTo("disposed");
        assertThat(text("stock.picking", delivery, STATE)).isNotEqualTo("blocked");
        assertThat(reserved(delivery)).isEqualTo(4);
        validate(delivery);
        assertThat(text("stock.picking", delivery, "state")).isEqualTo("done");
        assertThat(reports.find(new DocumentRef("stock.lot", lot), caseId, null)
                        .orElseThrow()
                        .quarantined())
                .isEqualTo(10);
    }

    @Test
    void scrap_is_scrapped_exactly_once_whoever_presses_again() {
        var product = product();
        var lot = lot(product, 10);
        var caseId = "case-" + UUID.randomUUID();
        quarantine(lot, caseId);
        var dispose = dispose(lot, caseId, "scrap", 10, null);

        commands.run(dispose);
        commands.run(dispose);
        var scraps = odoo.searchRead("stock.scrap", List.of(List.of("lot_id", "=", lot)), List.of("state"), "id", 0);
        odoo.call(
                "stock.scrap",
                "action_validate",
                List.of(scraps.get(0).path("id").asLong()),
                Map.of(),
                Map.of());

        assertThat(scraps)
                .singleElement()
                .satisfies(scrap -> assertThat(scrap.path("state").asText()).isEqualTo("done"));
        assertThat(lying(product, quarantine)).isZero();
        assertThat(lying(product, stock)).isZero();
    }

    @Test
    void what_goes_back_to_its_vendor_is_shipped_by_the_warehouse_and_by_nothing_else() {
        var vendor = vendor();
        var product = product();
        var lot = lot(product, 0);
        validate(receipt(vendor, product, lot, 10));
        var caseId = "case-" + UUID.randomUUID();
        quarantine(lot, caseId);

        assertRefused(() -> commands.run(dispose(lot, caseId, "returnToVendor", 10, null)), "its vendor is not known");
        commands.run(dispose(lot, caseId, "returnToVendor", 10, vendor));

        var back = odoo.searchRead(
                        "stock.picking",
                        List.of(List.of("partner_id", "=", vendor), List.of("location_id", "=", quarantine)),
                        List.of("state"),
                        "id",
                        0)
                .get(0)
                .path("id")
                .asLong();
        assertThat(lying(product, quarantine)).isEqualTo(10);
        assertRefused(() -> count(product, lot, quarantine, 0), "is kept apart by Holdpoint");
        validate(back);
        assertThat(text("stock.picking", back, "state")).isEqualTo("done");
        assertThat(lying(product, quarantine)).isZero();

        // The case opens again and finds some more.
        count(product, lot, stock, 2);
        quarantine(lot, caseId);
        commands.run(dispose(lot, caseId, "scrap", 12, null));
        assertThat(lying(product, quarantine)).isZero();
        assertThat(lying(product, stock)).isZero();
    }

    @Test
    void a_disposition_of_other_stock_than_was_decided_on_does_nothing() {
        var product = product();
        var lot = lot(product, 10);
        var caseId = "case-" + UUID.randomUUID();
        quarantine(lot, caseId);

        var answer = commands.run(dispose(lot, caseId, "scrap", 7, null));

        assertThat(answer.status()).isEqualTo("changed");
        assertThat(lying(product, quarantine)).isEqualTo(10);
    }

    @Test
    void an_unknown_disposition_is_refused() {
        var lot = lot(product(), 10);
        var caseId = "case-" + UUID.randomUUID();
        quarantine(lot, caseId);

        assertRefused(() -> commands.run(dispose(lot, caseId, "burn", 10, null)), "knows no disposition");
    }

    @Test
    void a_report_that_does_not_stand_gives_the_stock_back() {
        for (var operation : List.of("withdraw", "reject")) {
            var product = product();
            var lot = lot(product, 10);
            var caseId = "case-" + UUID.randomUUID();
            quarantine(lot, caseId);

            commands.run(command("stock.lot", lot, caseId, operation, null, Map.of()));

            assertThat(lying(product, stock)).isEqualTo(10);
            assertThat(lying(product, quarantine)).isZero();
            var delivery = delivery(product, 4);
            validate(delivery);
            assertThat(text("stock.picking", delivery, "state")).isEqualTo("done");
        }
    }

    @Test
    void stock_on_which_nobody_decided_stays_apart_and_the_next_report_takes_it_over() {
        var product = product();
        var lot = lot(product, 10);
        var earlier = "case-" + UUID.randomUUID();
        var later = "case-" + UUID.randomUUID();
        quarantine(lot, earlier);

        commands.run(command("stock.lot", lot, earlier, "reject", null, Map.of("expired", true)));

        assertThat(lying(product, quarantine)).isEqualTo(10);
        assertThat(text("stock.lot", lot, STATE)).isEqualTo("rejected");
        var answer = quarantine(lot, later);
        assertThat(answer.result().path("moved").asDouble()).isEqualTo(10);
        commands.run(dispose(lot, later, "releaseToStock", 10, null));
        assertThat(lying(product, stock)).isEqualTo(10);
    }

    @Test
    void the_state_shows_how_the_case_goes_on() {
        var lot = lot(product(), 1);
        var caseId = "case-" + UUID.randomUUID();
        for (var state : List.of("monitored", "reopened", "closed")) {
            commands.run(command("stock.lot", lot, caseId + state, "show", null, Map.of("state", state)));

            assertThat(text("stock.lot", lot, STATE)).isEqualTo(state);
            assertThat(reports.change(new DocumentRef("stock.lot", lot))
                            .orElseThrow()
                            .state())
                    .isEqualTo(state);
        }
    }

    @Test
    void a_lot_that_had_left_is_blocked_until_its_case_is_closed() {
        var product = product();
        var lot = lot(product, 10);
        validate(delivery(product, 10));
        var caseId = "case-" + UUID.randomUUID();
        quarantine(lot, caseId);
        count(product, lot, stock, 3);
        var found = delivery(product, 3);
        assertRefused(() -> validate(found), "is kept apart by Holdpoint");

        commands.run(command("stock.lot", lot, caseId, "show", null, Map.of("state", "closed")));

        validate(found);
        assertThat(text("stock.picking", found, "state")).isEqualTo("done");
    }

    // Suppliers

    @Test
    void only_cases_move_a_supplier_on_the_ladder() {
        var vendor = vendor();
        var lot = lot(product(), 1);
        assertRefused(
                () -> odoo.write("res.partner", List.of(vendor), Map.of("x_holdpoint_supplier_level", 0 + 5)),
                "only Holdpoint moves a vendor");
        assertRefused(
                () -> odoo.create("res.partner", List.of(Map.of("name", "New", "x_holdpoint_supplier_level", 1))),
                "only Holdpoint moves a vendor");

        for (var level : List.of(3, 2)) {
            var answer = commands.run(command(
                    "stock.lot",
                    lot,
                    "case-" + UUID.randomUUID(),
                    "supplier_level",
                    null,
                    Map.of("vendor", vendor, "level", level)));

            assertThat(answer.result().path("level").asInt()).isEqualTo(level);
            assertThat(reports.supplierLevel(vendor)).isEqualTo(level);
        }
        assertRefused(
                () -> odoo.write("res.partner", List.of(vendor), Map.of("x_holdpoint_supplier_level", 0)),
                "only Holdpoint moves a vendor");
    }

    // Figures

    @Test
    void the_figures_know_the_vendor_what_was_shipped_and_what_came_back() {
        var vendor = vendor();
        var product = product();
        var lot = lot(product, 0);
        var receipt = receipt(vendor, product, lot, 10);
        validate(receipt);
        var delivery = delivery(product, 4);
        validate(delivery);
        commands.run(command(
                "stock.lot",
                lot,
                "case-" + UUID.randomUUID(),
                "supplier_level",
                null,
                Map.of("vendor", vendor, "level", 2)));
        var caseId = "case-" + UUID.randomUUID();
        quarantine(lot, caseId);

        var ofLot =
                reports.find(new DocumentRef("stock.lot", lot), caseId, null).orElseThrow();
        var ofReceipt = reports.find(new DocumentRef("stock.picking", receipt), caseId, null)
                .orElseThrow();
        var ofDelivery = reports.find(new DocumentRef("stock.picking", delivery), "none", null)
                .orElseThrow();
        var ofProduct = reports.find(new DocumentRef("product.product", product), "none", null)
                .orElseThrow();

        assertThat(ofLot.vendor()).isNotNull();
        assertThat(ofLot.vendor().id()).isEqualTo(vendor);
        assertThat(ofLot.supplierLevel()).isEqualTo(2);
        assertThat(ofLot.received()).isEqualTo(10);
        assertThat(ofLot.shipped()).isEqualTo(4);
        assertThat(ofLot.quarantined()).isEqualTo(6);
        assertThat(ofLot.onHand()).isZero();
        assertThat(ofLot.value()).isEqualTo(15);
        assertThat(ofLot.places()).hasSize(1);
        assertThat(ofReceipt.vendor()).isEqualTo(ofLot.vendor());
        assertThat(ofReceipt.received()).isEqualTo(10);
        assertThat(ofReceipt.shipped()).isEqualTo(4);
        assertThat(ofDelivery.received()).isEqualTo(4);
        assertThat(ofDelivery.shipped()).isEqualTo(4);
        assertThat(ofDelivery.vendor()).isEqualTo(ofLot.vendor());
        assertThat(ofProduct.vendor()).isEqualTo(ofLot.vendor());
        assertThat(ofProduct.shipped()).isZero();
    }

    @Test
    void the_same_defect_of_the_same_product_is_counted_from_odoos_own_record() {
        var product = product();
        var first = lot(product, 2);
        var second = lot(product, 2);
        var third = lot(product, 2);
        var earlier = "case-" + UUID.randomUUID();
        assertThat(repeats(third, "now")).isZero();

        quarantine(first, earlier);
        assertThat(repeats(third, "now")).isOne();
        // The case that asks is not its own repetition, and another kind of defect is none.
        assertThat(repeats(first, earlier)).isZero();
        assertThat(reports.find(new DocumentRef("stock.lot", third), "now", "labelling")
                        .orElseThrow()
                        .repeats())
                .isZero();
        // The same lot a second time.
        commands.run(dispose(first, earlier, "useAsIs", 2, null));
        quarantine(first, "case-" + UUID.randomUUID());
        assertThat(repeats(third, "now")).isEqualTo(2);
        // One that did not stand does not count.
        var withdrawn = "case-" + UUID.randomUUID();
        quarantine(second, withdrawn);
        assertThat(repeats(third, "now")).isEqualTo(3);
        commands.run(command("stock.lot", second, withdrawn, "withdraw", null, Map.of()));
        assertThat(repeats(third, "now")).isEqualTo(2);
    }

    // Fixture

    /** How what is kept apart of a lot stands at its hold point; empty where nothing is. */
    private Optional<Passage> passage(long lot) {
        var found = new ArrayList<Passage>();
        reports.quarantinePassages().writtenSince(Instant.now(), found::addAll);
        return found.stream()
                .filter(passage -> passage.about().equals(new DocumentRef("stock.lot", lot)))
                .reduce((earlier, later) -> later);
    }

    private String name(long lot) {
        return text("stock.lot", lot, "name");
    }

    private long place(String usage) {
        return odoo.searchRead("stock.location", List.of(List.of("usage", "=", usage)), List.of("id"), "id", 1)
                .get(0)
                .path("id")
                .asLong();
    }

    private long administrator() {
        return odoo.call("res.users", "context_get", List.of(), Map.of(), Map.of())
                .path("uid")
                .asLong();
    }

    private int repeats(long lot, String caseId) {
        return reports.find(new DocumentRef("stock.lot", lot), caseId, "dimension")
                .orElseThrow()
                .repeats();
    }

    private static void assertRefused(ThrowingCallable call, String words) {
        assertThatThrownBy(call).isInstanceOf(OdooRefused.class).hasMessageContaining(words);
    }

    private void describe(String model, long id) {
        odoo.write(
                model,
                List.of(id),
                Map.of(
                        "x_holdpoint_defect", "dimension",
                        "x_holdpoint_defect_severity", "major",
                        "x_holdpoint_defect_description", "Bore too wide"));
    }

    private void report(String model, long id) {
        odoo.runAction("quality_" + model.replace('.', '_') + "_report", new DocumentRef(model, id), Map.of());
    }

    private OdooCommand.Answer quarantine(long lot, String caseId) {
        return commands.run(quarantineCommand("stock.lot", lot, caseId, 0));
    }

    private OdooCommand quarantineCommand(String model, long id, String caseId, double quantity) {
        return command(
                model,
                id,
                caseId,
                "quarantine",
                null,
                Map.of(
                        "quantity",
                        quantity,
                        "company",
                        company,
                        "defect",
                        "dimension",
                        "severity",
                        "major",
                        "description",
                        "Bore too wide"));
    }

    private static OdooCommand dispose(
            long lot, String caseId, String disposition, double decided, @Nullable Long vendor) {
        var arguments = new HashMap<String, Object>(Map.of("disposition", disposition, "words", disposition));
        if (vendor != null) {
            arguments.put("vendor", vendor);
        }
        return command("stock.lot", lot, caseId, "dispose", Map.of("quarantined", decided), arguments);
    }

    private static OdooCommand command(
            String model,
            long id,
            String caseId,
            String operation,
            @Nullable Map<String, Object> expected,
            Map<String, Object> arguments) {
        return new OdooCommand(
                "quality-escalation",
                caseId + ":" + UUID.randomUUID(),
                new DocumentRef(model, id),
                operation,
                "dimension, major",
                null,
                expected,
                arguments);
    }

    /** A product with lots. */
    private long product() {
        return product("lot");
    }

    private long untracked(double quantity) {
        var product = product("none");
        count(product, 0, stock, quantity);
        return product;
    }

    private long product(String tracking) {
        return product(Map.of("tracking", tracking, "standard_price", 2.5));
    }

    private long lot(long product, double quantity) {
        var lot = odoo.create(
                        "stock.lot",
                        List.of(Map.of("name", "L-" + UUID.randomUUID(), "product_id", product, "company_id", company)))
                .get(0);
        if (quantity > 0) {
            count(product, lot, stock, quantity);
        }
        return lot;
    }

    /** Says how much was found of a lot in a place. */
    private void count(long product, long lot, long place, double quantity) {
        var found = odoo.searchRead(
                "stock.quant",
                List.of(
                        List.of("product_id", "=", product),
                        List.of("lot_id", "=", lot > 0 ? (Object) lot : false),
                        List.of("location_id", "=", place)),
                List.of("id"),
                "id",
                1);
        List<Long> quant;
        if (found.isEmpty()) {
            var values = new HashMap<String, Object>(
                    Map.of("product_id", product, "location_id", place, "inventory_quantity", quantity));
            if (lot > 0) {
                values.put("lot_id", lot);
            }
            quant = odoo.create("stock.quant", List.of(values));
        } else {
            quant = List.of(found.get(0).path("id").asLong());
            odoo.write("stock.quant", quant, Map.of("inventory_quantity", quantity));
        }
        odoo.call("stock.quant", "action_apply_inventory", quant, Map.of(), Map.of());
    }

    /** What a vendor sends, ready to be validated. */
    private long receipt(long vendor, long product, long lot, double quantity) {
        var receipt = transfer(receipts, vendor, product, quantity);
        if (lot > 0) {
            odoo.write("stock.move.line", lines(receipt), Map.of("lot_id", lot));
        }
        return receipt;
    }

    /** A delivery that reserved what there is. */
    private long delivery(long product, double quantity) {
        return transfer(deliveries, customer(), product, quantity);
    }

    /** A transfer that somebody makes by hand, with what Odoo reserves for it. */
    private long transferred(long type, long from, long to, long product, double quantity) {
        return transfer(type, customer(), product, quantity, from, to);
    }

    private long transfer(long type, long partner, long product, double quantity) {
        var kind = odoo.read(
                        "stock.picking.type",
                        List.of(type),
                        List.of("default_location_src_id", "default_location_dest_id"))
                .get(0);
        var from = kind.path("default_location_src_id").get(0).asLong();
        var to = kind.path("default_location_dest_id").get(0).asLong();
        return transfer(type, partner, product, quantity, from, to);
    }

    private long transfer(long type, long partner, long product, double quantity, long from, long to) {
        var transfer = odoo.create(
                        "stock.picking",
                        List.of(Map.of(
                                "picking_type_id",
                                type,
                                "partner_id",
                                partner,
                                "location_id",
                                from,
                                "location_dest_id",
                                to,
                                "move_ids",
                                List.of(List.of(
                                        0,
                                        0,
                                        Map.of(
                                                "product_id",
                                                product,
                                                "product_uom_qty",
                                                quantity,
                                                "location_id",
                                                from,
                                                "location_dest_id",
                                                to))))))
                .get(0);
        odoo.call("stock.picking", "action_confirm", List.of(transfer), Map.of(), Map.of());
        odoo.call("stock.picking", "action_assign", List.of(transfer), Map.of(), Map.of());
        return transfer;
    }

    private List<JsonNode> moves(long transfer) {
        return odoo.searchRead(
                "stock.move", List.of(List.of("picking_id", "=", transfer)), List.of("quantity"), "id", 0);
    }

    private List<Long> lines(long transfer) {
        return odoo
                .searchRead("stock.move.line", List.of(List.of("picking_id", "=", transfer)), List.of("id"), "id", 0)
                .stream()
                .map(line -> line.path("id").asLong())
                .toList();
    }

    private double reserved(long transfer) {
        return moves(transfer).stream()
                .mapToDouble(move -> move.path("quantity").asDouble())
                .sum();
    }

    private void quantity(long transfer, double quantity) {
        odoo.write("stock.move", List.of(moves(transfer).get(0).path("id").asLong()), Map.of("quantity", quantity));
    }

    /** Somebody types that so much of a lot was taken from a place. */
    private void picked(long transfer, long product, long lot, long place, double quantity) {
        odoo.create(
                "stock.move.line",
                List.of(Map.of(
                        "move_id",
                        moves(transfer).get(0).path("id").asLong(),
                        "picking_id",
                        transfer,
                        "product_id",
                        product,
                        "lot_id",
                        lot,
                        "location_id",
                        place,
                        "quantity",
                        quantity)));
    }

    private double free(long product) {
        return odoo.call(
                        "product.product",
                        "read",
                        List.of(product),
                        Map.of("fields", List.of("free_qty")),
                        Map.of("location", stock))
                .get(0)
                .path("free_qty")
                .asDouble();
    }
}
