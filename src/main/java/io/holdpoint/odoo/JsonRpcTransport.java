package io.holdpoint.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Odoo's protocol of all series, {@code POST /jsonrpc}, with an API key or a password. Logs in once and keeps the user
 * id.
 */
final class JsonRpcTransport {

    /** Methods of a record that also make sense on none; all others that are called without ids belong to the model. */
    private static final Set<String> ON_NO_RECORD = Set.of("onchange", "default_get");

    private final OdooHttp http;
    private final String database;
    private final String login;
    private final AtomicLong requests = new AtomicLong();
    private volatile @Nullable Long uid;

    JsonRpcTransport(OdooHttp http, String database, String login) {
        this.http = http;
        this.database = database;
        this.login = login;
    }

    /** @param credential an API key or the password */
    JsonNode call(OdooCall call, Secret credential) {
        var named = new LinkedHashMap<String, Object>(call.arguments());
        if (!call.context().isEmpty()) {
            named.put("context", call.context());
        }
        var positional = new ArrayList<Object>();
        if (call.method().equals("create")) {
            // Odoo looks at the type of the first argument to see how many records are to be created.
            positional.add(named.remove("vals_list"));
        } else if (!call.ids().isEmpty() || ON_NO_RECORD.contains(call.method())) {
            positional.add(call.ids());
        }
        return service(
                "object",
                "execute_kw",
                database,
                uid(credential),
                credential.reveal(),
                call.model(),
                call.method(),
                positional,
                named);
    }

    private long uid(Secret credential) {
        var known = uid;
        if (known == null) {
            var answer = service("common", "authenticate", database, login, credential.reveal(), Map.of());
            if (!answer.isIntegralNumber()) {
                throw new WrongCredentials();
            }
            known = answer.asLong();
            uid = known;
        }
        return known;
    }

    private JsonNode service(String service, String method, Object... arguments) {
        var answer = http.post(
                "/jsonrpc",
                Map.of(),
                Map.of(
                        "jsonrpc",
                        "2.0",
                        "method",
                        "call",
                        "id",
                        requests.incrementAndGet(),
                        "params",
                        Map.of("service", service, "method", method, "args", List.of(arguments))));
        var json = answer.json();
        if (json.has("error")) {
            throw OdooErrors.of(json.path("error").path("data"), answer.status());
        }
        if (!json.has("jsonrpc")) {
            throw OdooErrors.byStatus(answer.status(), "");
        }
        return json.has("result") ? json.get("result") : NullNode.getInstance();
    }
}
