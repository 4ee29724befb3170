package io.holdpoint.endtoend;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** The road to PostgreSQL: connections break on it before a commit gets through, or after it did. */
final class FaultyDatabase implements AutoCloseable {

    private static final String COMMIT = "COMMIT";

    private final int port;
    private final ServerSocket door;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Road> roads = ConcurrentHashMap.newKeySet();
    private final AtomicInteger before = new AtomicInteger();
    private final AtomicInteger after = new AtomicInteger();
    private volatile BooleanSupplier breaksBefore = () -> false;
    private volatile BooleanSupplier breaksAfter = () -> false;

    /** @param port where PostgreSQL listens on loopback */
    FaultyDatabase(int port) throws IOException {
        this.port = port;
        door = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    /** Asked at each commit whether the connection breaks before it, or else after it. */
    void plan(BooleanSupplier beforeCommit, BooleanSupplier afterCommit) {
        breaksBefore = beforeCommit;
        breaksAfter = afterCommit;
    }

    /** How many commits never got through. */
    int brokenBefore() {
        return before.get();
    }

    /** Of how many commits nobody heard whether they happened. They did. */
    int brokenAfter() {
        return after.get();
    }

    /** All connections at once, as when the server restarts. */
    void breakAll() {
        roads.forEach(Road::close);
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                var road = new Road(door.accept(), new Socket(InetAddress.getLoopbackAddress(), port));
                roads.add(road);
                threads.execute(road::there);
                threads.execute(road::back);
            } catch (IOException e) {
                if (!door.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private final class Road {

        private final Socket client;
        private final Socket server;
        private volatile boolean breaking;

        private Road(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        private void there() {
            try (InputStream from = client.getInputStream();
                    OutputStream to = server.getOutputStream()) {
                var buffer = new byte[16_384];
                for (var read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                    if (new String(buffer, 0, read, StandardCharsets.ISO_8859_1).contains(COMMIT)) {
                        if (breaksBefore.getAsBoolean()) {
                            before.incrementAndGet();
                            break;
                        }
                        breaking = breaksAfter.getAsBoolean();
                    }
                    to.write(buffer, 0, read);
                    to.flush();
                }
            } catch (IOException broken) {
                // On purpose, or because the other end left.
            } finally {
                close();
            }
        }

        private void back() {
            try (InputStream from = server.getInputStream();
                    OutputStream to = client.getOutputStream()) {
                var buffer = new byte[16_384];
                for (var read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                    if (breaking) {
                        after.incrementAndGet();
                        break;
                    }
                    to.write(buffer, 0, read);
                    to.flush();
                }
            } catch (IOException broken) {
                // As above.
            } finally {
                close();
            }
        }

        private void close() {
            roads.remove(this);
            try {
                client.close();
                server.close();
            } catch (IOException e) {
                // It is gone either way.
            }
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        breakAll();
        threads.shutdownNow();
    }
}
