package io.holdpoint.notification;

import io.holdpoint.odoo.Secret;
import io.holdpoint.odoo.SecretFiles;
import jakarta.mail.internet.MimeMessage;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.mail.MailAuthenticationException;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.stereotype.Component;

/**
 * The mail server that {@code spring.mail} names. The password is looked up for each mail; where the server refuses it,
 * the one before is tried, so that it does not matter whether server or file is changed first.
 */
@Component
class MailServer {

    private static final String PASSWORD = "mail-password";

    private final JavaMailSenderImpl settings;
    private final SecretFiles files;

    MailServer(JavaMailSenderImpl settings, SecretFiles files) {
        this.settings = settings;
        this.files = files;
    }

    MimeMessage createMessage() {
        return settings.createMimeMessage();
    }

    /** @throws org.springframework.mail.MailException when the server cannot be reached or says no */
    void send(MimeMessage message) {
        var passwords = passwords();
        for (var tried = 0; ; tried++) {
            try {
                sender(passwords.get(tried)).send(message);
                if (tried == 1) {
                    files.usedBefore(PASSWORD);
                }
                return;
            } catch (MailAuthenticationException refused) {
                if (tried == passwords.size() - 1) {
                    throw refused;
                }
            }
        }
    }

    /** In the order in which they are tried. */
    private List<String> passwords() {
        var configured = Secret.of(Objects.requireNonNullElse(settings.getPassword(), ""));
        var valid = files.valid(PASSWORD, List.of(configured));
        // The server may have changed over while the one before was tried.
        return Stream.concat(valid.stream(), valid.stream().limit(valid.size() - 1))
                .map(Secret::reveal)
                .toList();
    }

    /** One of its own for each mail: others may be under way with another password. */
    private JavaMailSenderImpl sender(String password) {
        var sender = new JavaMailSenderImpl();
        sender.setSession(settings.getSession());
        sender.setProtocol(settings.getProtocol());
        sender.setHost(settings.getHost());
        sender.setPort(settings.getPort());
        sender.setUsername(settings.getUsername());
        sender.setPassword(password);
        return sender;
    }
}
