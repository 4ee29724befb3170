package io.holdpoint.odoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.holdpoint.database.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The key by which Holdpoint calls Odoo ends some day, and somebody hears of it before. */
@Tag("database")
@ExtendWith(OutputCaptureExtension.class)
class OdooKeyExpiryTest {

    private static final String KEY = "aaaaaaaa0123456789abcdef0123456789abcdef";
    private static final String WARNING = "The API key by which Holdpoint calls Odoo expires";
    private static final String REMEDY = "Make a new one: java -jar holdpoint.jar odoo-rotate-key";
    private static final Instant EXPIRES = Instant.parse("2026-06-30T12:00:00Z");

    private final TestDatabase database = TestDatabase.create();
    private final DataSource dataSource = database.dataSource();
    private final JdbcClient jdbc = JdbcClient.create(dataSource);
    private Instant now = EXPIRES.minus(Duration.ofDays(20));
    private String expires = "\"2026-06-30 12:00:00\"";
    private @Nullable JsonNode asked;
    private boolean failing;
    private final List<Object> told = new ArrayList<>();
    private @Nullable OdooException failure;

    private final Clock clock = new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    };

    private final OdooTransport transport = new OdooTransport() {

        private final ObjectMapper json = new ObjectMapper();

        @Override
        public JsonNode call(OdooCall call) {
            if (failure != null) {
                throw failure;
            }
            try {
                if (call.model().equals("ir.model.data")) {
                    return json.readTree("[{\"id\":1,\"res_id\":66}]");
                }
                asked = json.valueToTree(call.context());
                return json.readTree("{\"known\":true,\"expires\":" + expires + "}");
            } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public String serverVersion() {
            return "19.0";
        }
    };

    private final OdooKeyExpiry first = node();
    private final OdooKeyExpiry second = node();

    private OdooKeyExpiry node() {
        var properties =
                OdooCommandLine.properties(Map.of("ODOO_URL", "https://odoo.example.com", "ODOO_API_KEY", KEY));
        return new OdooKeyExpiry(
                new Odoo(transport, null, 1),
                new Credentials(properties, SecretFiles.none()),
                jdbc,
                new TransactionTemplate(new DataSourceTransactionManager(dataSource)),
                this::tell,
                clock);
    }

    private void tell(Object event) {
        if (failing) {
            throw new IllegalStateException("the database goes");
        }
        told.add(event);
    }

    @BeforeEach
    void migrate() {
        Flyway.configure().dataSource(database.dataSource()).load().migrate();
    }

    private void look(Duration before) {
        now = EXPIRES.minus(before);
        first.look();
        second.look();
    }

    private static int said(CapturedOutput output) {
        return output.getAll().split(WARNING, -1).length - 1;
    }

    @Test
    void it_is_said_14_7_and_1_days_before_and_once_by_two_nodes(CapturedOutput output) {
        look(Duration.ofDays(14).plusHours(1));
        assertThat(said(output)).isZero();

        look(Duration.ofDays(14));
        look(Duration.ofDays(8));
        assertThat(said(output)).isOne();

        look(Duration.ofDays(7));
        look(Duration.ofDays(2));
        assertThat(said(output)).isEqualTo(2);

        look(Duration.ofDays(1));
        look(Duration.ofHours(1));
        assertThat(said(output)).isEqualTo(3);
        assertThat(output.getAll()).contains("2026-06-30T12:00:00Z, within 7 days", "odoo-rotate-key");
    }

    @Test
    void others_are_told_of_it_once_by_two_nodes_and_anew_where_that_failed() {
        look(Duration.ofDays(14));
        look(Duration.ofDays(1));
        assertThat(told)
                .containsExactly(new OdooKeyExpires(EXPIRES, 14, REMEDY), new OdooKeyExpires(EXPIRES, 1, REMEDY));

        expires = "\"2026-07-02 12:00:00\"";
        failing = true;
        assertThatThrownBy(first::look).hasMessage("the database goes");
        failing = false;
        second.look();
        first.look();

        assertThat(told)
                .as("what was not told was not given either")
                .hasSize(3)
                .last()
                .isEqualTo(new OdooKeyExpires(Instant.parse("2026-07-02T12:00:00Z"), 7, REMEDY));
    }

    @Test
    void a_new_key_is_warned_of_anew(CapturedOutput output) {
        look(Duration.ofDays(5));
        expires = "\"2026-07-01 12:00:00\"";
        look(Duration.ofDays(5));

        assertThat(said(output)).isEqualTo(2);
    }

    @Test
    void each_node_shows_it_in_health_and_figures_and_is_up() {
        look(Duration.ofDays(20));
        assertThat(first.health().getDetails()).containsOnlyKeys("expires");

        look(Duration.ofDays(6));

        for (var node : new OdooKeyExpiry[] {first, second}) {
            assertThat(node.health().getStatus()).isEqualTo(Status.UP);
            assertThat(node.health().getDetails())
                    .containsEntry("expires", EXPIRES)
                    .containsKey("warning");
            var figures = new SimpleMeterRegistry();
            node.bindTo(figures);
            assertThat(figures.get("holdpoint.odoo.key.expires").gauge().value())
                    .isEqualTo(Duration.ofDays(6).toSeconds());
        }
    }

    @Test
    void a_key_without_end_is_not_warned_of(CapturedOutput output) {
        expires = "false";
        look(Duration.ofHours(1));

        assertThat(said(output)).isZero();
        assertThat(first.health().getDetails()).isEmpty();
    }

    @Test
    void what_is_known_stays_known_while_odoo_is_away(CapturedOutput output) {
        look(Duration.ofDays(20));
        failure = new OdooUnavailable("Odoo at https://odoo.example.com cannot be reached.");

        look(Duration.ofDays(7));

        assertThat(said(output)).isOne();
        assertThat(first.health().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void a_setup_that_is_too_old_is_said_once(CapturedOutput output) {
        failure = new OdooContract("Odoo has no action __holdpoint__.api_key.");
        first.look();
        first.look();

        assertThat(output.getAll()).containsOnlyOnce("is not known: Odoo has no action");
    }

    @Test
    void odoo_is_asked_by_the_first_letters_of_the_key() {
        look(Duration.ofDays(20));

        assertThat(String.valueOf(asked)).contains("\"index\":\"aaaaaaaa\"").doesNotContain(KEY);
    }
}
