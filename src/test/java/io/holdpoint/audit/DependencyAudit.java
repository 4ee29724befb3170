package io.holdpoint.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/**
 * Asks a database of vulnerabilities (the API of osv.dev) about each library that the jar says it holds, and leaves out
 * what is accepted. Accepted is a row of CSV: {@code id} as the database or as CVE names it, {@code library} as
 * {@code group:name}, {@code until}, the last day on which that counts, and {@code why}.
 */
final class DependencyAudit {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** So many are answered in one request. */
    private static final int MOST_AT_ONCE = 1_000;

    private final URI service;
    private final LocalDate today;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    DependencyAudit(URI service, LocalDate today) {
        this.service = service;
        this.today = today;
    }

    /** @param library as {@code group:name:version} */
    record Finding(String library, String id, String summary) {

        @Override
        public String toString() {
            return library + ": " + id + " " + summary;
        }
    }

    /**
     * @param bill the list of libraries, as CycloneDX writes it
     * @throws IOException when the database gives no answer
     */
    List<Finding> findings(Path bill, Path accepted) throws IOException, InterruptedException {
        var libraries = libraries(bill);
        if (libraries.isEmpty() || libraries.size() > MOST_AT_ONCE) {
            throw new IOException(bill + " names " + libraries.size() + " libraries.");
        }
        var query = JSON.createObjectNode();
        libraries.forEach(library ->
                query.withArray("queries").addObject().putObject("package").put("purl", library));
        var answers = JSON.readTree(send(request("/v1/querybatch")
                        .POST(BodyPublishers.ofString(query.toString()))
                        .build()))
                .path("results");
        if (answers.size() != libraries.size()) {
            throw new IOException("Asked about " + libraries.size() + " libraries, told of " + answers.size() + ".");
        }
        var rows = accepted(accepted);
        var findings = new ArrayList<Finding>();
        for (var i = 0; i < answers.size(); i++) {
            for (var known : answers.get(i).path("vulns")) {
                var told = JSON.readTree(send(
                        request("/v1/vulns/" + known.path("id").asText()).GET().build()));
                var finding = new Finding(
                        name(libraries.get(i)),
                        known.path("id").asText(),
                        told.path("summary").asText());
                if (!told.has("withdrawn") && rows.stream().noneMatch(row -> accepts(row, finding, names(told)))) {
                    findings.add(finding);
                }
            }
        }
        return findings;
    }

    private static List<String> libraries(Path bill) throws IOException {
        var all = new TreeSet<String>();
        for (var component : JSON.readTree(bill.toFile()).path("components")) {
            var purl = component.path("purl").asText();
            if (purl.startsWith("pkg:maven/")) {
                all.add(purl.replaceFirst("\\?.*", ""));
            }
        }
        return List.copyOf(all);
    }

    /** {@code pkg:maven/group/name@version}, as people write it. */
    private static String name(String purl) {
        return purl.replaceFirst("pkg:maven/", "").replace('/', ':').replace('@', ':');
    }

    private static Set<String> names(JsonNode told) {
        var names = new TreeSet<String>();
        names.add(told.path("id").asText());
        told.path("aliases").forEach(alias -> names.add(alias.asText()));
        return names;
    }

    private static List<CSVRecord> accepted(Path file) throws IOException {
        var format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (var rows = format.parse(Files.newBufferedReader(file))) {
            return rows.stream().collect(Collectors.toList());
        }
    }

    private boolean accepts(CSVRecord row, Finding finding, Set<String> names) {
        return names.contains(row.get("id"))
                && finding.library().startsWith(row.get("library") + ":")
                && !row.get("why").isBlank()
                && !LocalDate.parse(row.get("until")).isBefore(today);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(service.resolve(path))
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", "application/json");
    }

    private String send(HttpRequest request) throws IOException, InterruptedException {
        var answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(request.uri() + " answered " + answer.statusCode() + ".");
        }
        return answer.body();
    }
}
