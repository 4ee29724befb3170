package io.holdpoint.odoo;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Secrets as files, as Docker and Kubernetes give them: one directory with a file for each, and beside it the one
 * before, {@code <name>-before}, for as long as it is being replaced. They are read at every use, so that a new one
 * counts at once on every node; a look at two small files costs less than any call that needs them.
 */
public final class SecretFiles {

    /** Of Odoo's webhooks; {@code odoo-setup} writes it into their address. */
    public static final String WEBHOOK = "webhook-secret";

    private static final Logger LOG = LoggerFactory.getLogger(SecretFiles.class);
    private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final String BEFORE = "-before";

    private final @Nullable Path directory;
    private final MeterRegistry figures;
    private final Set<String> unreadable = ConcurrentHashMap.newKeySet();

    /**
     * @param directory where the files are; blank: there are none
     * @param figures in which it is counted how often a secret that is being replaced was still used
     * @throws RefusedSetting when there is no such directory
     */
    public SecretFiles(String directory, MeterRegistry figures) {
        this.directory = directory.isBlank() ? null : Path.of(directory.strip());
        this.figures = figures;
        if (this.directory != null && !Files.isDirectory(this.directory)) {
            throw new RefusedSetting("HOLDPOINT_SECRETS_DIR", this.directory + " is no directory. Create or mount it.");
        }
    }

    static SecretFiles none() {
        return new SecretFiles("", new SimpleMeterRegistry());
    }

    /**
     * The secrets of this name that are valid now, the current one first.
     *
     * @param name of the secret, for example {@code webhook-secret}
     * @param otherwise those that count as long as no file gives one
     */
    public List<Secret> valid(String name, List<Secret> otherwise) {
        // In this order: whoever replaces the current one has put it into the file of the one before already.
        var current = read(name);
        var before = read(name + BEFORE);
        var given = Stream.of(current, before).flatMap(Optional::stream).toList();
        return given.isEmpty() ? otherwise : given;
    }

    /** Counts that a secret was used which is not the current one. Once that ends, it can be taken away. */
    public void usedBefore(String name) {
        figures.counter("holdpoint.secrets.before", "secret", name).increment();
    }

    Optional<Secret> read(String name) {
        if (directory == null || !FILE_NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        try {
            var secret = Secret.of(Files.readString(directory.resolve(name), StandardCharsets.UTF_8));
            unreadable.remove(name);
            return Optional.of(secret).filter(text -> !text.isEmpty());
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (IOException failure) {
            if (unreadable.add(name)) {
                LOG.error(
                        "The secret {} cannot be read and counts as absent ({}). Check owner and mode of its file.",
                        name,
                        failure.getClass().getSimpleName());
            }
            return Optional.empty();
        }
    }

    Optional<Secret> before(String name) {
        return read(name + BEFORE);
    }

    /** @throws IllegalArgumentException when there is no directory, or one that is only read here */
    void requireWritable() {
        if (!Files.isWritable(directory())) {
            throw new IllegalArgumentException(
                    directory() + " cannot be written to. Run this as the user who owns it.");
        }
    }

    void writeBefore(String name, Secret secret) {
        write(name + BEFORE, secret);
    }

    /** For readers it is there as a whole or not at all. Nobody but the owner may read it. */
    void write(String name, Secret secret) {
        var place = directory();
        try {
            var written = Files.createTempFile(place, ".", null);
            Files.writeString(written, secret.reveal(), StandardCharsets.UTF_8);
            Files.move(
                    written, place.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    void removeBefore(String name) {
        try {
            Files.deleteIfExists(directory().resolve(name + BEFORE));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Path directory() {
        if (directory == null) {
            throw new IllegalArgumentException(
                    "Set HOLDPOINT_SECRETS_DIR to the directory from which Holdpoint reads its secrets.");
        }
        return directory;
    }
}
