package io.holdpoint.odoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdpoint.Load;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Odoo's API key is renewed while nodes call: by hand, and by {@code odoo-rotate-key}. */
@ExtendWith(OutputCaptureExtension.class)
class KeyRotationTest {

    private static final String OLD = "aaaaaaaa0123456789abcdef0123456789abcdef";
    private static final String NEW = "bbbbbbbb0123456789abcdef0123456789abcdef";
    private static final OdooCall READ =
            new OdooCall("sale.order", "read", List.of(42L), Map.of("fields", List.of("name")), Map.of());

    @TempDir
    Path directory;

    private final MeterRegistry figures = new SimpleMeterRegistry();
    private final List<String> told = new ArrayList<>();
    private OdooWithKeys odoo = new OdooWithKeys("19.0", OLD);

    @AfterEach
    void stop() {
        odoo.close();
    }

    private void odoo(String version, String... keys) {
        odoo.close();
        odoo = new OdooWithKeys(version, keys);
    }

    private void give(String name, String content) throws IOException {
        Files.writeString(directory.resolve(name), content);
    }

    private @Nullable String file(String name) throws IOException {
        return Files.exists(directory.resolve(name)) ? Files.readString(directory.resolve(name)) : null;
    }

    private OdooTransport node() {
        var properties = OdooCommandLine.properties(environment());
        return new OdooConnection(
                properties, new Credentials(properties, new SecretFiles(directory.toString(), figures)));
    }

    private Map<String, String> environment(String... more) {
        var environment = new HashMap<>(Map.of(
                "ODOO_URL",
                odoo.url().toString(),
                "ODOO_DB",
                "shop",
                "ODOO_LOGIN",
                "holdpoint",
                "HOLDPOINT_SECRETS_DIR",
                directory.toString()));
        for (var i = 0; i < more.length; i += 2) {
            environment.put(more[i], more[i + 1]);
        }
        return environment;
    }

    private int rotate(String... arguments) {
        return rotate(environment(), arguments);
    }

    private int rotate(Map<String, String> environment, String... arguments) {
        return OdooCommandLine.run(
                Stream.concat(Stream.of("odoo-rotate-key"), Stream.of(arguments))
                        .toList(),
                environment,
                told::add);
    }

    private double usedBefore() {
        return figures.counter("holdpoint.secrets.before", "secret", Credentials.API_KEY)
                .count();
    }

    // Two keys at a time

    @ParameterizedTest
    @ValueSource(strings = {"19.0", "18.0"})
    void a_key_that_odoo_does_not_accept_any_more_gives_way_to_the_one_before(String version) throws Exception {
        odoo(version, OLD);
        give("odoo-api-key", NEW);
        give("odoo-api-key-before", OLD);

        assertThat(node().call(READ).at("/0/name").asText()).isEqualTo("S00042");

        assertThat(usedBefore()).isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"19.0", "18.0"})
    void each_key_is_tried_once_and_then_the_call_fails_as_an_outage(String version) throws Exception {
        odoo(version);
        give("odoo-api-key", NEW);
        give("odoo-api-key-before", OLD);

        assertThatThrownBy(() -> node().call(READ))
                .isInstanceOf(OdooUnavailable.class)
                .hasMessageContaining("does not accept the credentials");

        assertThat(odoo.server().requests().stream()
                        .filter(request -> request.path().startsWith("/json/2/")
                                || request.rpc().equals("common.authenticate")))
                .hasSize(2);
    }

    @Test
    void a_key_in_a_file_takes_the_place_of_the_password_without_a_restart() throws Exception {
        odoo("19.0", "pass-word", NEW);
        var properties = OdooCommandLine.properties(environment("ODOO_PASSWORD", "pass-word"));
        var node = new OdooConnection(
                properties, new Credentials(properties, new SecretFiles(directory.toString(), figures)));
        node.call(READ);

        give("odoo-api-key", NEW);
        node.call(READ);

        assertThat(odoo.server().requests())
                .extracting(FakeServer.Request::path)
                .containsSubsequence("/jsonrpc", "/json/2/sale.order/read");
    }

    // The command

    @Test
    void a_new_key_is_made_by_the_old_one_and_the_old_one_ends_when_told_so() throws Exception {
        give("odoo-api-key", OLD);
        var node = node();
        node.call(READ);

        assertThat(rotate()).isZero();

        var made = file("odoo-api-key");
        assertThat(made).isNotNull().isNotEqualTo(OLD);
        assertThat(file("odoo-api-key-before")).isEqualTo(OLD);
        assertThat(odoo.accepted()).containsExactlyInAnyOrder(OLD, made);
        node.call(READ);
        assertThat(odoo.server().requests())
                .last()
                .satisfies(request ->
                        assertThat(request.headers().getFirst("Authorization")).endsWith(String.valueOf(made)));
        assertThat(usedBefore()).isZero();

        assertThat(rotate("--finish")).isZero();

        assertThat(odoo.accepted()).containsExactly(made);
        assertThat(file("odoo-api-key-before")).isNull();
        node.call(READ);
        assertThat(told).anySatisfy(line -> assertThat(line).contains("2026-09-01T10:00:00Z"));
        assertThat(told.toString()).doesNotContain(OLD, made);
        assertThat(rotate("--finish"))
                .as("a second time there is nothing to do")
                .isZero();
    }

    @Test
    void the_first_key_may_come_from_the_environment() throws Exception {
        assertThat(rotate(environment("ODOO_API_KEY", OLD))).isZero();

        assertThat(file("odoo-api-key-before")).isEqualTo(OLD);
        assertThat(file("odoo-api-key")).isNotEqualTo(OLD);
    }

    @Test
    void a_password_makes_the_first_key() throws Exception {
        odoo("18.0", "pass-word");

        assertThat(rotate(environment("ODOO_PASSWORD", "pass-word"))).isZero();

        assertThat(odoo.accepted()).contains("pass-word", file("odoo-api-key"));
        assertThat(file("odoo-api-key-before")).isNull();
    }

    @Test
    void no_second_rotation_begins_before_the_first_one_ended() throws Exception {
        give("odoo-api-key", OLD);
        rotate();
        var made = file("odoo-api-key");

        assertThat(rotate()).isOne();

        assertThat(told).last().asString().contains("--finish");
        assertThat(file("odoo-api-key")).isEqualTo(made);
        assertThat(odoo.accepted()).containsExactlyInAnyOrder(OLD, made);
    }

    @Test
    void a_new_key_that_does_not_work_changes_nothing() throws Exception {
        give("odoo-api-key", OLD);
        odoo.refusesNewOnes();

        assertThat(rotate()).isOne();

        assertThat(file("odoo-api-key")).isEqualTo(OLD);
        assertThat(file("odoo-api-key-before")).isNull();
        assertThat(told.toString()).doesNotContain(OLD);
    }

    @Test
    void the_old_key_stays_as_long_as_the_new_one_is_not_accepted() throws Exception {
        give("odoo-api-key", NEW);
        give("odoo-api-key-before", OLD);

        assertThat(rotate("--finish")).isOne();

        assertThat(odoo.accepted()).containsExactly(OLD);
        assertThat(file("odoo-api-key-before")).isEqualTo(OLD);
    }

    @Test
    void without_a_directory_nothing_is_made() {
        assertThat(rotate(environment("HOLDPOINT_SECRETS_DIR", "", "ODOO_API_KEY", OLD)))
                .isEqualTo(2);

        assertThat(told.toString()).contains("HOLDPOINT_SECRETS_DIR");
        assertThat(odoo.server().requests()).isEmpty();
    }

    // Under load

    @ParameterizedTest
    @ValueSource(strings = {"19.0", "18.0"})
    void two_rotations_under_load_fail_no_call(String version, CapturedOutput output) throws Exception {
        odoo(version, OLD);
        give("odoo-api-key", OLD);
        var keys = new ArrayList<>(List.of(OLD));
        var node = node();
        try (var load = new Load(4, () -> node.call(READ).at("/0/name").asText().equals("S00042") ? "" : "no answer")) {
            load.goOn(10);
            for (var i = 0; i < 2; i++) {
                assertThat(rotate()).isZero();
                load.goOn(10);
                assertThat(rotate("--finish")).isZero();
                load.goOn(10);
                keys.add(String.valueOf(file("odoo-api-key")));
            }
            assertThat(load.failed()).isEmpty();
        }

        assertThat(odoo.accepted()).containsExactly(keys.get(2));
        give("odoo-api-key", OLD);
        assertThatThrownBy(() -> node.call(READ)).isInstanceOf(OdooUnavailable.class);
        assertThat(output.getAll() + told).doesNotContain(keys);
    }
}
