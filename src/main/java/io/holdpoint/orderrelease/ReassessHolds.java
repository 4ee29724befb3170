package io.holdpoint.orderrelease;

import io.holdpoint.hold.CaseFacts;
import io.holdpoint.hold.PolicyCheck;
import io.holdpoint.odoo.DocumentRef;
import java.util.ArrayList;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/**
 * Looks again while people decide: holds whose numbers changed are asked anew, those whose cause went away disappear,
 * new ones are opened, and all others stay as they are.
 */
@Component
class ReassessHolds implements JavaDelegate {

    private final OrderFacts orderFacts;
    private final CaseFacts caseFacts;
    private final PolicyCheck policy;

    ReassessHolds(OrderFacts orderFacts, CaseFacts caseFacts, PolicyCheck policy) {
        this.orderFacts = orderFacts;
        this.caseFacts = caseFacts;
        this.policy = policy;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var document = DocumentRef.parse(execution.getProcessBusinessKey());
        // However long Odoo stays away, people go on deciding: this step is tried again until it answers.
        var reading = orderFacts.read(document);
        if (reading.state() != OrderFacts.State.OPEN) {
            throw new BpmnError(OrderReleaseProcess.ORDER_GONE);
        }
        var facts = reading.facts().orElseThrow();
        if (caseFacts.areLatest(execution.getProcessInstanceId(), facts)) {
            execution.setVariableLocal("newHolds", new ArrayList<>());
            return;
        }
        caseFacts.record(execution.getProcessInstanceId(), document, execution.getCurrentActivityId(), facts);
        execution.setVariableLocal("newHolds", new ArrayList<>(policy.check(execution)));
    }
}
