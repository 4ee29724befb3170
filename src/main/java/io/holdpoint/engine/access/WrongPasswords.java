package io.holdpoint.engine.access;

import io.holdpoint.engine.Apart;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.springframework.context.annotation.Profile;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Makes guessing slow and then useless for people of a directory, as the engine does for users of its own: after each
 * wrong password the login answers nobody for 3 seconds and twice as long each time, at most a minute; the tenth locks
 * it until an administrator opens it.
 */
@Component
@Profile("ldap")
class WrongPasswords {

    private static final int MOST = 10;
    private static final Duration FIRST = Duration.ofSeconds(3);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final JdbcClient jdbc;
    private final Apart apart;
    private final Clock clock;

    WrongPasswords(JdbcClient jdbc, Apart apart, Clock clock) {
        this.jdbc = jdbc;
        this.apart = apart;
        this.clock = clock;
    }

    boolean isLocked(String login) {
        return jdbc.sql("""
                        select count(*) from hp_wrong_password
                        where login = :login and (attempts >= :most or locked_until > :now)""")
                        .param("login", login)
                        .param("most", MOST)
                        .param("now", now())
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /** Stays, whatever becomes of the call that brought it. */
    void count(String login) {
        try {
            apart.inOwnTransaction(() -> countUp(login));
        } catch (DuplicateKeyException meanwhile) {
            apart.inOwnTransaction(() -> countUp(login));
        }
    }

    private void countUp(String login) {
        var before = jdbc.sql("select attempts from hp_wrong_password where login = :login for update")
                .param("login", login)
                .query(Integer.class)
                .optional()
                .orElse(0);
        jdbc.sql(
                        before == 0
                                ? "insert into hp_wrong_password (login, attempts, locked_until)"
                                        + " values (:login, :attempts, :until)"
                                : "update hp_wrong_password set attempts = :attempts, locked_until = :until"
                                        + " where login = :login")
                .param("login", login)
                .param("attempts", before + 1)
                .param("until", now().plus(wait(before)))
                .update();
    }

    /** @return whether there was something to forget */
    boolean forget(String login) {
        return jdbc.sql("delete from hp_wrong_password where login = :login")
                        .param("login", login)
                        .update()
                > 0;
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    /** @param before how many wrong ones there were */
    private static Duration wait(int before) {
        var doubled = FIRST.multipliedBy(1L << Math.min(before, MOST));
        return doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
    }
}
