package io.holdpoint.qualityescalation;

import io.holdpoint.followup.Given;
import io.holdpoint.hold.NotAccepted;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a text has to say to be worth keeping. Words are judged, not people: each refusal says what to write instead.
 */
final class TextGates {

    private static final int SHORTEST = 20;
    private static final Pattern BLAME =
            Pattern.compile("\\b(human|operator|worker|employee|user|personal)('s)? (error|mistake|fault|failure)s?\\b"
                    + "|\\b(carelessness|negligence|inattention|lack of attention)\\b");
    private static final Pattern TRAINING = Pattern.compile(
            "\\b(re-?train(ed|ing|s)?|train(ed|ing|s)?|instruct(ed|ion|ions)?|remind(ed|er|ers)?|briefed|briefing"
                    + "|toolbox talk|aware(ness)?)\\b");
    private static final Pattern FUTURE = Pattern.compile(
            "\\b(will|shall|going to|plan(ned)? to|is planned|are planned|intend(s|ed)? to|tomorrow|next week|soon)\\b");
    private static final Pattern FILLER = Pattern.compile(
            "\\b(the|a|an|of|by|to|was|were|is|are|been|has|have|had|all|our|due|because|caused|cause|and|staff|people|employees"
                    + "|operators|workers|team|again|on|in|it|this|that|about|for|with|new|who|made|did|job)\\b");
    /** So many words besides blame or training, and there is something else in the text. */
    private static final int SOMETHING_ELSE = 4;

    private TextGates() {}

    /** A text of some length. */
    static String said(Given given, String field, String what) {
        var text = given.required(field, "say " + what + ".");
        if (text.length() < SHORTEST) {
            throw new NotAccepted(field + ": \"" + text + "\" is too short. Say " + what
                    + ", so that somebody who was not" + " there understands it.");
        }
        return text;
    }

    /** A cause that is more than somebody's error. */
    static String cause(Given given, String field, String what) {
        var text = said(given, field, what);
        if (isOnly(BLAME, text)) {
            throw new NotAccepted(
                    field + ": human error alone is no cause. Say what made the error possible or let it pass.");
        }
        return text;
    }

    /** An action that does more than tell people again. */
    static String action(Given given, String field, String what) {
        var text = said(given, field, what);
        if (isOnly(TRAINING, text)) {
            throw new NotAccepted(
                    field + ": training as the only action does not last. Add what changes in the process,"
                            + " the equipment or the inspection.");
        }
        return text;
    }

    /** Something that was done, not something that is to come. */
    static String done(Given given, String field, String what) {
        var text = said(given, field, what);
        if (FUTURE.matcher(lower(text)).find()) {
            throw new NotAccepted(field
                    + ": containment is what was done. Write it in the past, and do it before you complete this.");
        }
        return text;
    }

    private static boolean isOnly(Pattern excuse, String text) {
        var lower = lower(text);
        if (!excuse.matcher(lower).find()) {
            return false;
        }
        var rest = FILLER.matcher(excuse.matcher(lower).replaceAll(" ")).replaceAll(" ");
        return rest.replaceAll("[^a-z]+", " ").strip().split(" ").length < SOMETHING_ELSE;
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ENGLISH);
    }
}
