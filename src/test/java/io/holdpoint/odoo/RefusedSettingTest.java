package io.holdpoint.odoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;

@ExtendWith(OutputCaptureExtension.class)
class RefusedSettingTest {

    /** As wherever a setting is found wrong: while something that needs it is made. */
    static class WrongSetting {

        @Bean
        String needsIt() {
            throw new RefusedSetting("holdpoint.example", "say which one.");
        }
    }

    @Test
    void a_start_that_fails_by_a_setting_says_which_and_what_to_do_and_no_stack_trace(CapturedOutput output) {
        var start = new SpringApplicationBuilder(WrongSetting.class).web(WebApplicationType.NONE);

        assertThatThrownBy(start::run).hasRootCauseInstanceOf(RefusedSetting.class);

        assertThat(output.getAll())
                .contains("APPLICATION FAILED TO START")
                .contains("Description:", "holdpoint.example: say which one.")
                .contains("Action:", "Correct this setting and start again.")
                .doesNotContain("\tat ");
    }
}
