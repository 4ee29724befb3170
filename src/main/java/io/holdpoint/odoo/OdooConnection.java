package io.holdpoint.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The connection to a real Odoo. Asks for its version at the first call, so that Holdpoint starts and waits while Odoo
 * is down.
 */
final class OdooConnection implements OdooTransport {

    private final OdooProperties properties;
    private final Credentials credentials;
    private final OdooHttp http;
    private final Json2Transport json2;
    private volatile @Nullable JsonRpcTransport jsonRpc;
    private volatile @Nullable OdooProfile profile;

    /** @throws RefusedSetting when there is no URL */
    OdooConnection(OdooProperties properties, Credentials credentials) {
        if (properties.url() == null) {
            throw new RefusedSetting("ODOO_URL", "set it to the address of Odoo.");
        }
        this.properties = properties;
        this.credentials = credentials;
        this.http = new OdooHttp(properties.url(), properties.connectTimeout(), properties.readTimeout());
        this.json2 = new Json2Transport(http, properties.db());
    }

    @Override
    public JsonNode call(OdooCall call) {
        if (speaksJson2()) {
            return credentials.use(key -> json2.call(call, key));
        }
        var transport = jsonRpc();
        return credentials.use(credential -> transport.call(call, credential));
    }

    @Override
    public String serverVersion() {
        return version(http);
    }

    private boolean speaksJson2() {
        var hasKey = !credentials.keys().isEmpty();
        return switch (properties.transport()) {
            case AUTO -> profile().series() >= 19 && hasKey;
            case JSON2 -> {
                if (!hasKey) {
                    throw new OdooContract("Set ODOO_API_KEY to an API key of the technical user.");
                }
                yield true;
            }
            case JSONRPC -> false;
        };
    }

    private OdooProfile profile() {
        var known = profile;
        if (known == null) {
            known = OdooProfile.of(serverVersion());
            profile = known;
        }
        return known;
    }

    private JsonRpcTransport jsonRpc() {
        var known = jsonRpc;
        if (known == null) {
            known = new JsonRpcTransport(
                    http,
                    required(properties.db(), "ODOO_DB to the name of Odoo's database"),
                    required(properties.login(), "ODOO_LOGIN to the login of the technical user"));
            jsonRpc = known;
        }
        return known;
    }

    private static String required(@Nullable String value, String what) {
        if (value == null) {
            throw new OdooContract("Set " + what + ".");
        }
        return value;
    }

    /**
     * Asked without credentials: of {@code /web/version} since Odoo 19, and of JSON-RPC, which later series will not
     * have.
     */
    static String version(OdooHttp http) {
        var page = http.get("/web/version");
        if (page.status() == 200 && page.json().has("version")) {
            return page.json().path("version").asText();
        }
        var rpc = http.post(
                "/jsonrpc",
                Map.of(),
                Map.of(
                        "jsonrpc",
                        "2.0",
                        "method",
                        "call",
                        "params",
                        Map.of("service", "common", "method", "version", "args", List.of())));
        var version = rpc.json().path("result").path("server_version").asText("");
        if (version.isEmpty()) {
            throw rpc.status() == 200
                    ? new OdooUnavailable(
                            "What answers is no Odoo. It is being worked on, or ODOO_URL is not its address.")
                    : OdooErrors.byStatus(rpc.status(), "");
        }
        return version;
    }
}
