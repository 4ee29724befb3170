package io.holdpoint.endtoend;

import io.holdpoint.HoldpointApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.camunda.bpm.engine.impl.util.ClockUtil;

/**
 * The application on a machine whose clock is ahead: the engine and, with it, all of Holdpoint take their time here.
 */
public final class ClockAhead {

    private static final String BY = "clock.ahead";

    private ClockAhead() {}

    public static void main(String[] arguments) {
        ClockUtil.offset(Long.getLong(BY));
        HoldpointApplication.main(arguments);
    }

    /**
     * What java is to be told to start the jar in this way; this class alone is put beside it, no other of the tests.
     */
    static List<String> program(Path jar, Path folder, Duration ahead) throws IOException {
        var name = ClockAhead.class.getName();
        var file = name.replace('.', '/') + ".class";
        var copy = folder.resolve("clock").resolve(file);
        Files.createDirectories(copy.getParent());
        try (var code = Objects.requireNonNull(ClockAhead.class.getClassLoader().getResourceAsStream(file))) {
            Files.write(copy, code.readAllBytes());
        }
        return List.of(
                "-D" + BY + "=" + ahead.toMillis(),
                "-Dloader.path=" + folder.resolve("clock").toAbsolutePath(),
                "-Dloader.main=" + name,
                "-cp",
                jar.toString(),
                "org.springframework.boot.loader.launch.PropertiesLauncher");
    }
}
