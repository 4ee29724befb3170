package io.holdpoint.qualityescalation;

import io.holdpoint.evidence.Evidence;
import io.holdpoint.followup.FollowUps;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
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

    /** What was found in the last inspection, unless the stock was reworked since. */
    Optional<FollowUps.Done> inspection(String caseId) {
        return followUps
                .latest(caseId, QualityEscalationProcess.INSPECT_STOCK)
                .filter(inspected -> followUps
                        .latest(caseId, QualityEscalationProcess.REWORK_STOCK)
                        .map(FollowUps.Done::at)
                        .filter(inspected.at()::isBefore)
                        .isEmpty());
    }

    boolean contained(String caseId) {
        return followUps.latest(caseId, QualityEscalationProcess.CONTAIN_DEFECT).isPresent();
    }

    /** Whether Odoo has carried out the disposition. */
    boolean disposed(String caseId) {
        return evidence.all(caseId, Evidence.Kind.COMMAND).stream()
                .map(Evidence.Entry::content)
                .anyMatch(command -> "dispose".equals(command.get("operation"))
                        && command.get("answer") instanceof Map<?, ?> answer
                        && !"changed".equals(answer.get("status")));
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
        return evidence.all(caseId, Evidence.Kind.COMMAND).stream()
                .filter(command -> command.content().get("arguments") instanceof Map<?, ?> arguments
                        && "reopened".equals(arguments.get("state")))
                .map(Evidence.Entry::at)
                .reduce((earlier, later) -> later);
    }

    /** How often this case was opened again. */
    long reopenings(String caseId) {
        return evidence.all(caseId, Evidence.Kind.COMMAND).stream()
                .filter(command -> command.content().get("arguments") instanceof Map<?, ?> arguments
                        && "reopened".equals(arguments.get("state")))
                .count();
    }

    /** The link to an earlier case of the same defect, as {@link LinkEarlierCase} noted it. */
    Optional<Map<String, Object>> link(String caseId) {
        return evidence.all(caseId, Evidence.Kind.EVENT).stream()
                .map(Evidence.Entry::content)
                .filter(content -> content.containsKey(LinkEarlierCase.EARLIER))
                .findFirst();
    }
}
