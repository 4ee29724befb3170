package io.holdpoint.hold;

import java.util.List;
import java.util.Locale;
import org.springframework.util.StringUtils;

/** Names of the code in the words of people. */
final class Words {

    private Words() {}

    /** creditControl is "Credit control". */
    static String of(String name) {
        return StringUtils.capitalize(name.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT));
    }

    /** "Buyer", "Buyer and quality manager", "Buyer, quality manager and finance director". */
    static String list(List<String> names, String conjunction) {
        var text = new StringBuilder(names.get(0));
        for (var i = 1; i < names.size(); i++) {
            text.append(i < names.size() - 1 ? ", " : " " + conjunction + " ")
                    .append(StringUtils.uncapitalize(names.get(i)));
        }
        return text.toString();
    }

    static String lower(String text) {
        return StringUtils.uncapitalize(text);
    }

    /** Ends a text with one full stop, however it ended. */
    static String sentence(String text) {
        return text.endsWith(".") || text.endsWith("!") || text.endsWith("?") ? text : text + ".";
    }
}
