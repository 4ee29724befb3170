package io.holdpoint.benchmark;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Holdpoint as it is delivered: the jar, in a process of its own, on a free port. */
final class PackagedApplication implements AutoCloseable {

    private static final Pattern USED = Pattern.compile("used (\\d+)K");

    private final Process process;
    private final URI address;
    private final Duration startUp;

    private PackagedApplication(Process process, URI address, Duration startUp) {
        this.process = process;
        this.address = address;
        this.startUp = startUp;
    }

    /**
     * Starts and returns as soon as it says that it is ready.
     *
     * @param folder where it runs, keeps its data and writes {@code holdpoint.log}
     * @param settings environment variables on top of those of this process
     */
    static PackagedApplication start(Path folder, Map<String, String> settings) throws IOException {
        var port = freePort();
        var builder = java().directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("holdpoint.log").toFile());
        builder.environment().putAll(settings);
        builder.environment().put("HOLDPOINT_PORT", String.valueOf(port));
        var start = System.nanoTime();
        var process = builder.start();
        var address = URI.create("http://127.0.0.1:" + port);
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(20))
                .failFast("The application ended, see " + folder.resolve("holdpoint.log"), () -> !process.isAlive())
                .until(() -> isReady(address));
        return new PackagedApplication(process, address, Duration.ofNanos(System.nanoTime() - start));
    }

    /** Runs one of the commands of the jar to its end. */
    static void run(Map<String, String> settings, String... command) throws IOException, InterruptedException {
        var builder = java(command).redirectErrorStream(true);
        builder.environment().putAll(settings);
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", command) + " failed: " + output);
        }
    }

    private static ProcessBuilder java(String... arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx512m", "-jar"));
        command.add(Path.of("target", "holdpoint.jar").toAbsolutePath().toString());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }

    URI address() {
        return address;
    }

    /** From the start of the process until it was ready. */
    Duration startUp() {
        return startUp;
    }

    /** Heap in use after a full collection, in MiB. */
    double heap() throws IOException, InterruptedException {
        jcmd("GC.run");
        var match = USED.matcher(jcmd("GC.heap_info"));
        if (!match.find()) {
            throw new IllegalStateException("The JVM does not tell its heap.");
        }
        return Long.parseLong(match.group(1)) / 1024.0;
    }

    /** Memory that the process holds as the system sees it, in MiB; Linux only. */
    double residentMemory() throws IOException {
        return Files.readAllLines(Path.of("/proc", String.valueOf(process.pid()), "status")).stream()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .sum()
                / 1024.0;
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    private String jcmd(String command) throws IOException, InterruptedException {
        var jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        String.valueOf(process.pid()),
                        command)
                .redirectErrorStream(true)
                .start();
        var output = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        jcmd.waitFor();
        return output;
    }

    private static boolean isReady(URI address) {
        try {
            var health = (HttpURLConnection)
                    address.resolve("/actuator/health/readiness").toURL().openConnection();
            return health.getResponseCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
