package io.holdpoint.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.holdpoint.intake.OverHttp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;

/** Everybody tries what they may not: refused in words, without effect, and on record. */
@OverHttp
@ExtendWith(OutputCaptureExtension.class)
class AttackTest {

    @Autowired
    ApplicationContext context;

    private World world;

    @BeforeEach
    void build() {
        world = new World(context);
    }

    @AfterEach
    void end() {
        world.end();
    }

    @Test
    void every_attempt_is_refused_in_words_without_effect_on_record_and_no_secret_in_the_log(CapturedOutput log) {
        assertThat(Attacks.all()).hasSizeGreaterThanOrEqualTo(60);
        var findings = new StringBuilder();
        // The start of the demo tells its password on purpose.
        var begins = log.getAll().length();
        for (var attack : Attacks.all()) {
            try {
                judge(attack);
            } catch (AssertionError e) {
                findings.append("\n- ")
                        .append(attack)
                        .append(": ")
                        .append(e.getMessage().strip().replace("\n", " "));
            }
        }
        // Right ones too: what is accepted is logged no more than what is refused.
        world.hint();
        var logged = log.getAll().substring(begins);
        for (var secret : world.secrets()) {
            if (logged.contains(secret)) {
                findings.append("\n- a secret stands in the log: ").append(secret);
            }
        }
        if (findings.length() > 0) {
            fail("These attempts were not refused as they should be:" + findings);
        }
    }

    private void judge(Attack attack) {
        var before = world.state();
        var onRecord = world.onRecord();

        var tried = attack.attempt().apply(world);

        // A web application answers 500 to what a guard refuses; its own script shows the words that are meant.
        assertThat(tried.status()).as(tried.words()).isIn(0, 400, 401, 403, 404, 500);
        if (attack.isAnsweredInWords()) {
            assertThat(tried.words())
                    .isNotBlank()
                    .contains(attack.says())
                    .doesNotContain("org.camunda", "io.holdpoint", "java.", "\tat ", "NullPointer");
        }
        assertThat(world.state()).isEqualTo(before);
        if (attack.leavesALine()) {
            assertThat(world.onRecord()).as("attempts on record").isGreaterThan(onRecord);
            assertThat(world.lastWords())
                    .isNotBlank()
                    .doesNotContain("org.camunda", "io.holdpoint", "java.", "\tat ", "NullPointer");
        }
    }
}
