package io.holdpoint.intake;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/** Whether an event comes from somebody who knows a secret: sent as a bearer token, or as a signature over the body. */
@Component
public class EventSignature {

    /** In which a signature stands, ours and that of others. */
    public static final String HEADER = "Holdpoint-Signature";

    private static final Pattern SIGNATURE = Pattern.compile("t=([0-9]{1,12}),v1=([0-9a-f]{64})");
    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final String BEARER = "Bearer ";

    private final List<String> secrets;
    private final Clock clock;

    EventSignature(IntakeProperties properties, Clock clock) {
        this.secrets = properties.eventSecrets();
        this.clock = clock;
    }

    public boolean accepts(HttpServletRequest request, String body) {
        var authorization = request.getHeader("Authorization");
        if (authorization != null && authorization.startsWith(BEARER)) {
            return WebhookSecrets.contains(secrets, authorization.substring(BEARER.length()));
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
        var expected = secrets.stream()
                .filter(secret -> !secret.isBlank())
                .map(secret -> hmac(secret, signature.group(1) + "." + body))
                .toList();
        return WebhookSecrets.contains(expected, signature.group(2));
    }

    /** What a sender who knows this secret puts into {@link #HEADER}. */
    public static String sign(String secret, Instant moment, String body) {
        var signedAt = moment.getEpochSecond();
        return "t=" + signedAt + ",v1=" + hmac(secret, signedAt + "." + body);
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
