package io.holdpoint.intake;

import io.holdpoint.odoo.Secret;
import io.holdpoint.odoo.SecretFiles;
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

    private final List<Secret> configured;
    private final SecretFiles files;

    WebhookSecrets(IntakeProperties properties, SecretFiles files) {
        this.configured =
                properties.webhookSecrets().isEmpty() ? List.of(Secret.of(random())) : properties.webhookSecrets();
        this.files = files;
    }

    /** The one to use for new webhooks. */
    public String current() {
        return valid().get(0).reveal();
    }

    boolean accept(String given) {
        return accept(
                files, SecretFiles.WEBHOOK, valid().stream().map(Secret::reveal).toList(), given);
    }

    private List<Secret> valid() {
        return files.valid(SecretFiles.WEBHOOK, configured);
    }

    /**
     * Compares with each, in time that does not tell how much was right.
     *
     * @param valid what is expected of whoever knows the current secret, and of whoever knows the one before
     */
    static boolean accept(SecretFiles files, String name, List<String> valid, String given) {
        var found = -1;
        for (var i = valid.size() - 1; i >= 0; i--) {
            if (MessageDigest.isEqual(
                    valid.get(i).getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8))) {
                found = i;
            }
        }
        if (found > 0) {
            files.usedBefore(name);
        }
        return found >= 0;
    }

    private static String random() {
        var bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
