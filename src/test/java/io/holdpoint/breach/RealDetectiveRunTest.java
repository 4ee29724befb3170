package io.holdpoint.breach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdpoint.evidence.Evidence;
import io.holdpoint.evidence.Evidence.Kind;
import io.holdpoint.hold.CaseFacts;
import io.holdpoint.hold.Facts;
import io.holdpoint.odoo.DocumentRef;
import io.holdpoint.odoo.RealOrders;
import io.holdpoint.odoo.SetupCheck;
import java.time.Duration;
import java.util.List;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** In a real Odoo a guard is switched off for a while and on again; the night finds what was done meanwhile. */
@SpringBootTest(
        properties = {
            "odoo.url=${ODOO_URL}",
            "odoo.login=" + RealOrders.TECHNICAL_LOGIN,
            "odoo.password=" + RealOrders.TECHNICAL_PASSWORD,
            "odoo.api-key=",
            "holdpoint.access.admin-password=Holdpoint-1",
            "camunda.bpm.job-execution.enabled=false",
            "holdpoint.inspection.automatic=false",
            "holdpoint.intake.automatic=false",
            "holdpoint.notification.automatic=false"
        })
@Tag("real-odoo")
@ExtendWith(OutputCaptureExtension.class)
@EnabledIfEnvironmentVariable(named = "ODOO_URL", matches = ".+")
class RealDetectiveRunTest {

    private static RealOrders orders;

    @Autowired
    DetectiveRun detective;

    @Autowired
    Evidence evidence;

    @Autowired
    CaseFacts caseFacts;

    @Autowired
    SetupCheck setup;

    @Autowired
    JdbcClient jdbc;

    @BeforeAll
    static void setUp() {
        orders = new RealOrders();
    }

    /** Each story begins with the first look of a new Holdpoint. */
    @BeforeEach
    void forgetEarlierLooks() {
        jdbc.sql("delete from hp_inspection").update();
    }

    @AfterEach
    void putTheClockBack() {
        ClockUtil.reset();
    }

    @Test
    void an_order_confirmed_while_the_guard_was_off_is_found_once_with_who_confirmed_it() {
        detective.run();
        var anna = orders.salesperson();
        var order = orders.quotation();
        var untouched = orders.quotation();
        assertThatThrownBy(() -> orders.confirm(anna, order)).hasMessageContaining("Holdpoint");
        orders.whileTheGuardIsOff(() -> {
            assertThat(setup.problems())
                    .anySatisfy(problem -> assertThat(problem).contains("no order without release"));
            orders.confirm(anna, order);
            assertThat(orders.writtenBy(order)).isEqualTo(anna);
        });
        // The setup computes the guard anew for each order, and so writes them all.
        var last = orders.writtenBy(order);
        assertThat(last).isNotEqualTo(anna);
        assertThat(setup.problems()).as("the guard is back").isEmpty();
        assertThat(orders.state(order)).isEqualTo("sale");
        assertThat(detective.run()).as("before the night").isZero();

        nextNight();
        detective.run();

        assertThat(breaches(order))
                .singleElement()
                .satisfies(breach -> assertThat(breach.content())
                        .containsEntry("what", "passedWithoutRelease")
                        .containsEntry("passedBy", anna)
                        .containsEntry("writtenBy", last));
        assertThat(caseFacts
                        .latest(breaches(order).get(0).caseId())
                        .orElseThrow()
                        .barred())
                .as("both are kept out of clearing it up")
                .extracting(Facts.Barred::login)
                .containsExactlyInAnyOrder(anna, last);
        assertThat(breaches(untouched)).isEmpty();
        nextNight();
        detective.run();
        assertThat(breaches(order)).as("reported once").hasSize(1);
    }

    @Test
    void a_guard_that_is_off_in_the_night_is_told_although_nothing_passed(CapturedOutput log) {
        detective.run();
        nextNight();
        detective.run();
        assertThat(log).doesNotContain("the setup in Odoo wanting");

        nextNight();
        orders.whileTheGuardIsOff(detective::run);

        assertThat(log).contains("the setup in Odoo wanting").contains("no order without release");
    }

    private List<Evidence.Entry> breaches(DocumentRef order) {
        return evidence.all("breach", order, Kind.BREACH);
    }

    private static void nextNight() {
        ClockUtil.offset(
                ClockUtil.getCurrentTime().getTime() + Duration.ofHours(25).toMillis() - System.currentTimeMillis());
    }
}
