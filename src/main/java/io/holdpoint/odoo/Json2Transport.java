package io.holdpoint.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/** Odoo's protocol since series 19, {@code POST /json/2/<model>/<method>}, with an API key. */
final class Json2Transport {

    private final OdooHttp http;
    private final @Nullable String database;

    /** @param database null when the server has one only */
    Json2Transport(OdooHttp http, @Nullable String database) {
        this.http = http;
        this.database = database;
    }

    JsonNode call(OdooCall call, Secret apiKey) {
        var headers = new HashMap<String, String>();
        headers.put("Authorization", "bearer " + apiKey.reveal());
        if (database != null) {
            headers.put("X-Odoo-Database", database);
        }
        var body = new LinkedHashMap<String, Object>(call.arguments());
        if (!call.ids().isEmpty()) {
            body.put("ids", call.ids());
        }
        if (!call.context().isEmpty()) {
            body.put("context", call.context());
        }
        var answer = http.post("/json/2/" + call.model() + "/" + call.method(), headers, body);
        var json = answer.json();
        if (answer.status() != 200) {
            throw json.has("name") ? OdooErrors.of(json, answer.status()) : OdooErrors.byStatus(answer.status(), "");
        }
        if (json.isMissingNode()) {
            // A page of somebody else, such as the login of a proxy. Odoo says null where it has nothing to say.
            throw OdooErrors.byStatus(answer.status(), "");
        }
        return json;
    }
}
