package io.holdpoint.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page shows the attempts that are made, and no others. */
class AttackPageTest {

    private static final Path PAGE = Path.of("docs", "security.md");
    private static final Pattern TABLE = Pattern.compile("(?<=<!-- attempts -->\n).*?(?=<!-- end -->)", Pattern.DOTALL);

    @Test
    void lists_the_attempts_as_they_are() throws IOException {
        var page = Files.readString(PAGE);
        var rows = new StringBuilder("| | Who | Where | Tries | Held back by |\n|---|---|---|---|---|\n");
        var number = 1;
        for (var attack : Attacks.all()) {
            rows.append("| %d | %s | %s | %s | %s |\n"
                    .formatted(number++, attack.who(), attack.door(), attack.tries(), attack.heldBy()));
        }
        var current = TABLE.matcher(page).replaceFirst(rows.toString());

        if ("write".equals(System.getProperty("docs"))) {
            Files.writeString(PAGE, current);
        } else {
            assertThat(page)
                    .as("the table of %s; -Ddocs=write brings it up to date", PAGE)
                    .isEqualTo(current);
        }
    }
}
