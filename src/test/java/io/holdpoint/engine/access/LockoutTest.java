package io.holdpoint.engine.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.engine.Http;
import io.holdpoint.engine.RunningApplication;
import java.time.Duration;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Who guesses passwords gets slower, then nowhere, and learns nothing. */
@RunningApplication
class LockoutTest {

    private static final String GUESSED = "guessed";
    private static final String PASSWORD = "Holdpoint-2";

    @LocalServerPort
    private int port;

    @Autowired
    private IdentityService identities;

    private long later;

    @BeforeEach
    void makeAUser() {
        var user = identities.newUser(GUESSED);
        user.setPassword(PASSWORD);
        identities.saveUser(user);
        identities.createMembership(GUESSED, Role.CREDIT_CONTROL.id());
    }

    @AfterEach
    void end() {
        ClockUtil.reset();
        identities.deleteUser(GUESSED);
    }

    @Test
    void the_tenth_wrong_password_locks_until_an_administrator_opens() {
        for (var guess = 1; guess <= 9; guess++) {
            assertThat(rest(GUESSED, "Wrong-" + guess).status()).isEqualTo(401);
            wait(Duration.ofMinutes(2));
        }
        assertThat(rest(GUESSED, "Wrong-10").status()).isEqualTo(401);
        wait(Duration.ofDays(30));

        assertThat(rest(GUESSED, PASSWORD).status()).isEqualTo(401);
        assertThat(page(GUESSED, PASSWORD).status()).isEqualTo(401);

        assertThat(Http.basic(port, "admin", FirstUsers.DEMO_PASSWORD)
                        .post("/engine-rest/user/" + GUESSED + "/unlock", "")
                        .status())
                .isEqualTo(204);
        assertThat(rest(GUESSED, PASSWORD).status()).isEqualTo(200);
    }

    @Test
    void nine_wrong_passwords_do_not_lock() {
        for (var guess = 1; guess <= 9; guess++) {
            rest(GUESSED, "Wrong-" + guess);
            wait(Duration.ofMinutes(2));
        }

        assertThat(rest(GUESSED, PASSWORD).status()).isEqualTo(200);
    }

    @Test
    void guesses_at_both_doors_are_counted_together() {
        for (var guess = 1; guess <= 5; guess++) {
            rest(GUESSED, "Wrong-" + guess);
            wait(Duration.ofMinutes(2));
            page(GUESSED, "Wrong-" + guess);
            wait(Duration.ofMinutes(2));
        }

        assertThat(rest(GUESSED, PASSWORD).status()).isEqualTo(401);
    }

    @Test
    void unknown_wrong_and_locked_get_the_same_answer() {
        var wrong = rest(GUESSED, "Wrong-1");
        var locked = rest(GUESSED, PASSWORD);
        var unknown = rest("nobody", PASSWORD);
        wait(Duration.ofMinutes(2));
        var wrongOnPage = page(GUESSED, "Wrong-2");
        var lockedOnPage = page(GUESSED, PASSWORD);
        var unknownOnPage = page("nobody", PASSWORD);

        assertThat(wrong.status()).isEqualTo(401);
        assertThat(locked.status()).isEqualTo(401);
        assertThat(unknown.status()).isEqualTo(401);
        assertThat(wrong.body()).isEqualTo(unknown.body()).isEqualTo(locked.body());
        assertThat(wrongOnPage.status()).isEqualTo(401);
        assertThat(lockedOnPage.status()).isEqualTo(401);
        assertThat(unknownOnPage.status()).isEqualTo(401);
        assertThat(words(wrongOnPage)).isEqualTo(words(unknownOnPage)).isEqualTo(words(lockedOnPage));
    }

    private Http.Answer rest(String user, String password) {
        return Http.basic(port, user, password).get("/engine-rest/task/count");
    }

    private static String words(Http.Answer answer) {
        return answer.body().replaceFirst("\"timestamp\":\"[^\"]*\"", "");
    }

    private Http.Answer page(String user, String password) {
        return Http.anonymous(port).logIn("tasklist", user, password);
    }

    private void wait(Duration time) {
        later += time.toMillis();
        ClockUtil.offset(later);
    }
}
