package io.holdpoint.engine.access;

import java.util.Date;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.spin.plugin.variable.SpinValues;

/** One small workflow around each form, with what the real workflows put into its variables. */
final class TaskSamples {

    static final String DECIDE = "try-decide";

    private TaskSamples() {}

    /** Deploys the workflows; they ask the given groups. */
    static void deploy(RepositoryService repository) {
        deploy(repository, DECIDE, "hold-resolution.decide", "creditControl");
        deploy(repository, "try-correct", "hold-resolution.correct", "sales");
        deploy(repository, "try-refusal", "hold-resolution.refusal", "operations");
        deploy(repository, "try-recover", "hold-resolution.recover", "operations");
    }

    private static void deploy(RepositoryService repository, String key, String form, String group) {
        if (repository.createDeploymentQuery().deploymentName(key).count() > 0) {
            return;
        }
        var model = Bpmn.createExecutableProcess(key)
                .name("Try " + form)
                .startEvent()
                .userTask("userTask_try")
                .name("Decide hold")
                .camundaFormRef(form)
                .camundaFormRefBinding("latest")
                .camundaCandidateGroups(group)
                .camundaDueDate("${dueDate}")
                // A second step, so that the case with its answers is still there to be looked at.
                .userTask("userTask_after")
                .name("Afterwards")
                .camundaCandidateGroups("financeDirector")
                .endEvent()
                .done();
        repository
                .createDeployment()
                .name(key)
                .addModelInstance(key + ".bpmn", model)
                .deploy();
    }

    /** Starts the workflow for a document as Holdpoint does: itself, not on behalf of a caller. */
    static String start(RuntimeService runtime, String key, String document, VariableMap variables) {
        return runtime.startProcessInstanceByKey(key, document, variables).getId();
    }

    /** What a first approver sees of an overdue customer's order. */
    static VariableMap decide(Date due) {
        return common(due)
                .putValue("holdCode", "OVERDUE")
                .putValue("holdTitle", "Invoices overdue")
                .putValue(
                        "policySentence",
                        "Customers with invoices more than 14 days overdue get no further deliveries until they have paid.")
                .putValue("stepText", "Approval 1 of 2")
                .putValue("decideByText", "Tue 24 Nov, 17:00")
                .putValue("changes", json("[]"))
                .putValue("answeredBefore", "")
                .putValue("highValue", true)
                // Outside hold resolution every task is taken for one that mends a case, which chooses an action.
                .putValue("action", "retry")
                .putValue("numbers", json("""
                                [{"label": "Oldest invoice overdue", "value": "23 days", "limit": "14 days"},
                                 {"label": "Overdue amount", "value": "€ 8,420.00", "limit": "€ 0.00"},
                                 {"label": "Exposure with this order", "value": "€ 61,900.00", "limit": "€ 60,000.00"}]"""))
                .putValue("lines", json("""
                                [{"product": "[FURN_8522] Table Top", "quantity": "12", "price": "€ 380.00", "discount": "5 %", "margin": "21 %", "stock": "40", "note": ""},
                                 {"product": "[FURN_7800] Desk Combination", "quantity": "8", "price": "€ 450.00", "discount": "15 %", "margin": "9 %", "stock": "3", "note": "5 short"}]"""))
                .putValue("colleagues", json("""
                             [{"label": "Dora (away until Fri 27 Nov 2026, Max stands in)", "value": "dora"},
                              {"label": "Max", "value": "max"}]"""))
                .putValue("askable", json("""
                             [{"label": "Anna, who asked for the release of S00042", "value": "anna"},
                              {"label": "Ben", "value": "ben"}]"""))
                .putValue("otherHolds", json("""
                             [{"hold": "Discount above mandate", "role": "Sales manager", "state": "released by Sam"}]"""));
    }

    /** What sales sees of a returned order. */
    static VariableMap correct(Date due) {
        return common(due).putValue("holdTitle", "Returned").putValue("corrections", json("""
                                [{"hold": "Discount above mandate", "person": "Sam", "reason": "15 % on the desks is not agreed; the frame contract says 10 %."}]"""));
    }

    /** What operations sees when Odoo said no. */
    static VariableMap refusal(Date due) {
        return common(due)
                .putValue("holdTitle", "Odoo refused")
                .putValue(
                        "odooMessage",
                        "The following products are archived and cannot be sold:\n- [FURN_7800] Desk Combination");
    }

    /** What operations sees when Odoo could not be reached for hours. */
    static VariableMap recover(Date due) {
        return common(due)
                .putValue("holdTitle", "Odoo unreachable")
                .putValue("problemText", "Connection refused: odoo.internal:8069 (17 attempts)");
    }

    private static VariableMap common(Date due) {
        return Variables.createVariables()
                .putValue("documentName", "S00042")
                .putValue("documentUrl", "http://localhost:8069/odoo/sales/42")
                .putValue("partyName", "Nordwind Handels GmbH")
                .putValue("amountText", "€ 12,480.50")
                .putValue("requestedByName", "Anna")
                .putValue("dueDate", due);
    }

    static Object json(String text) {
        return SpinValues.jsonValue(text).create();
    }
}
