package io.holdpoint.notification;

import io.holdpoint.notification.Dispatches.Bundle;
import io.holdpoint.notification.Dispatches.State;
import jakarta.mail.MessagingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.IdentityService;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.stereotype.Component;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;
import org.thymeleaf.exceptions.TemplateEngineException;

/**
 * Sends the mails that are due, each to one person and outside of any transaction. A mail that went out while its node
 * died goes out again, under the same Message-ID.
 */
@Component
class MailRound {

    private static final Logger log = LoggerFactory.getLogger(MailRound.class);

    private static final int REFUSED_FOR_GOOD = 500;

    private final Dispatches dispatches;
    private final Absences absences;
    private final Letters letters;
    private final IdentityService identity;
    private final MailServer mail;
    private final ITemplateEngine templates;
    private final NotificationProperties properties;

    MailRound(
            Dispatches dispatches,
            Absences absences,
            Letters letters,
            IdentityService identity,
            MailServer mail,
            ITemplateEngine templates,
            NotificationProperties properties) {
        this.dispatches = dispatches;
        this.absences = absences;
        this.letters = letters;
        this.identity = identity;
        this.mail = mail;
        this.templates = templates;
        this.properties = properties;
    }

    void run() {
        var goesOn = true;
        while (goesOn) {
            var claimed = dispatches.claimMail().map(absences::withoutWhatOthersDo);
            goesOn = claimed.isPresent() && send(claimed.get());
        }
    }

    /** @return whether the server is there for more mails */
    private boolean send(Bundle bundle) {
        var person = identity.createUserQuery().userId(bundle.person()).singleResult();
        if (person == null || person.getEmail() == null || person.getEmail().isBlank()) {
            dispatches.dropped(bundle, State.GIVEN_UP, "no such user any more, or one without an e-mail address");
            return true;
        }
        var letter = letters.write(bundle, person);
        if (letter.isEmpty()) {
            dispatches.dropped(bundle, State.OVER, "nothing left to tell");
            return true;
        }
        try {
            send(letter.get(), person.getEmail(), bundle.id());
            dispatches.mailed(bundle);
            return true;
        } catch (MailException | MessagingException | TemplateEngineException e) {
            // What servers and the library say may quote the login; the kind of the failure and its code do not.
            var why = reason(e);
            if (refusesAddress(e)) {
                log.warn(
                        "The mail server refuses the address of {} for good ({}). Correct it in Admin.",
                        bundle.person(),
                        why);
                dispatches.dropped(bundle, State.GIVEN_UP, why);
                return true;
            }
            log.warn("A mail to {} could not be sent and is tried again later: {}", bundle.person(), why);
            dispatches.mailLater(bundle, why);
            return false;
        }
    }

    private void send(Letter letter, String address, String id) throws MessagingException {
        var message = mail.createMessage();
        var helper = new MimeMessageHelper(message, true, StandardCharsets.UTF_8.name());
        helper.setFrom(properties.from());
        helper.setTo(address);
        helper.setSubject(letter.subject());
        helper.setText(
                letter.text(),
                templates.process("notification/letter", new Context(Locale.ENGLISH, Map.of("letter", letter))));
        message.setHeader("Message-ID", "<" + id + "@" + domain() + ">");
        // So that nobody's absence note answers.
        message.setHeader("Auto-Submitted", "auto-generated");
        mail.send(message);
    }

    private String domain() {
        var domain = properties.from().replaceAll(".*@", "").replaceAll("[^A-Za-z0-9.-]", "");
        return domain.isEmpty() ? "holdpoint" : domain;
    }

    private static boolean refusesAddress(Exception failure) {
        return causes(failure)
                .anyMatch(cause -> cause instanceof SMTPAddressFailedException address
                        && address.getReturnCode() >= REFUSED_FOR_GOOD);
    }

    private static String reason(Exception failure) {
        return causes(failure)
                .map(cause -> cause instanceof SMTPAddressFailedException address
                        ? "answer " + address.getReturnCode()
                        : cause.getClass().getSimpleName())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    /** The failures that lie behind one, however the libraries chain them. */
    private static Stream<Throwable> causes(Exception failure) {
        var causes = new ArrayDeque<Throwable>(List.of(failure));
        var seen = new LinkedHashSet<Throwable>();
        while (!causes.isEmpty()) {
            var cause = causes.remove();
            if (!seen.add(cause)) {
                continue;
            }
            if (cause instanceof MailSendException sent) {
                causes.addAll(List.of(sent.getMessageExceptions()));
            }
            if (cause instanceof MessagingException chained && chained.getNextException() != null) {
                causes.add(chained.getNextException());
            }
            if (cause.getCause() != null) {
                causes.add(cause.getCause());
            }
        }
        return seen.stream();
    }
}
