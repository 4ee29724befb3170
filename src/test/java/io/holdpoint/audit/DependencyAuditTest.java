package io.holdpoint.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.holdpoint.audit.DependencyAudit.Finding;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DependencyAuditTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 29);

    private static final Finding FOUND = new Finding("com.example:parser:1.0", "GHSA-1", "Reads more than it should.");

    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final Map<String, String> asked = new ConcurrentHashMap<>();

    @TempDir
    Path folder;

    private HttpServer database;
    private Path bill;

    @BeforeEach
    void start() throws IOException {
        database = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        database.createContext("/", exchange -> {
            var path = exchange.getRequestURI().getPath();
            asked.put(path, new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            var answer = answers.getOrDefault(path, "").getBytes(StandardCharsets.UTF_8);
            if (answer.length == 0) {
                exchange.sendResponseHeaders(503, -1);
            } else {
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
            }
            exchange.close();
        });
        database.start();
        bill = write("bill.json", """
                {"components": [
                  {"purl": "pkg:maven/com.example/parser@1.0?type=jar"},
                  {"purl": "pkg:maven/com.example/sound@2.0?classifier=shaded&type=jar"}]}""");
        answers.put("/v1/querybatch", "{\"results\": [{\"vulns\": [{\"id\": \"GHSA-1\"}]}, {}]}");
        answers.put(
                "/v1/vulns/GHSA-1",
                "{\"id\": \"GHSA-1\", \"aliases\": [\"CVE-2026-1\"], \"summary\": \"Reads more than it should.\"}");
    }

    @AfterEach
    void stop() {
        database.stop(0);
    }

    @Test
    void what_is_known_of_a_library_is_found() throws Exception {
        assertThat(findings("")).containsExactly(FOUND);
        assertThat(asked.get("/v1/querybatch"))
                .isEqualTo("{\"queries\":[{\"package\":{\"purl\":\"pkg:maven/com.example/parser@1.0\"}},"
                        + "{\"package\":{\"purl\":\"pkg:maven/com.example/sound@2.0\"}}]}");
    }

    @Test
    void what_is_accepted_is_left_out_up_to_its_last_day() throws Exception {
        assertThat(findings("CVE-2026-1,com.example:parser,2026-11-29,We parse only what we wrote."))
                .isEmpty();
        assertThat(findings("GHSA-1,com.example:parser,2026-11-28,We parse only what we wrote."))
                .containsExactly(FOUND);
    }

    @Test
    void another_library_another_weakness_and_no_reason_accept_nothing() throws Exception {
        assertThat(findings("GHSA-1,com.example:pars,2027-01-01,Not this one.")).containsExactly(FOUND);
        assertThat(findings("GHSA-2,com.example:parser,2027-01-01,Not this one."))
                .containsExactly(FOUND);
        assertThat(findings("GHSA-1,com.example:parser,2027-01-01,")).containsExactly(FOUND);
    }

    @Test
    void what_was_withdrawn_is_none() throws Exception {
        answers.put("/v1/vulns/GHSA-1", "{\"id\": \"GHSA-1\", \"withdrawn\": \"2026-11-01T00:00:00Z\"}");

        assertThat(findings("")).isEmpty();
    }

    @Test
    void no_answer_is_no_clean_bill() {
        answers.put("/v1/querybatch", "{\"results\": []}");
        assertThatThrownBy(() -> findings("")).hasMessage("Asked about 2 libraries, told of 0.");

        answers.remove("/v1/querybatch");
        assertThatThrownBy(() -> findings("")).hasMessageEndingWith("/v1/querybatch answered 503.");
    }

    private List<Finding> findings(String row) throws IOException, InterruptedException {
        var accepted = write("accepted.csv", "id,library,until,why\n" + row);
        var address = URI.create("http://localhost:" + database.getAddress().getPort());
        return new DependencyAudit(address, TODAY).findings(bill, accepted);
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }
}
