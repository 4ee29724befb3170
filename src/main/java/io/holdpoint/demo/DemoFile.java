package io.holdpoint.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the records of the demo Odoo over a restart: the cases about them are kept as well. */
final class DemoFile {

    private static final Logger LOG = LoggerFactory.getLogger(DemoFile.class);

    private final Path file;

    DemoFile(Path file) {
        this.file = file.toAbsolutePath();
    }

    /** What was written last; empty when there is nothing, or nothing that can be read. */
    Optional<Store.Snapshot> read() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.MAPPER.readValue(file.toFile(), Store.Snapshot.class));
        } catch (IOException unreadable) {
            LOG.warn("The demo Odoo starts anew, because {} cannot be read: {}", file, unreadable.getMessage());
            return Optional.empty();
        }
    }

    /** Either as a whole or not at all. */
    void write(Store.Snapshot snapshot) {
        try {
            Files.createDirectories(file.getParent());
            var fresh = file.resolveSibling(file.getFileName() + ".new");
            Json.MAPPER.writeValue(fresh.toFile(), snapshot);
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            LOG.error("The demo Odoo will not know its latest records after a restart: {}", failed.getMessage());
        }
    }
}
