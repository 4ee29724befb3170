package io.holdpoint.hold;

import java.time.LocalDate;
import java.util.Locale;
import java.util.Objects;
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
        @Nullable LocalDate since,
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

    /** A hold that waits for an answer to this finding. */
    static Hold open(String id, String caseId, Finding finding, String party, int round) {
        return new Hold(
                id,
                caseId,
                finding.code(),
                State.OPEN,
                finding.severity(),
                finding.sentence(),
                finding.measure(),
                finding.measured(),
                finding.since(),
                finding.allowed(),
                finding.decision(),
                finding.rule(),
                party,
                round);
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
                && (since == null ? Math.abs(measured - finding.measured()) < SAME : since.equals(finding.since()))
                && Objects.equals(allowed, finding.allowed());
    }

    /**
     * Whether a release given for this hold also covers the finding: the same party, a number no worse than the one
     * that was decided on, and no stricter limit. Which direction is worse follows from the side on which the limit was
     * missed. What is as old as it was, but for the days that have passed, is no worse: who releases an invoice that is
     * 45 days late on Monday does not have to do it again on Tuesday.
     */
    boolean covers(Finding finding, String party) {
        if (!this.party.equals(party)) {
            return false;
        }
        var limit = finding.allowed();
        if (since != null && finding.since() != null && allowed != null && limit != null) {
            return !finding.since().isBefore(since) && limit >= allowed - SAME;
        }
        if (allowed == null || limit == null) {
            return Objects.equals(allowed, limit) && Math.abs(measured - finding.measured()) < SAME;
        }
        return measured >= allowed
                ? finding.measured() <= measured + SAME && limit >= allowed - SAME
                : finding.measured() >= measured - SAME && limit <= allowed + SAME;
    }
}
