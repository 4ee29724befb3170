package io.holdpoint.intake;

import io.holdpoint.odoo.Secret;
import io.holdpoint.odoo.SecretFiles;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/** Whether an event comes from somebody who knows a secret: sent as a bearer token, or as a signature over the body. */
@Component
public class EventSignature {

    /** In which a signature stands, ours and that of others. */
    public static final String HEADER = "Holdpoint-Signature";

    private static final Pattern SIGNATURE =
            Pattern.compile("t=([0-9]{1,12}),v1=([0-9a-f]{64})(?:,v1=([0-9a-f]{64}))?");
    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final String BEARER = "Bearer ";

    private static final String NAME = "event-secret";

    private final List<Secret> configured;
    private final SecretFiles files;
    private final Clock clock;

    EventSignature(IntakeProperties properties, SecretFiles files, Clock clock) {
        this.configured = properties.eventSecrets();
        this.files = files;
        this.clock = clock;
    }

    public boolean accepts(HttpServletRequest request, String body) {
        var authorization = request.getHeader("Authorization");
        if (authorization != null && authorization.startsWith(BEARER)) {
            var expected = valid().stream().map(Secret::reveal).toList();
            return WebhookSecrets.accept(files, NAME, expected, authorization.substring(BEARER.length()));
        }
        var header = request.getHeader(HEADER);
        var signature = SIGNATURE.matcher(header == null ? "" : header);
        if (!signature.matches()) {
            return false;
        }
        var signedAt = Instant.ofEpochSecond(Long.parseLong(signature.group(1)));
        if (Duration.between(signedAt, clock.instant()).abs().compareTo(FRESH) > 0) {
            return false;
        }
        var expected = valid().stream()
                .map(secret -> hmac(secret.reveal(), signature.group(1) + "." + body))
                .toList();
        // A sender that changes over signs with both of its secrets; either will do.
        return Stream.of(signature.group(2), signature.group(3))
                .filter(Objects::nonNull)
                .anyMatch(given -> WebhookSecrets.accept(files, NAME, expected, given));
    }

    private List<Secret> valid() {
        return files.valid(NAME, configured);
    }

    /**
     * What a sender puts into {@link #HEADER}: one signature for each secret that is valid, so that whoever listens can
     * go over from one to the other whenever it likes.
     */
    public static String sign(List<Secret> secrets, Instant moment, String body) {
        var signedAt = moment.getEpochSecond();
        return secrets.stream()
                .map(secret -> ",v1=" + hmac(secret.reveal(), signedAt + "." + body))
                .collect(Collectors.joining("", "t=" + signedAt, ""));
    }

    static String hmac(String secret, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
