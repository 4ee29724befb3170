package io.holdpoint.odoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Secrets in files: which count, and from when on. */
@ExtendWith(OutputCaptureExtension.class)
class SecretFilesTest {

    private static final List<Secret> ENVIRONMENT = List.of(Secret.of("from-the-environment"));

    @TempDir
    Path directory;

    private SecretFiles files;

    @BeforeEach
    void open() {
        files = new SecretFiles(directory.toString(), new SimpleMeterRegistry());
    }

    private void give(String name, String content) throws IOException {
        Files.writeString(directory.resolve(name), content);
    }

    private List<String> valid() {
        return files.valid("door", ENVIRONMENT).stream().map(Secret::reveal).toList();
    }

    @Test
    void without_a_file_the_environment_counts() throws Exception {
        assertThat(valid()).containsExactly("from-the-environment");
        give("door", " \n");
        assertThat(valid()).containsExactly("from-the-environment");
        assertThat(new SecretFiles("", new SimpleMeterRegistry()).valid("door", ENVIRONMENT))
                .isSameAs(ENVIRONMENT);
    }

    @Test
    void a_file_counts_from_the_moment_it_is_there_and_so_does_its_end() throws Exception {
        give("door", "first\n");
        assertThat(valid()).containsExactly("first");

        give("door-before", "first\n");
        give("door", "second\n");
        assertThat(valid()).containsExactly("second", "first");

        Files.delete(directory.resolve("door-before"));
        assertThat(valid()).containsExactly("second");
    }

    @Test
    void a_mounted_volume_is_read_again_when_its_link_is_turned() throws Exception {
        volume("old", "first", "zeroth");
        volume("new", "second", "first");
        var link = directory.resolve("..data");
        Files.createSymbolicLink(link, Path.of("old"));
        for (var name : List.of("door", "door-before")) {
            Files.createSymbolicLink(directory.resolve(name), Path.of("..data", name));
        }
        assertThat(valid()).containsExactly("first", "zeroth");

        Files.createSymbolicLink(directory.resolve("..data_tmp"), Path.of("new"));
        Files.move(directory.resolve("..data_tmp"), link, StandardCopyOption.ATOMIC_MOVE);

        assertThat(valid()).containsExactly("second", "first");
    }

    private void volume(String name, String current, String before) throws IOException {
        Files.createDirectory(directory.resolve(name));
        give(name + "/door", current);
        give(name + "/door-before", before);
    }

    @Test
    void what_cannot_be_read_counts_as_absent_and_is_said_once(CapturedOutput output) throws Exception {
        Files.createDirectory(directory.resolve("door"));
        give("door-before", "first");

        assertThat(valid()).containsExactly("first");
        assertThat(valid()).containsExactly("first");

        assertThat(output.getAll())
                .containsOnlyOnce("The secret door cannot be read")
                .doesNotContain("first");
    }

    @Test
    void a_name_leads_out_of_the_directory_nowhere() throws Exception {
        Files.createDirectory(directory.resolve("inside"));
        give("outside", "secret");
        var inside = new SecretFiles(directory.resolve("inside").toString(), new SimpleMeterRegistry());

        assertThat(inside.valid("../outside", ENVIRONMENT)).isSameAs(ENVIRONMENT);
    }

    @Test
    void what_is_written_is_for_its_owner_alone() throws Exception {
        files.write("door", Secret.of("second"));

        assertThat(valid()).containsExactly("second");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("door"))))
                .isEqualTo("rw-------");
        try (var left = Files.list(directory)) {
            assertThat(left).hasSize(1);
        }
    }

    @Test
    void a_directory_that_is_not_there_is_named_at_once() {
        var absent = directory.resolve("absent").toString();

        assertThatThrownBy(() -> new SecretFiles(absent, new SimpleMeterRegistry()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("HOLDPOINT_SECRETS_DIR")
                .hasMessageContaining(absent);
    }
}
