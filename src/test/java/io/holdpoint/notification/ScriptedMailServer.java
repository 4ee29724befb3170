package io.holdpoint.notification;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** A mail server in a bad mood: it refuses some addresses for good, or takes connections and says nothing. */
final class ScriptedMailServer implements AutoCloseable {

    private final ServerSocket socket;
    private final Set<String> refused;
    private final boolean silent;
    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private final List<String> accepted = new CopyOnWriteArrayList<>();

    private ScriptedMailServer(boolean silent, Set<String> refused) {
        this.silent = silent;
        this.refused = refused;
        try {
            this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    static ScriptedMailServer silent() {
        return new ScriptedMailServer(true, Set.of());
    }

    static ScriptedMailServer refusing(String address) {
        return new ScriptedMailServer(false, Set.of(address));
    }

    int port() {
        return socket.getLocalPort();
    }

    int connections() {
        return connections.size();
    }

    /** The addresses that got a mail. */
    List<String> accepted() {
        return accepted;
    }

    private void accept() {
        try {
            while (true) {
                var connection = socket.accept();
                connections.add(connection);
                if (!silent) {
                    start(() -> talk(connection));
                }
            }
        } catch (IOException e) {
            // Closed: the test is over.
        }
    }

    private void talk(Socket connection) {
        try (connection;
                var in = new BufferedReader(
                        new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII))) {
            say(connection, "220 ready");
            var to = "";
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith("RCPT TO:")) {
                    to = line.replaceAll(".*<|>.*", "");
                    say(connection, refused.contains(to) ? "550 5.1.1 nobody of this name here" : "250 ok");
                } else if (line.equals("DATA")) {
                    say(connection, "354 go on");
                    while (!".".equals(in.readLine())) {
                        // The mail itself is GreenMail's matter.
                    }
                    accepted.add(to);
                    say(connection, "250 ok");
                } else if (line.equals("QUIT")) {
                    say(connection, "221 bye");
                    return;
                } else {
                    say(connection, "250 ok");
                }
            }
        } catch (IOException e) {
            // The other side went away.
        }
    }

    private static void say(Socket connection, String answer) throws IOException {
        connection.getOutputStream().write((answer + "\r\n").getBytes(StandardCharsets.US_ASCII));
        connection.getOutputStream().flush();
    }

    private static void start(Runnable work) {
        var thread = new Thread(work, "scripted mail server");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (var connection : connections) {
            connection.close();
        }
    }
}
