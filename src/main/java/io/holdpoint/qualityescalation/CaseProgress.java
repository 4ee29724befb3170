package io.holdpoint.qualityescalation;

import io.holdpoint.evidence.Evidence;
import io.holdpoint.followup.FollowUps;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** How far a case has come, from its record alone: a case that is taken up again goes on where it stopped. */
@Component
class CaseProgress {

    private final Evidence evidence;
    private final FollowUps followUps;

    CaseProgress(Evidence evidence, FollowUps followUps) {
        this.evidence = evidence;
        this.followUps = followUps;
    }

    /** What was found in the last inspection, unless the stock was reworked since or is other stock now. */
    Optional<FollowUps.Done> inspection(String caseId) {
        return followUps
                .latest(caseId, QualityEscalationProcess.INSPECT_STOCK)
                .filter(inspected -> inThisRound(caseId, inspected.at()))
                .filter(inspected -> followUps
                        .latest(caseId, QualityEscalationProcess.REWORK_STOCK)
                        .map(FollowUps.Done::at)
                        .filter(inspected.at()::isBefore)
                        .isEmpty());
    }

    boolean contained(String caseId) {
        return followUps
                .latest(caseId, QualityEscalationProcess.CONTAIN_DEFECT)
                .filter(done -> inThisRound(caseId, done.at()))
                .isPresent();
    }

    /** Whether Odoo has carried out the disposition. */
    boolean disposed(String caseId) {
        return disposals(caseId).stream().anyMatch(disposal -> inThisRound(caseId, disposal.at()));
    }

    /** How often Odoo has carried out a disposition. */
    int timesDisposed(String caseId) {
        return disposals(caseId).size();
    }

    /** What was disposed of before the document was reported again. */
    double disposedEarlier(String caseId) {
        return disposals(caseId).stream()
                .filter(disposal -> !inThisRound(caseId, disposal.at()))
                .mapToDouble(disposal -> disposal.content().get("answer") instanceof Map<?, ?> answer
                                && answer.get("result") instanceof Map<?, ?> result
                                && result.get("quantity") instanceof Number quantity
                        ? quantity.doubleValue()
                        : 0)
                .sum();
    }

    private List<Evidence.Entry> disposals(String caseId) {
        return evidence.all(caseId, Evidence.Kind.COMMAND).stream()
                .filter(command -> "dispose".equals(command.content().get("operation"))
                        && command.content().get("answer") instanceof Map<?, ?> answer
                        && !"changed".equals(answer.get("status")))
                .toList();
    }

    /** A document that is reported again while its case is watched may have other stock: it is all looked at anew. */
    private boolean inThisRound(String caseId, Instant moment) {
        return reopenings(caseId, ReopenCase.STOCK)
                .map(Evidence.Entry::at)
                .reduce((earlier, later) -> later)
                .map(moment::isAfter)
                .orElse(true);
    }

    /** Whether this very document was reported again since its case is watched. */
    boolean reportedWhileWatched(String caseId) {
        var watchedSince = shown(caseId, "monitored").map(Evidence.Entry::at).reduce((earlier, later) -> later);
        return watchedSince.isPresent()
                && evidence.all(caseId, Evidence.Kind.EVENT).stream()
                        .anyMatch(event -> event.content().containsKey("event")
                                && event.at().isAfter(watchedSince.get()));
    }

    /** Whether the correction is in place and its effect is still to be judged. */
    boolean corrected(String caseId) {
        var inPlace = answered(caseId, QualityEscalationProcess.VERIFY_CORRECTION, QualityEscalationProcess.IN_PLACE);
        return inPlace.isPresent()
                && followUps
                        .latest(caseId, QualityEscalationProcess.CHECK_EFFECTIVENESS)
                        .filter(judged -> judged.at().isAfter(inPlace.get().at()))
                        .isEmpty();
    }

    boolean proved(String caseId) {
        return answered(caseId, QualityEscalationProcess.CHECK_EFFECTIVENESS, QualityEscalationProcess.EFFECTIVE)
                .isPresent();
    }

    private Optional<FollowUps.Done> answered(String caseId, String step, String answer) {
        var reopened = reopened(caseId);
        return followUps
                .latest(caseId, step)
                .filter(done -> answer.equals(done.content().get("answer")))
                .filter(done -> reopened.map(done.at()::isAfter).orElse(true));
    }

    /** Whether the vendor was moved on the supplier ladder for this occasion already. */
    boolean moved(String caseId, String occasion) {
        return evidence.all(caseId, Evidence.Kind.COMMAND).stream()
                .map(Evidence.Entry::content)
                .anyMatch(command -> MoveSupplierLevel.OPERATION.equals(command.get("operation"))
                        && String.valueOf(command.get("key")).endsWith(":" + occasion));
    }

    private Optional<Instant> reopened(String caseId) {
        return shown(caseId, "reopened").map(Evidence.Entry::at).reduce((earlier, later) -> later);
    }

    /** How often this case was opened again. */
    long reopenings(String caseId) {
        return shown(caseId, "reopened").count();
    }

    private Stream<Evidence.Entry> reopenings(String caseId, String because) {
        return shown(caseId, "reopened")
                .filter(command -> String.valueOf(command.content().get("key")).contains(":" + because));
    }

    /** The moments at which Odoo was to show a state. */
    private Stream<Evidence.Entry> shown(String caseId, String state) {
        return evidence.all(caseId, Evidence.Kind.COMMAND).stream()
                .filter(command -> command.content().get("arguments") instanceof Map<?, ?> arguments
                        && state.equals(arguments.get("state")));
    }

    /** The link to an earlier case of the same defect, as {@link LinkEarlierCase} noted it. */
    Optional<Map<String, Object>> link(String caseId) {
        return evidence.all(caseId, Evidence.Kind.EVENT).stream()
                .map(Evidence.Entry::content)
                .filter(content -> content.containsKey(LinkEarlierCase.EARLIER))
                .findFirst();
    }
}
