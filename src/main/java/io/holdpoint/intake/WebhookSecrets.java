package io.holdpoint.intake;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * The secrets in the path of Odoo's webhooks. Where none is configured one is made up at start, which nobody outside
 * this process knows.
 */
@Component
public class WebhookSecrets {

    private static final int RANDOM_BYTES = 24;

    private final List<String> secrets;

    WebhookSecrets(IntakeProperties properties) {
        var configured = properties.webhookSecrets().stream()
                .filter(secret -> !secret.isBlank())
                .toList();
        this.secrets = configured.isEmpty() ? List.of(random()) : configured;
    }

    /** The one to use for new webhooks. */
    public String current() {
        return secrets.get(0);
    }

    boolean accept(String secret) {
        return contains(secrets, secret);
    }

    /** Compares with each, in time that does not tell how much was right. */
    static boolean contains(List<String> secrets, String given) {
        var found = false;
        for (var secret : secrets) {
            found |= !secret.isBlank()
                    && MessageDigest.isEqual(
                            secret.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
        }
        return found;
    }

    private static String random() {
        var bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
