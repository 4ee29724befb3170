package io.holdpoint.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Needs the network and the packaged application: {@code ./mvnw -Paudit surefire:test}. */
@Tag("audit")
class KnownWeaknessesTest {

    private static final Path BILL = Path.of("target", "classes", "META-INF", "sbom", "application.cdx.json");
    private static final Path ACCEPTED = Path.of(".ci", "accepted-weaknesses.csv");

    @Test
    void nothing_is_known_of_our_libraries_but_what_is_accepted() throws Exception {
        var audit = new DependencyAudit(URI.create("https://api.osv.dev"), LocalDate.now(ZoneOffset.UTC));

        assertThat(audit.findings(BILL, ACCEPTED))
                .as("take a version without it, or say in %s why it is accepted and until when", ACCEPTED)
                .isEmpty();
    }
}
