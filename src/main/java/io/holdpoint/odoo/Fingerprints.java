package io.holdpoint.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Tells whether what guards documents in Odoo is still as the setup left it. */
final class Fingerprints {

    private Fingerprints() {}

    /** @param status answer of the action of that name; gives each part of a guard or hint by its external id */
    static Map<String, String> of(JsonNode status) {
        var all = new TreeMap<String, String>();
        status.path("guards")
                .forEach(part -> all.put(
                        part.path("name").asText(), sha256(part.path("text").asText())));
        return all;
    }

    /** As kept in a system parameter of Odoo. */
    static String written(Map<String, String> fingerprints) {
        return fingerprints.entrySet().stream()
                .map(part -> part.getKey() + "=" + part.getValue())
                .collect(Collectors.joining(" "));
    }

    static Map<String, String> read(String written) {
        var all = new TreeMap<String, String>();
        for (var part : written.split(" ")) {
            int end = part.indexOf('=');
            if (end > 0) {
                all.put(part.substring(0, end), part.substring(end + 1));
            }
        }
        return all;
    }

    private static String sha256(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException(never);
        }
    }
}
