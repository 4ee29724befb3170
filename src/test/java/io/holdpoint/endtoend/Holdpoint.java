package io.holdpoint.endtoend;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged application as a process of its own, which can be killed, and people who use it over REST. */
final class Holdpoint implements AutoCloseable {

    static final String TECHNICAL_PASSWORD = "contract-test";
    static final String PASSWORD = "Holdpoint-1";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path JAR = Path.of("target", "holdpoint.jar");
    private static final Path LOG = Path.of("target", "endtoend.log").toAbsolutePath();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path folder;
    private final int port;
    private final String odooUrl;
    private final String secret;
    private final Map<String, String> settings;
    private final Duration ahead;
    private volatile Process process;

    Holdpoint(Path folder, int port, String odooUrl, String secret) {
        this(
                folder,
                port,
                odooUrl,
                secret,
                Map.of(
                        "SPRING_DATASOURCE_URL",
                        "jdbc:h2:file:" + folder.resolve("holdpoint") + ";DB_CLOSE_ON_EXIT=FALSE;WRITE_DELAY=0"),
                Duration.ZERO);
    }

    /**
     * @param settings environment variables that differ from test to test, those of the database among them
     * @param ahead by how much its clock is ahead of everybody else's
     */
    Holdpoint(Path folder, int port, String odooUrl, String secret, Map<String, String> settings, Duration ahead) {
        this.folder = folder;
        this.port = port;
        this.odooUrl = odooUrl;
        this.secret = secret;
        this.settings = settings;
        this.ahead = ahead;
    }

    /** Runs {@code odoo-setup} as an Odoo administrator does. */
    void setUpOdoo() throws Exception {
        setUpOdoo(url());
    }

    /** @param webhooks where Odoo is to send them */
    void setUpOdoo(String webhooks) throws Exception {
        var builder = command("odoo-setup");
        builder.environment()
                .putAll(Map.of(
                        "HOLDPOINT_URL", webhooks,
                        "HOLDPOINT_WEBHOOK_SECRET", secret,
                        "HOLDPOINT_ODOO_PASSWORD", TECHNICAL_PASSWORD));
        var setup = builder.start();
        if (!setup.waitFor(3, TimeUnit.MINUTES) || setup.exitValue() != 0) {
            throw new IllegalStateException("odoo-setup failed; see " + LOG);
        }
    }

    void start() throws Exception {
        var builder = command();
        var environment = builder.environment();
        environment.remove("ODOO_API_KEY");
        // A dead process keeps its jobs until their lock ends: three minutes in production, too long for a test.
        environment.put("CAMUNDA_BPM_JOBEXECUTION_LOCKTIMEINMILLIS", "15000");
        environment.putAll(Map.of(
                "ODOO_URL", odooUrl,
                "ODOO_LOGIN", "holdpoint",
                "ODOO_PASSWORD", TECHNICAL_PASSWORD,
                "HOLDPOINT_PORT", String.valueOf(port),
                "HOLDPOINT_WEBHOOK_SECRET", secret,
                "HOLDPOINT_EVENT_SECRET", secret,
                "HOLDPOINT_ADMIN_PASSWORD", PASSWORD));
        environment.putAll(settings);
        process = builder.start();
        await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(250))
                .failFast("Holdpoint ended; see " + LOG, () -> !process.isAlive())
                .until(this::isReady);
    }

    /** Ends it as a power cut does. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Ends it as an operator does: what is under way is finished first. */
    void stop() {
        process.destroy();
        awaitEnd();
    }

    private void awaitEnd() {
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        kill();
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    private boolean isReady() {
        try {
            return get("admin", "/engine-rest/engine").statusCode() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private ProcessBuilder command(String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-Xmx512m",
                // What is tested here lives for minutes: the second compiler would take more time than it saves.
                "-XX:TieredStopAtLevel=1"));
        var jar = JAR.toAbsolutePath();
        command.addAll(ahead.isZero() ? List.of("-jar", jar.toString()) : ClockAhead.program(jar, folder, ahead));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(LOG.toFile()));
    }

    // people

    /** Makes a user with a role, as an administrator does. */
    void employ(String id, String role) {
        var user = Map.of(
                "profile", Map.of("id", id, "firstName", id, "lastName", role, "email", id + "@example.com"),
                "credentials", Map.of("password", PASSWORD));
        expect(204, post("admin", "/engine-rest/user/create", user));
        expect(204, put("admin", "/engine-rest/group/" + role + "/members/" + id));
    }

    /** The open tasks about an order. */
    List<JsonNode> tasks(long order) {
        return tasks("sale.order," + order);
    }

    /** The open tasks about a document, for example {@code purchase.order,7}. */
    List<JsonNode> tasks(String document) {
        var tasks = new ArrayList<JsonNode>();
        json(get("admin", "/engine-rest/task?maxResults=50&processInstanceBusinessKey=" + document))
                .forEach(tasks::add);
        return tasks;
    }

    String holdCode(JsonNode task) {
        return variable(task, "holdCode");
    }

    /** The step of a follow-up task; empty for other tasks. */
    String step(JsonNode task) {
        return variable(task, "step");
    }

    /** A variable of a task as text; empty when there is none, or the task has ended since it was looked up. */
    String variable(JsonNode task, String name) {
        var answer = get(
                "admin",
                "/engine-rest/task/" + task.path("id").asText() + "/variables/" + name + "?deserializeValue=false");
        // The engine answers 500 for a task that is gone.
        var isGone = answer.statusCode() == 500 && answer.body().contains("task is null");
        return answer.statusCode() == 404 || isGone
                ? ""
                : json(answer).path("value").asText();
    }

    /** Completes a task with what a person enters into its form. */
    HttpResponse<String> complete(String person, JsonNode task, Map<String, ?> entered) {
        return complete(person, task.path("id").asText(), entered);
    }

    HttpResponse<String> complete(String person, String task, Map<String, ?> entered) {
        var variables = new HashMap<String, Object>();
        entered.forEach((name, value) -> variables.put(name, Map.of("value", value)));
        return post(person, "/engine-rest/task/" + task + "/complete", Map.of("variables", variables));
    }

    /** Deploys a table as Camunda Modeler does. */
    HttpResponse<String> deploy(String person, String file, String content) {
        var boundary = "holdpoint-" + file.hashCode();
        var body = new StringBuilder();
        Map.of("deployment-name", file, "deployment-source", "Camunda Modeler")
                .forEach(
                        (name, value) -> body.append("--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
                                .formatted(boundary, name, value)));
        body.append(
                ("--%1$s\r\nContent-Disposition: form-data; name=\"%2$s\"; filename=\"%2$s\"\r\n\r\n%3$s\r\n--%1$s--\r\n")
                        .formatted(boundary, file, content));
        return send(request(person, "/engine-rest/deployment/create")
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
    }

    HttpResponse<String> decide(String person, JsonNode task, String answer, String reason) {
        return complete(person, task, Map.of("decision", answer, "reason", reason));
    }

    /** All that Holdpoint has on record about an order. */
    JsonNode cases(long order) {
        return cases("sale.order," + order);
    }

    JsonNode cases(String document) {
        return json(get("auditor", "/api/cases/" + document));
    }

    /** Tells of something that happened outside, as another system does. */
    HttpResponse<String> event(Map<String, ?> event) {
        try {
            return send(HttpRequest.newBuilder(URI.create(url() + "/api/events"))
                    .header("Authorization", "Bearer " + secret)
                    .header("Content-Type", "application/cloudevents+json")
                    .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(event))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    HttpResponse<String> get(String person, String path) {
        return send(request(person, path).GET());
    }

    HttpResponse<String> post(String person, String path, Object body) {
        return send(request(person, path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(write(body))));
    }

    private HttpResponse<String> put(String person, String path) {
        return send(request(person, path).PUT(HttpRequest.BodyPublishers.noBody()));
    }

    HttpResponse<String> put(String person, String path, Object body) {
        return send(request(person, path)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(write(body))));
    }

    /** What a list of the engine's REST API holds, as an administrator sees it. */
    List<JsonNode> list(String path) {
        var entries = new ArrayList<JsonNode>();
        json(get("admin", path)).forEach(entries::add);
        return entries;
    }

    private static String write(Object body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpRequest.Builder request(String person, String path) {
        var credentials =
                Base64.getEncoder().encodeToString((person + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        return HttpRequest.newBuilder(URI.create(url() + path)).header("Authorization", "Basic " + credentials);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void expect(int status, HttpResponse<String> answer) {
        if (answer.statusCode() != status) {
            throw new IllegalStateException(
                    answer.request().uri() + " answered " + answer.statusCode() + ": " + answer.body());
        }
    }

    private static JsonNode json(HttpResponse<String> answer) {
        expect(200, answer);
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
