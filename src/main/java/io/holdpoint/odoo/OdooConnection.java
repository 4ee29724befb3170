package io.holdpoint.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The connection to a real Odoo. Chooses the protocol at the first call, so that Holdpoint starts and waits while Odoo
 * is down.
 */
final class OdooConnection implements OdooTransport {

    private final OdooProperties properties;
    private final OdooHttp http;
    private volatile @Nullable OdooTransport chosen;

    /** @throws IllegalArgumentException when there is no URL */
    OdooConnection(OdooProperties properties) {
        if (properties.url() == null) {
            throw new IllegalArgumentException("Set ODOO_URL to the address of Odoo.");
        }
        this.properties = properties;
        this.http = new OdooHttp(properties.url(), properties.connectTimeout(), properties.readTimeout());
    }

    @Override
    public JsonNode call(OdooCall call) {
        return transport().call(call);
    }

    @Override
    public String serverVersion() {
        return version(http);
    }

    private OdooTransport transport() {
        var known = chosen;
        if (known == null) {
            known = choose(OdooProfile.of(serverVersion()));
            chosen = known;
        }
        return known;
    }

    private OdooTransport choose(OdooProfile profile) {
        boolean json2 = switch (properties.transport()) {
            case AUTO -> profile.series() >= 19 && properties.apiKey() != null;
            case JSON2 -> true;
            case JSONRPC -> false;
        };
        if (json2) {
            return new Json2Transport(
                    http,
                    properties.db(),
                    required(properties.apiKey(), "ODOO_API_KEY to an API key of the technical user"));
        }
        return new JsonRpcTransport(
                http,
                required(properties.db(), "ODOO_DB to the name of Odoo's database"),
                required(properties.login(), "ODOO_LOGIN to the login of the technical user"),
                required(properties.credential(), "ODOO_API_KEY (or ODOO_PASSWORD) to a key of the technical user"));
    }

    private static <T> T required(@Nullable T value, String what) {
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
