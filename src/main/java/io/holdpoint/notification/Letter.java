package io.holdpoint.notification;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.util.StringUtils;

/**
 * What one mail says, in the words of people. What comes from documents is text and nothing else.
 *
 * @param greeting the person's name
 * @param items what it tells of, the most urgent first
 * @param waiting how much else waits of which the person was told before
 * @param tasklistUrl where all of it is found; empty where nobody said where that is
 */
record Letter(String greeting, List<Item> items, int waiting, String tasklistUrl) {

    /**
     * One thing.
     *
     * @param heading under which it stands together with others of its kind
     * @param title what is asked, or what happened
     * @param lines what people want to know of it, by what it is
     * @param taskUrl empty where there is nothing to do
     */
    record Item(
            Kind kind,
            String heading,
            String title,
            Map<String, String> lines,
            String taskUrl,
            String documentName,
            String documentUrl) {}

    /** In the order in which they stand in a mail. */
    enum Kind {
        WARNING("Warning: "),
        REMINDER("Reminder: "),
        ESCALATION("Escalated to you: "),
        HANDED_OVER("Handed over to you: "),
        QUESTION(""),
        NEWS("");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }
    }

    /** Says the document and what is asked; a line break in a name must not become one of the mail's head. */
    String subject() {
        var subject =
                items.size() == 1 ? items.get(0).kind().prefix + items.get(0).title() : summary();
        return subject.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    }

    private String summary() {
        if (items.stream().anyMatch(item -> item.kind() == Kind.WARNING)) {
            return warnings();
        }
        var reminders = count(Kind.REMINDER);
        var escalated = count(Kind.ESCALATION);
        var handedOver = count(Kind.HANDED_OVER);
        if (handedOver == items.size() && sections().size() == 1) {
            return handedOver + " " + StringUtils.uncapitalize(items.get(0).heading());
        }
        var open = reminders + escalated + handedOver + count(Kind.QUESTION);
        if (open == 0) {
            return String.join(", ", sections().keySet());
        }
        var subject = new StringBuilder(open == 1 ? "1 task waits for you" : open + " tasks wait for you");
        if (reminders > 0) {
            subject.append(", ").append(reminders).append(reminders == 1 ? " reminder" : " reminders");
        }
        if (escalated > 0) {
            subject.append(", ").append(escalated).append(" escalated to you");
        }
        if (handedOver > 0) {
            subject.append(", ").append(handedOver).append(" handed over to you");
        }
        return subject.toString();
    }

    /** A warning is not hidden among tasks. */
    private String warnings() {
        var first = items.stream()
                .filter(item -> item.kind() == Kind.WARNING)
                .findFirst()
                .orElseThrow();
        return Kind.WARNING.prefix + first.title() + ", and " + (items.size() - 1) + " more";
    }

    private long count(Kind kind) {
        return items.stream().filter(item -> item.kind() == kind).count();
    }

    /** The items by their headings, each with how many there are. Public, as all that the template asks for. */
    public Map<String, List<Item>> sections() {
        var byHeading = new LinkedHashMap<String, List<Item>>();
        items.stream()
                .sorted(Comparator.comparing(Item::kind))
                .forEach(item -> byHeading
                        .computeIfAbsent(item.heading(), heading -> new ArrayList<>())
                        .add(item));
        var sections = new LinkedHashMap<String, List<Item>>();
        byHeading.forEach((heading, of) -> sections.put(heading + " (" + of.size() + ")", List.copyOf(of)));
        return sections;
    }

    /** What is said at the end; empty when there is nothing more. */
    public String ending() {
        return switch (waiting) {
            case 0 -> "";
            case 1 -> "One more task of which you were told before still waits.";
            default -> waiting + " more tasks of which you were told before still wait.";
        };
    }

    String text() {
        var text = new StringBuilder("Hello ").append(greeting).append(",\n");
        sections().forEach((heading, of) -> {
            text.append('\n').append(heading).append('\n');
            of.forEach(item -> {
                text.append("\n* ").append(item.title()).append('\n');
                item.lines()
                        .forEach((name, value) -> text.append("  ")
                                .append(name)
                                .append(": ")
                                .append(value)
                                .append('\n'));
                if (!item.taskUrl().isEmpty()) {
                    text.append("  Open the task: ").append(item.taskUrl()).append('\n');
                }
                if (!item.documentUrl().isEmpty()) {
                    text.append("  ")
                            .append(item.documentName())
                            .append(" in Odoo: ")
                            .append(item.documentUrl())
                            .append('\n');
                }
            });
        });
        if (!ending().isEmpty()) {
            text.append('\n').append(ending()).append('\n');
        }
        if (!tasklistUrl.isEmpty()) {
            text.append("\nYour tasks: ").append(tasklistUrl).append('\n');
        }
        return text.toString();
    }
}
