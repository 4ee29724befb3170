package io.holdpoint.endtoend;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The road to PostgreSQL: connections break on it before a commit gets through, after it did, or anywhere else, and all
 * of them at once when the server restarts.
 */
final class FaultyDatabase implements AutoCloseable {

    /** What happens to what a connection sends. */
    enum Fault {
        NONE,
        /** A commit never gets through. */
        CUT_BEFORE_COMMIT,
        /** A commit happens, and nobody hears of it. */
        CUT_AFTER_COMMIT,
        /** The connection is reset in the middle of a transaction. */
        RESET,
        /** The server is gone, and nobody tells: the connection stays and says nothing any more. */
        SILENCE
    }

    /** The driver names the statement once for each connection and sends only the name from then on. */
    private static final Pattern NAMES_COMMIT = Pattern.compile("(S_\\d+)\0COMMIT\0");

    private final int port;
    private final ServerSocket door;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Road> roads = ConcurrentHashMap.newKeySet();
    private final Map<Fault, Integer> played = new ConcurrentHashMap<>();
    private volatile Supplier<Fault> atCommit = () -> Fault.NONE;
    private volatile Supplier<Fault> elsewhere = () -> Fault.NONE;
    private volatile boolean away;

    /** @param port where PostgreSQL listens on loopback */
    FaultyDatabase(int port) throws IOException {
        this.port = port;
        door = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    /** Asked what happens at each commit, and at everything else that is sent. */
    void plan(Supplier<Fault> commit, Supplier<Fault> anything) {
        atCommit = commit;
        elsewhere = anything;
    }

    /** How often each fault happened; of every commit without one, too. */
    Map<Fault, Integer> played() {
        return Map.copyOf(played);
    }

    /** All connections end, and no new one comes about for a while, as when the server restarts. */
    void restart(Duration takes) {
        away = true;
        roads.forEach(Road::close);
        CompletableFuture.delayedExecutor(takes.toMillis(), TimeUnit.MILLISECONDS, threads)
                .execute(() -> away = false);
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                var client = door.accept();
                if (away) {
                    client.close();
                    continue;
                }
                var road = new Road(client, new Socket(InetAddress.getLoopbackAddress(), port));
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
        private volatile boolean silent;
        private @Nullable String commit;

        private Road(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        private void there() {
            try (InputStream from = client.getInputStream();
                    OutputStream to = server.getOutputStream()) {
                var buffer = new byte[16_384];
                for (var read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                    var commits = commits(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
                    var fault = (commits ? atCommit : elsewhere).get();
                    if (commits || fault != Fault.NONE) {
                        played.merge(fault, 1, Integer::sum);
                    }
                    if (fault == Fault.CUT_BEFORE_COMMIT) {
                        break;
                    }
                    if (fault == Fault.RESET) {
                        client.setSoLinger(true, 0);
                        break;
                    }
                    if (fault == Fault.SILENCE) {
                        silent = true;
                        server.close();
                        from.transferTo(OutputStream.nullOutputStream());
                        break;
                    }
                    breaking = fault == Fault.CUT_AFTER_COMMIT;
                    to.write(buffer, 0, read);
                    to.flush();
                }
            } catch (IOException broken) {
                // On purpose, or because the other end left.
            } finally {
                close();
            }
        }

        private boolean commits(String sent) {
            var named = NAMES_COMMIT.matcher(sent);
            if (named.find()) {
                commit = named.group(1);
            }
            return sent.contains("COMMIT") || commit != null && sent.contains("\0" + commit + "\0");
        }

        private void back() {
            try {
                InputStream from = server.getInputStream();
                OutputStream to = client.getOutputStream();
                var buffer = new byte[16_384];
                for (var read = from.read(buffer); read >= 0 && !breaking; read = from.read(buffer)) {
                    to.write(buffer, 0, read);
                    to.flush();
                }
            } catch (IOException broken) {
                // As above.
            } finally {
                if (!silent) {
                    close();
                }
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
        roads.forEach(Road::close);
        threads.shutdownNow();
    }
}
