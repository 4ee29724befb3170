package io.holdpoint.notification;

import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.holdpoint.Story;
import jakarta.mail.internet.MimeMessage;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;

/** The post of a story: a real SMTP server, and what came there at which hour of the story. */
public final class Post implements AutoCloseable {

    private static final Pattern HEADING = Pattern.compile("(.+) \\(\\d+\\)");
    private static final Pattern PARTY = Pattern.compile("  (?:Customer|Vendor): (.+)");

    private final GreenMail server = new GreenMail(ServerSetup.SMTP.dynamicPort());
    private final List<Mail> mails = new ArrayList<>();
    private Distributor distributor;
    private MailRound round;
    private JdbcClient jdbc;

    /**
     * @param to the person, by login
     * @param parties whose documents it tells of, by the headings of the mail
     */
    public record Mail(Instant at, String to, String subject, Map<String, List<String>> parties, String text) {}

    public void open(DynamicPropertyRegistry settings) {
        server.start();
        settings.add("spring.mail.host", () -> "127.0.0.1");
        settings.add("spring.mail.port", () -> server.getSmtp().getPort());
        settings.add("spring.mail.properties.mail.smtp.auth", () -> "false");
        settings.add("spring.mail.properties.mail.smtp.starttls.required", () -> "false");
        settings.add("holdpoint.notification.public-url", () -> "https://holdpoint.example.com");
        settings.add("holdpoint.notification.from", () -> "holdpoint@nordlicht.example");
    }

    /** Nobody is told of what happened before. */
    public void begin(ApplicationContext context) {
        distributor = context.getBean(Distributor.class);
        round = context.getBean(MailRound.class);
        jdbc = context.getBean(JdbcClient.class);
        for (var table : List.of("hp_delivery", "hp_notification", "hp_mailbox")) {
            jdbc.sql("delete from " + table).update();
        }
    }

    /** Sends what is due now. */
    public void goOut() {
        distributor.run();
        round.run();
        for (var mail : server.getReceivedMessages()) {
            mails.add(read(mail));
        }
        try {
            server.purgeEmailFromAllMailboxes();
        } catch (FolderException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Mail read(MimeMessage mail) {
        try {
            var text = NotificationTest.part(mail, "text/plain").replace("\r\n", "\n");
            return new Mail(
                    Story.now(),
                    mail.getAllRecipients()[0].toString().replaceAll("@.*", ""),
                    mail.getSubject(),
                    parties(text),
                    text);
        } catch (Exception e) {
            throw new IllegalStateException("A mail that cannot be read", e);
        }
    }

    /** When the next mail is due. */
    public Optional<Instant> next() {
        return jdbc
                .sql("select due_at from hp_mailbox where due_at is not null order by due_at")
                .query(OffsetDateTime.class)
                .list()
                .stream()
                .findFirst()
                .map(OffsetDateTime::toInstant);
    }

    /** All that came, in the order in which it came. */
    public List<Mail> mails() {
        return List.copyOf(mails);
    }

    private static Map<String, List<String>> parties(String text) {
        var parties = new LinkedHashMap<String, List<String>>();
        var heading = "";
        for (var line : text.split("\n")) {
            var begins = HEADING.matcher(line);
            var names = PARTY.matcher(line);
            if (begins.matches() && !line.startsWith(" ") && !line.startsWith("*")) {
                heading = begins.group(1);
                parties.put(heading, new ArrayList<>());
            } else if (names.matches()) {
                parties.get(heading).add(names.group(1));
            }
        }
        return parties;
    }

    @Override
    public void close() {
        server.stop();
    }
}
