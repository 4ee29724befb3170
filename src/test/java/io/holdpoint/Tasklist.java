package io.holdpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tasklist in a real browser, in which each person has a window of their own. What a person does there is done by
 * {@code src/test/browser/people.mjs}; it leaves a picture of each form as it is sent and of each refusal.
 */
final class Tasklist implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process script;
    private final Writer orders;
    private final BufferedReader answers;

    /** @param port of the application, on this machine */
    Tasklist(int port) throws IOException {
        var builder = new ProcessBuilder("node", "src/test/browser/people.mjs")
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("BASE", "http://localhost:" + port);
        script = builder.start();
        orders = script.outputWriter(StandardCharsets.UTF_8);
        answers = script.inputReader(StandardCharsets.UTF_8);
    }

    /**
     * Opens the task, claims it where nobody has, fills in its form and completes it.
     *
     * @param entered by field, in the order in which a person comes by them; of options, a part of the label
     * @throws Refused with what Tasklist says
     */
    void complete(String person, String task, Map<String, Object> entered) {
        tell(person, Map.of("do", "complete", "task", task), entered);
    }

    /**
     * Starts a process by its name.
     *
     * @throws Refused with what Tasklist says
     */
    void start(String person, String process, Map<String, Object> entered) {
        tell(person, Map.of("do", "start", "process", process), entered);
    }

    private void tell(String person, Map<String, Object> order, Map<String, Object> entered) {
        var all = new LinkedHashMap<>(order);
        all.put("person", person);
        all.put("now", Story.now().toEpochMilli());
        all.put("entered", entered);
        JsonNode answer;
        try {
            orders.write(JSON.writeValueAsString(all) + "\n");
            orders.flush();
            var line = answers.readLine();
            if (line == null) {
                throw new IllegalStateException("The browser has ended: see above.");
            }
            answer = JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (answer.has("failed")) {
            throw new IllegalStateException(
                    person + ", " + order + ": " + answer.path("failed").asText());
        }
        if (answer.has("refused")) {
            throw new Refused(answer.path("refused").asText());
        }
    }

    @Override
    public void close() {
        try {
            orders.close();
            script.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tasklist did not take it, in these words. */
    static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Refused(String words) {
            super(words);
        }
    }
}
