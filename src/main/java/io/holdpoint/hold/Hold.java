package io.holdpoint.hold;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/** A failed check of a case, waiting for authority or answered by it. */
public record Hold(
        String id,
        String caseId,
        String code,
        State state,
        String severity,
        String sentence,
        String measure,
        double measured,
        @Nullable Double allowed,
        String decision,
        String rule,
        String party,
        int round) {

    private static final double SAME = 1e-6;

    /** Where a hold is in its life; only OPEN can change. */
    public enum State {
        OPEN,
        RELEASED,
        REJECTED,
        RETURNED,
        /** the cause went away, or the case ended otherwise */
        WITHDRAWN,
        /** released once, but the numbers have become worse since */
        SUPERSEDED,
        EXPIRED
    }

    /** The reason as people say it: OVER_LIMIT_MAJOR is "Over limit (major)". */
    public String title() {
        return title(code);
    }

    static String title(String code) {
        var words = code.toLowerCase(Locale.ROOT)
                .replaceFirst("_major$", " (major)")
                .replace('_', ' ');
        return StringUtils.capitalize(words);
    }

    /** Whether a new finding under the same code tells nothing new. */
    boolean says(Finding finding, String party) {
        return this.party.equals(party)
                && rule.equals(finding.rule())
                && Math.abs(measured - finding.measured()) < SAME
                && java.util.Objects.equals(allowed, finding.allowed());
    }

    /**
     * Whether a release given for this hold also covers the finding: the same party, and numbers no worse than those
     * that were decided on. Which direction is worse follows from the side on which the allowed value was missed.
     */
    boolean covers(Finding finding, String party) {
        if (!this.party.equals(party)) {
            return false;
        }
        if (allowed == null) {
            return Math.abs(measured - finding.measured()) < SAME;
        }
        return measured >= allowed ? finding.measured() <= measured + SAME : finding.measured() >= measured - SAME;
    }
}
