package io.holdpoint.returnauthorization;

import io.holdpoint.hold.OdooStep;
import io.holdpoint.hold.Release;
import io.holdpoint.hold.Rulings;
import io.holdpoint.odoo.Deliveries;
import io.holdpoint.odoo.Delivery;
import io.holdpoint.odoo.DocumentRef;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Makes exactly one return transfer in Odoo, or none where nothing has to come back. */
@Component
class AuthorizeReturn implements JavaDelegate {

    private final Deliveries deliveries;
    private final ReturnRequests requests;
    private final Rulings rulings;
    private final Release release;
    private final OdooStep odoo;

    AuthorizeReturn(Deliveries deliveries, ReturnRequests requests, Rulings rulings, Release release, OdooStep odoo) {
        this.deliveries = deliveries;
        this.requests = requests;
        this.rulings = rulings;
        this.release = release;
        this.odoo = odoo;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var caseId = execution.getProcessInstanceId();
        var document = DocumentRef.parse(execution.getProcessBusinessKey());
        var rma = ReturnFacts.rma(caseId, document);
        var lines = odoo.call(execution, () -> deliveries.find(document.id()))
                .map(delivery -> lines(caseId, delivery))
                .orElse(List.of());
        var way = rulings.latest(caseId, ChooseWay.TABLE);
        var refundOnly = ChooseWay.isRefundOnly(rulings, caseId);
        release.carryOut(
                execution,
                "release",
                refundOnly
                        ? "Authorized as " + rma + ", nothing has to come back."
                        : "Return authorized as " + rma + ".",
                Map.of(
                        "rma", rma,
                        "lines", lines,
                        "refundOnly", refundOnly,
                        "quarantine",
                                way.map(answer -> Boolean.TRUE.equals(answer.get("quarantine")))
                                        .orElse(true)));
    }

    private List<Map<String, Object>> lines(String caseId, Delivery delivery) {
        return requests.of(caseId, delivery).stream()
                .filter(line -> line.delivered() != null)
                .map(line -> {
                    var wanted = new TreeMap<String, Object>();
                    wanted.put(
                            "move",
                            java.util.Objects.requireNonNull(line.delivered()).moveId());
                    wanted.put("quantity", line.quantity());
                    wanted.put("lot", line.lot() == 0 ? false : line.lot());
                    return (Map<String, Object>) wanted;
                })
                .toList();
    }
}
