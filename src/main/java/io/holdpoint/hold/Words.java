package io.holdpoint.hold;

import java.util.Locale;
import org.springframework.util.StringUtils;

/** Names of the code in the words of people. */
final class Words {

    private Words() {}

    /** creditControl is "Credit control". */
    static String of(String name) {
        return StringUtils.capitalize(name.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT));
    }

    /** Ends a text with one full stop, however it ended. */
    static String sentence(String text) {
        return text.endsWith(".") || text.endsWith("!") || text.endsWith("?") ? text : text + ".";
    }
}
