package io.holdpoint.odoo;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How to reach Odoo. In the environment: {@code ODOO_URL}, {@code ODOO_DB}, {@code ODOO_LOGIN}, {@code ODOO_API_KEY} or
 * {@code ODOO_PASSWORD}.
 *
 * @param url where Odoo is, for example {@code https://odoo.example.com}; absent: the demo Odoo is used
 * @param db the database; needed for JSON-RPC, and for JSON-2 when the server has several
 * @param login of the technical user; needed for JSON-RPC
 * @param apiKey of the technical user; goes before the password
 * @param parallelCalls how many calls may be under way at once; Odoo loses calls when there are too many
 * @param readTimeout how long Odoo may take to answer; it retries conflicts itself for up to half a minute
 */
@ConfigurationProperties("odoo")
public record OdooProperties(
        @Nullable URI url,
        @Nullable String db,
        @Nullable String login,
        @Nullable Secret apiKey,
        @Nullable Secret password,
        @DefaultValue("8") int parallelCalls,
        @DefaultValue("PT5S") Duration connectTimeout,
        @DefaultValue("PT60S") Duration readTimeout,
        @DefaultValue("auto") Transport transport) {

    /** Which of Odoo's protocols to speak. */
    public enum Transport {
        /** JSON-2 where Odoo has it (19 and later) and there is an API key, otherwise JSON-RPC. */
        AUTO,
        JSONRPC,
        JSON2
    }

    /** A variable that is set but empty counts as absent. */
    public OdooProperties {
        url = url == null || url.toString().isBlank() ? null : url;
        if (url != null && (url.getHost() == null || url.getUserInfo() != null)) {
            // What was given is not repeated: it may hold a password.
            throw new IllegalArgumentException(
                    "odoo.url is an address such as https://odoo.example.com, without a user or password in it.");
        }
        db = blankToNull(db);
        login = blankToNull(login);
        apiKey = apiKey == null || apiKey.isEmpty() ? null : apiKey;
        password = password == null || password.isEmpty() ? null : password;
        if (parallelCalls < 1) {
            throw new IllegalArgumentException("odoo.parallel-calls is at least 1, but was " + parallelCalls + ".");
        }
    }

    /** The same with this key and no other credential. */
    OdooProperties withKey(Secret key) {
        return new OdooProperties(url, db, login, key, null, parallelCalls, connectTimeout, readTimeout, transport);
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
