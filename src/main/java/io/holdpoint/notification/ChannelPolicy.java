package io.holdpoint.notification;

import io.holdpoint.engine.DecisionTables;
import io.holdpoint.engine.Unretryable;
import io.holdpoint.engine.calendar.WorkingTime;
import io.holdpoint.notification.OpenActivities.Whom;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the table {@code notification.channel} says about who hears of what over which channel. */
@Component
class ChannelPolicy {

    static final String TABLE = "notification.channel";

    private final DecisionTables tables;

    ChannelPolicy(DecisionTables tables) {
        this.tables = tables;
    }

    /**
     * One answer of the table; where it has none, nobody hears of it.
     *
     * @param mail now, digest or none
     * @param gather for how long a mail waits for more to go with it, ISO 8601
     * @param every how much working time lies between a digest and the mail before it, at least; ISO 8601
     * @param activity who has an activity in Odoo
     */
    record Answer(String mail, String gather, String every, boolean webhook, Whom activity) {

        boolean isMailed() {
            return !mail.equals("none");
        }

        /**
         * When a mail about it is due.
         *
         * @param calendar by which the digest waits for people to be at work
         * @param mailed when the person was last written to
         */
        Instant due(Instant now, WorkingTime calendar, @Nullable Instant mailed) {
            var gathered = now.plus(duration(gather));
            if (!mail.equals("digest")) {
                return gathered;
            }
            var opening = calendar.next(gathered);
            if (mailed == null) {
                return opening;
            }
            try {
                var next = calendar.after(mailed, every);
                return next.isAfter(opening) ? next : opening;
            } catch (IllegalArgumentException e) {
                throw unreadable("every", every, e);
            }
        }

        private static Duration duration(String gather) {
            try {
                return Duration.parse(gather);
            } catch (DateTimeParseException e) {
                throw unreadable("gather", gather, e);
            }
        }
    }

    /** @throws Unretryable naming what cannot be read */
    Answer of(Happening.What what, @Nullable String workflow, @Nullable String role, @Nullable String severity) {
        var inputs = new LinkedHashMap<String, @Nullable Object>();
        inputs.put("event", what.inTables());
        inputs.put("workflow", workflow);
        inputs.put("role", role);
        inputs.put("severity", severity);
        var answers = tables.evaluate(TABLE, inputs).answers();
        if (answers.isEmpty()) {
            return new Answer("none", "PT0S", "", false, Whom.NOBODY);
        }
        var row = answers.get(0).outputs();
        return new Answer(
                mail(row),
                text(row, "gather"),
                text(row, "every"),
                Boolean.TRUE.equals(row.get("webhook")),
                activity(row));
    }

    /** Tables that are older than activities have no such column. */
    private static Whom activity(Map<String, @Nullable Object> row) {
        var activity = text(row, "activity");
        return switch (activity) {
            case "person" -> Whom.PERSON;
            case "requester" -> Whom.REQUESTER;
            case "none", "" -> Whom.NOBODY;
            default ->
                throw new Unretryable("The column 'activity' of the table " + TABLE + " says '" + activity
                        + "'. Write \"person\", \"requester\" or \"none\" and deploy the table.");
        };
    }

    private static String mail(Map<String, @Nullable Object> row) {
        var mail = text(row, "mail");
        return switch (mail) {
            case "now", "digest", "none" -> mail;
            default ->
                throw new Unretryable("The column 'mail' of the table " + TABLE + " says '" + mail
                        + "'. Write \"now\", \"digest\" or \"none\" and deploy the table.");
        };
    }

    private static String text(Map<String, @Nullable Object> row, String column) {
        var value = row.get(column);
        return value == null ? "" : value.toString();
    }

    private static Unretryable unreadable(String column, String value, Exception cause) {
        return new Unretryable(
                "The column '" + column + "' of the table " + TABLE + " says '" + value
                        + "'. Write an ISO 8601 duration, for example PT15M, and deploy the table.",
                cause);
    }
}
