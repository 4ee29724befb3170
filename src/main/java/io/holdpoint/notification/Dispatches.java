package io.holdpoint.notification;

import io.holdpoint.evidence.Moments;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What waits to be sent to whom. Whoever claims something has it alone for a while, on whichever node. */
@Component
class Dispatches {

    /** Longer than sending may take. A node that dies leaves what it had to the others then. */
    private static final Duration LEASE = Duration.ofMinutes(5);

    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(30);
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    /** What could not be sent for so long helps nobody any more. */
    private static final Duration PATIENCE = Duration.ofDays(3);

    /** Of what was told longer ago than this, no mail says that it still waits. */
    private static final Duration REMEMBERED = Duration.ofDays(60);

    private static final int ANSWER_LENGTH = 2000;

    private final JdbcClient jdbc;
    private final Clock clock;

    Dispatches(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    enum State {
        WAITING,
        SENT,
        /** what it tells of was over before it was sent */
        OVER,
        GIVEN_UP
    }

    record Delivery(long id, long notification, String body, int attempts) {}

    /**
     * What goes to a person in one mail.
     *
     * @param id the same each time it is tried
     * @param attempts how often it was tried in vain
     */
    record Bundle(String id, String person, List<Delivery> deliveries, int attempts) {}

    void mail(long notification, String person, Instant due) {
        add(notification, Channels.MAIL, person, null, due);
        var known = jdbc.sql("""
                                update hp_mailbox
                                set due_at = case when due_at is null or due_at > :due then :due else due_at end
                                where person = :person
                                """)
                .param("due", Moments.sql(due))
                .param("person", person)
                .update();
        if (known == 0) {
            jdbc.sql("insert into hp_mailbox (person, due_at) values (:person, :due)")
                    .param("person", person)
                    .param("due", Moments.sql(due))
                    .update();
        }
    }

    void webhook(long notification, String subscriber, String body) {
        add(notification, Channels.WEBHOOK, subscriber, body, clock.instant());
    }

    private void add(long notification, String channel, String recipient, @Nullable String body, Instant due) {
        jdbc.sql("""
                        insert into hp_delivery (notification_id, channel, recipient, body, state, due_at, created_at)
                        values (:notification, :channel, :recipient, :body, 'WAITING', :due, :now)
                        """)
                .param("notification", notification)
                .param("channel", channel)
                .param("recipient", recipient)
                .param("body", body)
                .param("due", Moments.sql(due))
                .param("now", Moments.sql(clock.instant()))
                .update();
    }

    /** When this person was last written to. */
    Optional<Instant> mailed(String person) {
        return jdbc.sql("select mailed_at from hp_mailbox where person = :person and mailed_at is not null")
                .param("person", person)
                .query(OffsetDateTime.class)
                .optional()
                .map(OffsetDateTime::toInstant);
    }

    /**
     * Takes the mail that is due for longest, with all that waits for the same person: whoever is written to anyway
     * hears everything. What was tried before is tried again as it was.
     */
    @Transactional
    public Optional<Bundle> claimMail() {
        var now = clock.instant();
        var person =
                jdbc.sql("""
                        select person from hp_mailbox
                        where due_at <= :now and (leased_until is null or leased_until <= :now)
                        order by due_at fetch first 1 rows only for update skip locked
                        """).param("now", Moments.sql(now)).query(String.class).optional();
        return person.map(claimed -> {
            jdbc.sql("update hp_mailbox set leased_until = :until where person = :person")
                    .param("until", Moments.sql(now.plus(LEASE)))
                    .param("person", claimed)
                    .update();
            return bundle(claimed);
        });
    }

    private Bundle bundle(String person) {
        var letter = jdbc.sql("""
                        select letter from hp_delivery
                        where channel = 'MAIL' and state = 'WAITING' and recipient = :person and letter is not null
                        order by id fetch first 1 rows only
                        """)
                .param("person", person)
                .query(String.class)
                .optional()
                .orElseGet(() -> {
                    var id = UUID.randomUUID().toString();
                    jdbc.sql("""
                                    update hp_delivery set letter = :letter
                                    where channel = 'MAIL' and state = 'WAITING' and recipient = :person
                                    """).param("letter", id).param("person", person).update();
                    return id;
                });
        var deliveries = jdbc.sql("""
                        select * from hp_delivery
                        where channel = 'MAIL' and state = 'WAITING' and recipient = :person and letter = :letter order by id
                        """)
                .param("person", person)
                .param("letter", letter)
                .query((row, number) -> delivery(row))
                .list();
        return new Bundle(
                letter,
                person,
                deliveries,
                deliveries.stream().mapToInt(Delivery::attempts).max().orElse(0));
    }

    /** Notes that a claimed mail went out. */
    @Transactional
    public void mailed(Bundle bundle) {
        finish(bundle, State.SENT, null);
        jdbc.sql("update hp_mailbox set mailed_at = :now where person = :person")
                .param("now", Moments.sql(clock.instant()))
                .param("person", bundle.person())
                .update();
        next(bundle.person());
    }

    /** Notes that a claimed mail will never go out. */
    @Transactional
    public void dropped(Bundle bundle, State state, String why) {
        finish(bundle, state, why);
        next(bundle.person());
    }

    private void finish(Bundle bundle, State state, @Nullable String answer) {
        bundle.deliveries().forEach(delivery -> finish(delivery, state, answer));
    }

    void finish(Delivery delivery, State state, @Nullable String answer) {
        jdbc.sql("""
                        update hp_delivery set state = :state, finished_at = :now, answer = :answer
                        where id = :id and state = 'WAITING'
                        """)
                .param("state", state.name())
                .param("now", Moments.sql(clock.instant()))
                .param("answer", shortened(answer))
                .param("id", delivery.id())
                .update();
    }

    /** Gives the mailbox back. The lock comes first, so that what is added meanwhile is seen. */
    private void next(String person) {
        jdbc.sql("select person from hp_mailbox where person = :person for update")
                .param("person", person)
                .query(String.class)
                .single();
        jdbc.sql("""
                        update hp_mailbox set leased_until = null, due_at = (select min(due_at) from hp_delivery
                            where channel = 'MAIL' and state = 'WAITING' and recipient = :person)
                        where person = :person
                        """).param("person", person).update();
    }

    /** Leaves a claimed mail for later. */
    @Transactional
    public void mailLater(Bundle bundle, String why) {
        bundle.deliveries().forEach(delivery -> later(delivery, why));
        jdbc.sql("update hp_mailbox set leased_until = :at where person = :person")
                .param("at", Moments.sql(clock.instant().plus(wait(bundle.attempts()))))
                .param("person", bundle.person())
                .update();
    }

    /** Takes what this subscriber is to be told next. */
    @Transactional
    public Optional<Delivery> claimWebhook(String subscriber) {
        var now = clock.instant();
        var delivery = jdbc.sql("""
                        select * from hp_delivery
                        where channel = 'WEBHOOK' and state = 'WAITING' and recipient = :subscriber and due_at <= :now
                        order by due_at, id fetch first 1 rows only for update skip locked
                        """)
                .param("subscriber", subscriber)
                .param("now", Moments.sql(now))
                .query((row, number) -> delivery(row))
                .optional();
        delivery.ifPresent(claimed -> due(claimed, now.plus(LEASE)));
        return delivery;
    }

    /** Leaves something for later. */
    @Transactional
    public void later(Delivery delivery, String why) {
        due(delivery, clock.instant().plus(wait(delivery.attempts())));
        jdbc.sql("update hp_delivery set attempts = attempts + 1, answer = :why where id = :id")
                .param("why", shortened(why))
                .param("id", delivery.id())
                .update();
    }

    /** Takes something out of a claimed mail; it goes out with a later one. */
    void holdBack(Delivery delivery, Instant due) {
        jdbc.sql("""
                        update hp_delivery set letter = null, attempts = 0, due_at = :due
                        where id = :id and state = 'WAITING'
                        """).param("due", Moments.sql(due)).param("id", delivery.id()).update();
    }

    private void due(Delivery delivery, Instant moment) {
        jdbc.sql("update hp_delivery set due_at = :at where id = :id")
                .param("at", Moments.sql(moment))
                .param("id", delivery.id())
                .update();
    }

    /** Doubled with each attempt. */
    static Duration wait(int attempts) {
        var doubled = SHORTEST_WAIT.multipliedBy(1L << Math.min(attempts, 10));
        return doubled.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : doubled;
    }

    /** Ends what was tried for days, and what a subscriber should get whom nobody knows any more; says how much. */
    int giveUp() {
        return jdbc.sql("""
                        update hp_delivery set state = 'GIVEN_UP', finished_at = :now
                        where state = 'WAITING' and created_at < :before and (attempts > 0 or channel = 'WEBHOOK')
                        """)
                .param("now", Moments.sql(clock.instant()))
                .param("before", Moments.sql(clock.instant().minus(PATIENCE)))
                .update();
    }

    /** The tasks of which this person was told by mail; they may be done by now. */
    List<String> tasksTold(String person) {
        return jdbc.sql("""
                        select distinct n.task_id from hp_delivery d join hp_notification n on n.id = d.notification_id
                        where d.channel = 'MAIL' and d.state = 'SENT' and d.recipient = :person
                            and d.finished_at > :since and n.task_id is not null
                        """)
                .param("person", person)
                .param("since", Moments.sql(clock.instant().minus(REMEMBERED)))
                .query(String.class)
                .list();
    }

    private static Delivery delivery(ResultSet row) throws SQLException {
        var body = row.getString("body");
        return new Delivery(
                row.getLong("id"), row.getLong("notification_id"), body == null ? "" : body, row.getInt("attempts"));
    }

    private static @Nullable String shortened(@Nullable String text) {
        return text == null || text.length() <= ANSWER_LENGTH ? text : text.substring(0, ANSWER_LENGTH);
    }
}
