package io.holdpoint.attack;

import io.holdpoint.intake.EventSignature;
import io.holdpoint.intake.Intake;
import io.holdpoint.odoo.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** All attempts, one line each; docs/security.md shows them as a table. */
final class Attacks {

    private static final String EVENT = "{\"specversion\": \"1.0\", \"id\": \"1\", \"source\": \"shop\","
            + " \"type\": \"order-release.requested\", \"subject\": \"sale.order,1\"}";

    private Attacks() {}

    static List<Attack> all() {
        return List.of(
                new Attack(
                        "clara",
                        "REST",
                        "completes the task of another role",
                        "rights of the group",
                        "",
                        world -> world.rest("clara")
                                .post(
                                        "/task/" + world.takenTask + "/complete",
                                        "{\"variables\": {\"decision\": {\"value\": \"release\"}, \"reason\": {\"value\": \"I know them.\"}}}")),
                new Attack(
                        "clara",
                        "REST",
                        "claims the task of another role",
                        "rights of the group",
                        "",
                        world -> world.rest("clara")
                                .post("/task/" + world.takenTask + "/claim", "{\"userId\": \"clara\"}")),
                new Attack(
                        "ole",
                        "REST",
                        "completes the task of another role",
                        "rights of the group",
                        "",
                        world -> world.rest("ole")
                                .post(
                                        "/task/" + world.takenTask + "/complete",
                                        "{\"variables\": {\"decision\": {\"value\": \"release\"}, \"reason\": {\"value\": \"I know them.\"}}}")),
                new Attack(
                        "ole",
                        "REST",
                        "claims the task of another role",
                        "rights of the group",
                        "",
                        world ->
                                world.rest("ole").post("/task/" + world.takenTask + "/claim", "{\"userId\": \"ole\"}")),
                new Attack(
                        "audrey",
                        "REST",
                        "completes the task of another role",
                        "rights of the group",
                        "",
                        world -> world.rest("audrey")
                                .post(
                                        "/task/" + world.takenTask + "/complete",
                                        "{\"variables\": {\"decision\": {\"value\": \"release\"}, \"reason\": {\"value\": \"I know them.\"}}}")),
                new Attack(
                        "audrey",
                        "REST",
                        "claims the task of another role",
                        "rights of the group",
                        "",
                        world -> world.rest("audrey")
                                .post("/task/" + world.takenTask + "/claim", "{\"userId\": \"audrey\"}")),
                new Attack(
                        "petra",
                        "REST",
                        "completes the task of another role",
                        "rights of the group",
                        "",
                        world -> world.rest("petra")
                                .post(
                                        "/task/" + world.takenTask + "/complete",
                                        "{\"variables\": {\"decision\": {\"value\": \"release\"}, \"reason\": {\"value\": \"I know them.\"}}}")),
                new Attack(
                        "petra",
                        "REST",
                        "claims the task of another role",
                        "rights of the group",
                        "",
                        world -> world.rest("petra")
                                .post("/task/" + world.takenTask + "/claim", "{\"userId\": \"petra\"}")),
                new Attack(
                        "anna",
                        "REST",
                        "completes what a colleague has taken",
                        "claim",
                        "has taken this task",
                        world -> world.rest("anna")
                                .post(
                                        "/task/" + world.takenTask + "/complete",
                                        "{\"variables\": {\"decision\": {\"value\": \"release\"}, \"reason\": {\"value\": \"I know them.\"}}}")),
                new Attack(
                        "anna",
                        "REST",
                        "releases an own request",
                        "four eyes",
                        "Four eyes: Anna asked for the release",
                        world -> world.rest("anna")
                                .post(
                                        "/task/" + world.freeTask + "/complete",
                                        "{\"variables\": {\"decision\": {\"value\": \"release\"}, \"reason\": {\"value\": \"I know them.\"}}}")),
                new Attack(
                        "anna",
                        "REST",
                        "releases an own request and sends another `requester` along",
                        "four eyes",
                        "Four eyes: Anna asked for the release",
                        world -> world.rest("anna")
                                .post(
                                        "/task/" + world.freeTask + "/submit-form",
                                        "{\"variables\": {\"decision\": {\"value\": \"release\"}, \"reason\": {\"value\": \"I know them.\"}, \"requester\": {\"value\": \"ben\"}}}")),
                new Attack(
                        "max",
                        "REST",
                        "takes the second step after the first",
                        "four eyes",
                        "earlier step",
                        world -> world.rest("max")
                                .post(
                                        "/task/" + world.secondStep + "/complete",
                                        "{\"variables\": {\"decision\": {\"value\": \"release\"}, \"reason\": {\"value\": \"I know them.\"}}}")),
                new Attack(
                        "admin",
                        "REST",
                        "releases for an approver",
                        "claim",
                        "has taken this task",
                        world -> world.rest("admin")
                                .post(
                                        "/task/" + world.takenTask + "/complete",
                                        "{\"variables\": {\"decision\": {\"value\": \"release\"}, \"reason\": {\"value\": \"I know them.\"}}}")),
                new Attack(
                        "admin",
                        "REST",
                        "releases without the role",
                        "role asked by policy",
                        "is not a member",
                        world -> world.rest("admin")
                                .post(
                                        "/task/" + world.freeTask + "/complete",
                                        "{\"variables\": {\"decision\": {\"value\": \"release\"}, \"reason\": {\"value\": \"I know them.\"}}}")),
                new Attack(
                        "max",
                        "REST",
                        "resolves the task and sends variables",
                        "no shortcuts",
                        "written by Holdpoint alone",
                        world -> world.rest("max")
                                .post(
                                        "/task/" + world.takenTask + "/resolve",
                                        "{\"variables\": {\"settled\": {\"value\": \"released\"}}}")),
                new Attack(
                        "max",
                        "REST",
                        "raises a BPMN error on the task",
                        "no shortcuts",
                        "not sent by hand",
                        world -> world.rest("max")
                                .post("/task/" + world.takenTask + "/bpmnError", "{\"errorCode\": \"odooRefused\"}")),
                new Attack(
                        "max",
                        "REST",
                        "raises an escalation on the task",
                        "no shortcuts",
                        "not sent by hand",
                        world -> world.rest("max")
                                .post("/task/" + world.takenTask + "/bpmnEscalation", "{\"escalationCode\": \"x\"}")),
                new Attack(
                        "max",
                        "REST",
                        "sets a variable of the task",
                        "no shortcuts",
                        "written by Holdpoint alone",
                        world -> world.rest("max")
                                .put("/task/" + world.takenTask + "/variables/settled", "{\"value\": \"released\"}")),
                new Attack(
                        "max",
                        "REST",
                        "sets a local variable of the task",
                        "no shortcuts",
                        "written by Holdpoint alone",
                        world -> world.rest("max")
                                .put(
                                        "/task/" + world.takenTask + "/localVariables/settled",
                                        "{\"value\": \"released\"}")),
                new Attack(
                        "max",
                        "REST",
                        "changes several variables of the task",
                        "no shortcuts",
                        "written by Holdpoint alone",
                        world -> world.rest("max")
                                .post(
                                        "/task/" + world.takenTask + "/variables",
                                        "{\"modifications\": {\"settled\": {\"value\": \"released\"}}}")),
                new Attack(
                        "admin",
                        "REST",
                        "resolves the task and sends variables",
                        "no shortcuts",
                        "written by Holdpoint alone",
                        world -> world.rest("admin")
                                .post(
                                        "/task/" + world.takenTask + "/resolve",
                                        "{\"variables\": {\"settled\": {\"value\": \"released\"}}}")),
                new Attack(
                        "admin",
                        "REST",
                        "raises a BPMN error on the task",
                        "no shortcuts",
                        "not sent by hand",
                        world -> world.rest("admin")
                                .post("/task/" + world.takenTask + "/bpmnError", "{\"errorCode\": \"odooRefused\"}")),
                new Attack(
                        "admin",
                        "REST",
                        "raises an escalation on the task",
                        "no shortcuts",
                        "not sent by hand",
                        world -> world.rest("admin")
                                .post("/task/" + world.takenTask + "/bpmnEscalation", "{\"escalationCode\": \"x\"}")),
                new Attack(
                        "admin",
                        "REST",
                        "sets a variable of the task",
                        "no shortcuts",
                        "written by Holdpoint alone",
                        world -> world.rest("admin")
                                .put("/task/" + world.takenTask + "/variables/settled", "{\"value\": \"released\"}")),
                new Attack(
                        "admin",
                        "REST",
                        "sets a local variable of the task",
                        "no shortcuts",
                        "written by Holdpoint alone",
                        world -> world.rest("admin")
                                .put(
                                        "/task/" + world.takenTask + "/localVariables/settled",
                                        "{\"value\": \"released\"}")),
                new Attack(
                        "admin",
                        "REST",
                        "changes several variables of the task",
                        "no shortcuts",
                        "written by Holdpoint alone",
                        world -> world.rest("admin")
                                .post(
                                        "/task/" + world.takenTask + "/variables",
                                        "{\"modifications\": {\"settled\": {\"value\": \"released\"}}}")),
                new Attack(
                        "max",
                        "REST",
                        "gives the own task to somebody else",
                        "rights of the group",
                        "",
                        world -> world.rest("max")
                                .post("/task/" + world.takenTask + "/assignee", "{\"userId\": \"anna\"}")),
                new Attack(
                        "max",
                        "REST",
                        "offers the own task to another group",
                        "rights of the group",
                        "",
                        world -> world.rest("max")
                                .post(
                                        "/task/" + world.takenTask + "/identity-links",
                                        "{\"groupId\": \"sales\", \"type\": \"candidate\"}")),
                new Attack(
                        "max",
                        "REST",
                        "moves the due date of the own task",
                        "rights of the group",
                        "",
                        world -> world.rest("max")
                                .put(
                                        "/task/" + world.takenTask,
                                        "{\"assignee\": \"max\", \"due\": \"2036-01-01T00:00:00.000+0000\"}")),
                new Attack(
                        "max",
                        "REST",
                        "sets a variable of the case",
                        "no shortcuts",
                        "written by Holdpoint alone",
                        world -> world.rest("max")
                                .put(
                                        "/process-instance/" + world.asking + "/variables/requester",
                                        "{\"value\": \"ben\"}")),
                new Attack(
                        "max",
                        "REST",
                        "jumps behind the approval",
                        "no shortcuts",
                        "a case goes the way of its model",
                        world -> world.rest("max")
                                .post(
                                        "/process-instance/" + world.caseId + "/modification",
                                        "{\"skipCustomListeners\": true, \"instructions\": [{\"type\": \"startBeforeActivity\", \"activityId\": \"serviceTask_confirmOrder\"}]}")),
                new Attack(
                        "max",
                        "REST",
                        "sends the message that the cause is gone",
                        "no shortcuts",
                        "not sent by hand",
                        world -> world.rest("max")
                                .post(
                                        "/message",
                                        "{\"messageName\": \"hold-resolution.causeGone\", \"processInstanceId\": \""
                                                + world.asking + "\"}")),
                new Attack(
                        "ole",
                        "REST",
                        "sets a variable of the case",
                        "no shortcuts",
                        "written by Holdpoint alone",
                        world -> world.rest("ole")
                                .put(
                                        "/process-instance/" + world.asking + "/variables/requester",
                                        "{\"value\": \"ben\"}")),
                new Attack(
                        "ole",
                        "REST",
                        "jumps behind the approval",
                        "no shortcuts",
                        "a case goes the way of its model",
                        world -> world.rest("ole")
                                .post(
                                        "/process-instance/" + world.caseId + "/modification",
                                        "{\"skipCustomListeners\": true, \"instructions\": [{\"type\": \"startBeforeActivity\", \"activityId\": \"serviceTask_confirmOrder\"}]}")),
                new Attack(
                        "ole",
                        "REST",
                        "sends the message that the cause is gone",
                        "no shortcuts",
                        "not sent by hand",
                        world -> world.rest("ole")
                                .post(
                                        "/message",
                                        "{\"messageName\": \"hold-resolution.causeGone\", \"processInstanceId\": \""
                                                + world.asking + "\"}")),
                new Attack(
                        "admin",
                        "REST",
                        "sets a variable of the case",
                        "no shortcuts",
                        "written by Holdpoint alone",
                        world -> world.rest("admin")
                                .put(
                                        "/process-instance/" + world.asking + "/variables/requester",
                                        "{\"value\": \"ben\"}")),
                new Attack(
                        "admin",
                        "REST",
                        "jumps behind the approval",
                        "no shortcuts",
                        "a case goes the way of its model",
                        world -> world.rest("admin")
                                .post(
                                        "/process-instance/" + world.caseId + "/modification",
                                        "{\"skipCustomListeners\": true, \"instructions\": [{\"type\": \"startBeforeActivity\", \"activityId\": \"serviceTask_confirmOrder\"}]}")),
                new Attack(
                        "admin",
                        "REST",
                        "sends the message that the cause is gone",
                        "no shortcuts",
                        "not sent by hand",
                        world -> world.rest("admin")
                                .post(
                                        "/message",
                                        "{\"messageName\": \"hold-resolution.causeGone\", \"processInstanceId\": \""
                                                + world.asking + "\"}")),
                new Attack(
                        "max",
                        "REST",
                        "sets a variable of an execution",
                        "no shortcuts",
                        "written by Holdpoint alone",
                        world -> world.rest("max")
                                .put(
                                        "/execution/" + world.asking + "/localVariables/settled",
                                        "{\"value\": \"released\"}")),
                new Attack(
                        "max",
                        "REST",
                        "sends the message that the document changed",
                        "no shortcuts",
                        "not sent by hand",
                        world -> world.rest("max")
                                .post(
                                        "/message",
                                        "{\"messageName\": \"order-release.orderChanged\", \"businessKey\": \""
                                                + world.taken + "\"}")),
                new Attack(
                        "max",
                        "REST",
                        "triggers a message subscription",
                        "no shortcuts",
                        "not sent by hand",
                        world -> world.rest("max")
                                .post(
                                        "/execution/" + world.asking
                                                + "/messageSubscriptions/hold-resolution.causeGone/trigger",
                                        "{}")),
                new Attack(
                        "ole",
                        "REST",
                        "moves an execution on",
                        "no shortcuts",
                        "not sent by hand",
                        world -> world.rest("ole").post("/execution/" + world.asking + "/signal", "{}")),
                new Attack(
                        "max",
                        "REST",
                        "sends a signal",
                        "no shortcuts",
                        "not sent by hand",
                        world -> world.rest("max").post("/signal", "{\"name\": \"release\"}")),
                new Attack(
                        "admin",
                        "REST",
                        "sends a signal",
                        "no shortcuts",
                        "not sent by hand",
                        world -> world.rest("admin").post("/signal", "{\"name\": \"release\"}")),
                new Attack(
                        "max",
                        "REST",
                        "evaluates conditions",
                        "no shortcuts",
                        "not sent by hand",
                        world -> world.rest("max").post("/condition", "{\"variables\": {\"x\": {\"value\": 1}}}")),
                new Attack(
                        "max",
                        "REST",
                        "cancels the case",
                        "rights of the group",
                        "",
                        world -> world.rest("max").delete("/process-instance/" + world.caseId)),
                new Attack(
                        "ole",
                        "REST",
                        "cancels the case",
                        "rights of the group",
                        "",
                        world -> world.rest("ole").delete("/process-instance/" + world.caseId)),
                new Attack(
                        "max",
                        "REST",
                        "suspends the case",
                        "rights of the group",
                        "",
                        world -> world.rest("max")
                                .put("/process-instance/" + world.caseId + "/suspended", "{\"suspended\": true}")),
                new Attack(
                        "max",
                        "REST",
                        "suspends the workflow",
                        "rights of the group",
                        "",
                        world -> world.rest("max")
                                .put(
                                        "/process-definition/" + world.definition + "/suspended",
                                        "{\"suspended\": true}")),
                new Attack(
                        "max",
                        "REST",
                        "starts a workflow",
                        "rights of the group",
                        "",
                        world -> world.rest("max")
                                .post(
                                        "/process-definition/key/order-release/start",
                                        "{\"businessKey\": \"sale.order,9\"}")),
                new Attack(
                        "odoo",
                        "REST",
                        "starts behind the approval, listeners skipped",
                        "no shortcuts",
                        "a case goes the way of its model",
                        world -> world.rest("odoo")
                                .post(
                                        "/process-definition/key/order-release/start",
                                        "{\"businessKey\": \"sale.order,9\", \"skipCustomListeners\": true, \"startInstructions\": [{\"type\": \"startBeforeActivity\", \"activityId\": \"serviceTask_confirmOrder\"}]}")),
                new Attack(
                        "odoo",
                        "REST",
                        "starts with variables",
                        "no shortcuts",
                        "business key only",
                        world -> world.rest("odoo")
                                .post(
                                        "/process-definition/key/order-release/start",
                                        "{\"businessKey\": \"sale.order,9\", \"variables\": {\"documentState\": {\"value\": \"released\"}}}")),
                new Attack(
                        "odoo",
                        "REST",
                        "starts the part that asks by itself",
                        "no shortcuts",
                        "not started by itself",
                        world -> world.rest("odoo")
                                .post(
                                        "/process-definition/key/hold-resolution/start",
                                        "{\"businessKey\": \"sale.order,9\"}")),
                new Attack(
                        "max",
                        "REST",
                        "restarts a finished case behind the approval",
                        "no shortcuts",
                        "a case goes the way of its model",
                        world -> world.rest("max")
                                .post(
                                        "/process-definition/" + world.definition + "/restart",
                                        "{\"processInstanceIds\": [\"" + world.finished
                                                + "\"], \"instructions\": [{\"type\": \"startBeforeActivity\", \"activityId\": \"serviceTask_confirmOrder\"}]}")),
                new Attack(
                        "max",
                        "REST",
                        "migrates the case to another model",
                        "no shortcuts",
                        "stays with the version",
                        world -> world.rest("max")
                                .post(
                                        "/migration/execute",
                                        "{\"processInstanceIds\": [\"" + world.asking
                                                + "\"], \"migrationPlan\": {\"sourceProcessDefinitionId\": \""
                                                + world.askingDefinition + "\", \"targetProcessDefinitionId\": \""
                                                + world.definition + "\", \"instructions\": []}}")),
                new Attack(
                        "admin",
                        "REST",
                        "restarts a finished case behind the approval",
                        "no shortcuts",
                        "a case goes the way of its model",
                        world -> world.rest("admin")
                                .post(
                                        "/process-definition/" + world.definition + "/restart",
                                        "{\"processInstanceIds\": [\"" + world.finished
                                                + "\"], \"instructions\": [{\"type\": \"startBeforeActivity\", \"activityId\": \"serviceTask_confirmOrder\"}]}")),
                new Attack(
                        "admin",
                        "REST",
                        "migrates the case to another model",
                        "no shortcuts",
                        "stays with the version",
                        world -> world.rest("admin")
                                .post(
                                        "/migration/execute",
                                        "{\"processInstanceIds\": [\"" + world.asking
                                                + "\"], \"migrationPlan\": {\"sourceProcessDefinitionId\": \""
                                                + world.askingDefinition + "\", \"targetProcessDefinitionId\": \""
                                                + world.definition + "\", \"instructions\": []}}")),
                new Attack(
                        "admin",
                        "REST",
                        "migrates the case as a batch",
                        "no shortcuts",
                        "stays with the version",
                        world -> world.rest("admin")
                                .post(
                                        "/migration/executeAsync",
                                        "{\"processInstanceIds\": [\"" + world.asking
                                                + "\"], \"migrationPlan\": {\"sourceProcessDefinitionId\": \""
                                                + world.askingDefinition + "\", \"targetProcessDefinitionId\": \""
                                                + world.definition + "\", \"instructions\": []}}")),
                new Attack(
                        "admin",
                        "REST",
                        "sets a variable of many cases",
                        "no shortcuts",
                        "written by Holdpoint alone",
                        world -> world.rest("admin")
                                .post(
                                        "/process-instance/variables-async",
                                        "{\"processInstanceIds\": [\"" + world.asking
                                                + "\"], \"variables\": {\"settled\": {\"value\": \"released\"}}}")),
                new Attack(
                        "max",
                        "REST",
                        "retries a job",
                        "rights of the group",
                        "",
                        world -> world.rest("max").put("/job/" + world.timer + "/retries", "{\"retries\": 5}")),
                new Attack(
                        "audrey",
                        "REST",
                        "retries a job",
                        "rights of the group",
                        "",
                        world -> world.rest("audrey").put("/job/" + world.timer + "/retries", "{\"retries\": 5}")),
                new Attack(
                        "max",
                        "REST",
                        "moves a deadline",
                        "no shortcuts",
                        "not moved by hand",
                        world -> world.rest("max")
                                .put(
                                        "/job/" + world.timer + "/duedate",
                                        "{\"duedate\": \"2036-01-01T00:00:00.000+0000\"}")),
                new Attack(
                        "ole",
                        "REST",
                        "moves a deadline",
                        "no shortcuts",
                        "not moved by hand",
                        world -> world.rest("ole")
                                .put(
                                        "/job/" + world.timer + "/duedate",
                                        "{\"duedate\": \"2036-01-01T00:00:00.000+0000\"}")),
                new Attack(
                        "admin",
                        "REST",
                        "moves a deadline",
                        "no shortcuts",
                        "not moved by hand",
                        world -> world.rest("admin")
                                .put(
                                        "/job/" + world.timer + "/duedate",
                                        "{\"duedate\": \"2036-01-01T00:00:00.000+0000\"}")),
                new Attack(
                        "max",
                        "REST",
                        "fires a timer by hand",
                        "rights of the group",
                        "",
                        world -> world.rest("max").post("/job/" + world.timer + "/execute", "{}")),
                new Attack(
                        "audrey",
                        "REST",
                        "deletes the history of a case",
                        "no shortcuts",
                        "stays on record",
                        world -> world.rest("audrey").delete("/history/process-instance/" + world.finished)),
                new Attack(
                        "admin",
                        "REST",
                        "deletes the history of a case",
                        "no shortcuts",
                        "stays on record",
                        world -> world.rest("admin").delete("/history/process-instance/" + world.finished)),
                new Attack(
                        "admin",
                        "REST",
                        "deletes the history of many cases",
                        "no shortcuts",
                        "stays on record",
                        world -> world.rest("admin")
                                .post(
                                        "/history/process-instance/delete",
                                        "{\"historicProcessInstanceIds\": [\"" + world.finished + "\"]}")),
                new Attack(
                        "admin",
                        "REST",
                        "sets the day on which history is removed",
                        "no shortcuts",
                        "stays on record",
                        world -> world.rest("admin")
                                .post(
                                        "/history/process-instance/set-removal-time",
                                        "{\"historicProcessInstanceIds\": [\"" + world.finished
                                                + "\"], \"absoluteRemovalTime\": \"2026-01-01T00:00:00.000+0000\"}")),
                new Attack(
                        "admin",
                        "REST",
                        "has history cleaned up now",
                        "no shortcuts",
                        "stays on record",
                        world -> world.rest("admin").post("/history/cleanup", "{}")),
                new Attack(
                        "admin",
                        "REST",
                        "shortens how long history is kept",
                        "no shortcuts",
                        "stays on record",
                        world -> world.rest("admin")
                                .put(
                                        "/process-definition/" + world.definition + "/history-time-to-live",
                                        "{\"historyTimeToLive\": 0}")),
                new Attack(
                        "petra",
                        "REST",
                        "deletes a deployment with all its cases",
                        "no shortcuts",
                        "stays on record",
                        world -> world.rest("petra").delete("/deployment/" + world.deployment + "?cascade=true")),
                new Attack(
                        "admin",
                        "REST",
                        "deletes a deployment with all its cases",
                        "no shortcuts",
                        "stays on record",
                        world -> world.rest("admin").delete("/deployment/" + world.deployment + "?cascade=true")),
                new Attack(
                        "admin",
                        "REST",
                        "deletes a model with all its cases",
                        "no shortcuts",
                        "stays on record",
                        world -> world.rest("admin")
                                .delete("/process-definition/" + world.definition + "?cascade=true")),
                new Attack(
                        "max",
                        "REST",
                        "deploys a model",
                        "rights of the group",
                        "",
                        world -> world.rest("max").deploy("attack.bpmn", model("<userTask id=\"task\"/>"))),
                new Attack(
                        "ole",
                        "REST",
                        "deploys a model",
                        "rights of the group",
                        "",
                        world -> world.rest("ole").deploy("attack.bpmn", model("<userTask id=\"task\"/>"))),
                new Attack(
                        "audrey",
                        "REST",
                        "deploys a model",
                        "rights of the group",
                        "",
                        world -> world.rest("audrey").deploy("attack.bpmn", model("<userTask id=\"task\"/>"))),
                new Attack(
                        "petra",
                        "REST",
                        "deploys a script task",
                        "model rules",
                        "is a script task",
                        world -> world.rest("petra")
                                .deploy(
                                        "attack.bpmn",
                                        model(
                                                "<scriptTask id=\"task\" scriptFormat=\"javascript\"><script>1</script></scriptTask>"))),
                new Attack(
                        "petra",
                        "REST",
                        "deploys a step with a Java class",
                        "model rules",
                        "names a Java class",
                        world -> world.rest("petra")
                                .deploy(
                                        "attack.bpmn",
                                        model("<serviceTask id=\"task\" camunda:class=\"java.lang.Runtime\"/>"))),
                new Attack(
                        "petra",
                        "REST",
                        "deploys a shell task",
                        "model rules",
                        "is a shell task",
                        world -> world.rest("petra")
                                .deploy("attack.bpmn", model("<serviceTask id=\"task\" camunda:type=\"shell\"/>"))),
                new Attack(
                        "clara",
                        "REST",
                        "makes a filter with an expression",
                        "rights of the group",
                        "",
                        world -> world.rest("clara")
                                .post(
                                        "/filter/create",
                                        "{\"name\": \"x\", \"resourceType\": \"Task\", \"query\": {\"assigneeExpression\": \"${1}\"}}")),
                new Attack(
                        "clara",
                        "REST",
                        "asks for tasks by an expression",
                        "no expressions in queries",
                        "",
                        world -> world.rest("clara").post("/task", "{\"assigneeExpression\": \"${currentUser()}\"}")),
                new Attack(
                        "clara",
                        "REST",
                        "joins the administrators",
                        "rights of the group",
                        "",
                        world -> world.rest("clara").put("/group/camunda-admin/members/clara", "{}")),
                new Attack(
                        "ole",
                        "REST",
                        "joins the administrators",
                        "rights of the group",
                        "",
                        world -> world.rest("ole").put("/group/camunda-admin/members/ole", "{}")),
                new Attack(
                        "audrey",
                        "REST",
                        "joins the administrators",
                        "rights of the group",
                        "",
                        world -> world.rest("audrey").put("/group/camunda-admin/members/audrey", "{}")),
                new Attack(
                        "petra",
                        "REST",
                        "joins the administrators",
                        "rights of the group",
                        "",
                        world -> world.rest("petra").put("/group/camunda-admin/members/petra", "{}")),
                new Attack(
                        "clara",
                        "REST",
                        "grants every right",
                        "rights of the group",
                        "",
                        world -> world.rest("clara")
                                .post(
                                        "/authorization/create",
                                        "{\"type\": 1, \"permissions\": [\"ALL\"], \"userId\": \"clara\", \"resourceType\": 7, \"resourceId\": \"*\"}")),
                new Attack(
                        "clara",
                        "REST",
                        "changes a colleague's password",
                        "rights of the group",
                        "",
                        world -> world.rest("clara")
                                .put(
                                        "/user/max/credentials",
                                        "{\"password\": \"Some-Password-1\", \"authenticatedUserPassword\": \"Holdpoint-1\"}")),
                new Attack(
                        "clara",
                        "REST",
                        "changes a colleague's profile",
                        "rights of the group",
                        "",
                        world -> world.rest("clara")
                                .put(
                                        "/user/max/profile",
                                        "{\"id\": \"max\", \"firstName\": \"M\", \"lastName\": \"\", \"email\": \"anna@example.com\"}")),
                new Attack(
                        "max",
                        "REST",
                        "changes the own e-mail address",
                        "own address",
                        "Your e-mail address says whose requests are your own",
                        world -> world.rest("max")
                                .put(
                                        "/user/max/profile",
                                        "{\"id\": \"max\", \"firstName\": \"X\", \"lastName\": \"\", \"email\": \"somebody@example.com\"}")),
                new Attack(
                        "admin",
                        "REST",
                        "changes the own e-mail address",
                        "own address",
                        "Your e-mail address says whose requests are your own",
                        world -> world.rest("admin")
                                .put(
                                        "/user/admin/profile",
                                        "{\"id\": \"admin\", \"firstName\": \"X\", \"lastName\": \"\", \"email\": \"somebody@example.com\"}")),
                new Attack(
                        "max",
                        "REST",
                        "removes the own e-mail address",
                        "own address",
                        "Your e-mail address says whose requests are your own",
                        world -> world.rest("max").put("/user/max/profile", "{\"id\": \"max\", \"firstName\": \"X\"}")),
                new Attack(
                        "admin",
                        "REST",
                        "changes the own e-mail address under the name of a colleague",
                        "own address",
                        "Your e-mail address says whose requests are your own",
                        world -> world.rest("admin")
                                .put(
                                        "/user/max/profile",
                                        "{\"id\": \"admin\", \"firstName\": \"X\", \"lastName\": \"\", \"email\": \"somebody@example.com\"}")),
                new Attack(
                        "max",
                        "Tasklist",
                        "changes the own e-mail address",
                        "own address",
                        "Your e-mail address says whose requests are your own",
                        world -> world.webapp("tasklist", "max")
                                .put(
                                        "/user/max/profile",
                                        "{\"id\": \"max\", \"firstName\": \"X\", \"lastName\": \"\", \"email\": \"somebody@example.com\"}")),
                new Attack(
                        "admin",
                        "Cockpit",
                        "changes the own e-mail address",
                        "own address",
                        "Your e-mail address says whose requests are your own",
                        world -> world.webapp("cockpit", "admin")
                                .put(
                                        "/user/admin/profile",
                                        "{\"id\": \"admin\", \"firstName\": \"X\", \"lastName\": \"\", \"email\": \"somebody@example.com\"}")),
                new Attack(
                        "clara",
                        "REST",
                        "makes a user",
                        "rights of the group",
                        "",
                        world -> world.rest("clara")
                                .post(
                                        "/user/create",
                                        "{\"profile\": {\"id\": \"x\"}, \"credentials\": {\"password\": \"Some-Password-1\"}}")),
                new Attack(
                        "max",
                        "REST",
                        "releases, made to by a page of another site",
                        "own pages only",
                        "A page of another site made the browser send this",
                        world -> world.rest("max")
                                .postFromAnotherSite(
                                        "/task/" + world.takenTask + "/complete",
                                        "{\"variables\": {\"decision\": {\"value\": \"release\"}, \"reason\": {\"value\": \"I know them.\"}}}")),
                new Attack(
                        "anna",
                        "Tasklist",
                        "releases an own request",
                        "four eyes",
                        "Four eyes: Anna asked for the release",
                        world -> world.webapp("tasklist", "anna")
                                .post(
                                        "/task/" + world.freeTask + "/submit-form",
                                        "{\"variables\": {\"decision\": {\"value\": \"release\"}, \"reason\": {\"value\": \"I know them.\"}}}")),
                new Attack(
                        "max",
                        "Tasklist",
                        "takes the second step after the first",
                        "four eyes",
                        "earlier step",
                        world -> world.webapp("tasklist", "max")
                                .post(
                                        "/task/" + world.secondStep + "/submit-form",
                                        "{\"variables\": {\"decision\": {\"value\": \"release\"}, \"reason\": {\"value\": \"I know them.\"}}}")),
                new Attack(
                        "max",
                        "Tasklist",
                        "raises a BPMN error on the task",
                        "no shortcuts",
                        "not sent by hand",
                        world -> world.webapp("tasklist", "max")
                                .post("/task/" + world.takenTask + "/bpmnError", "{\"errorCode\": \"odooRefused\"}")),
                new Attack(
                        "clara",
                        "Tasklist",
                        "completes the task of another role",
                        "rights of the group",
                        "",
                        world -> world.webapp("tasklist", "clara")
                                .post(
                                        "/task/" + world.takenTask + "/complete",
                                        "{\"variables\": {\"decision\": {\"value\": \"release\"}, \"reason\": {\"value\": \"I know them.\"}}}")),
                new Attack(
                        "admin",
                        "Cockpit",
                        "jumps behind the approval",
                        "no shortcuts",
                        "a case goes the way of its model",
                        world -> world.webapp("cockpit", "admin")
                                .post(
                                        "/process-instance/" + world.caseId + "/modification",
                                        "{\"skipCustomListeners\": true, \"instructions\": [{\"type\": \"startBeforeActivity\", \"activityId\": \"serviceTask_confirmOrder\"}]}")),
                new Attack(
                        "admin",
                        "Cockpit",
                        "sets a variable of the case",
                        "no shortcuts",
                        "written by Holdpoint alone",
                        world -> world.webapp("cockpit", "admin")
                                .put(
                                        "/process-instance/" + world.asking + "/variables/requester",
                                        "{\"value\": \"ben\"}")),
                new Attack(
                        "ole",
                        "Cockpit",
                        "completes the task of another role",
                        "rights of the group",
                        "",
                        world -> world.webapp("cockpit", "ole")
                                .post(
                                        "/task/" + world.takenTask + "/complete",
                                        "{\"variables\": {\"decision\": {\"value\": \"release\"}, \"reason\": {\"value\": \"I know them.\"}}}")),
                new Attack(
                        "anonymous",
                        "REST",
                        "completes a task",
                        "login",
                        "user and password",
                        world -> world.nobody().post("/engine-rest/task/" + world.takenTask + "/complete", "{}")),
                new Attack(
                        "anonymous",
                        "Tasklist",
                        "makes an administrator on the setup page",
                        "door shut",
                        "",
                        world -> world.nobody()
                                .post(
                                        "/camunda/api/admin/setup/default/user/create",
                                        "{\"profile\": {\"id\": \"x\"}, \"credentials\": {\"password\": \"Let-Me-In-1\"}}")),
                new Attack(
                        "anonymous",
                        "webhook",
                        "forges a webhook with a guessed secret",
                        "secret of the webhook",
                        "",
                        world -> world.nobody()
                                .post("/api/odoo/webhooks/guessed-secret", "{\"_model\": \"sale.order\", \"_id\": 1}")),
                new Attack(
                        "anonymous",
                        "webhook",
                        "forges an event without a signature",
                        "signature",
                        "Holdpoint-Signature",
                        world -> world.event(EVENT)),
                new Attack(
                        "anonymous",
                        "webhook",
                        "forges a signature",
                        "signature",
                        "Holdpoint-Signature",
                        world -> world.event(EVENT, "Holdpoint-Signature", "t=1,v1=" + "0".repeat(64))),
                new Attack(
                        "audrey",
                        "events",
                        "has a quarantined event worked off",
                        "rights of the group",
                        "None of your groups",
                        world -> world.holdpoint("audrey").post("/api/events/1/replay", "")),
                new Attack(
                        "clara",
                        "cases",
                        "writes to a case",
                        "rights of the group",
                        "None of your groups",
                        world -> world.holdpoint("clara").post("/api/cases/sale.order,1", "{}")),
                new Attack(
                        "anna",
                        "Odoo",
                        "confirms the order by hand",
                        "guard in Odoo",
                        "on hold by Holdpoint",
                        world -> world.odoo("anna", "action_confirm", Map.of())),
                new Attack(
                        "anna",
                        "Odoo",
                        "writes the state of the order",
                        "guard in Odoo",
                        "Holdpoint",
                        world -> world.odoo("anna", "write", Map.of("vals", Map.of("state", "sale")))),
                new Attack(
                        "anna",
                        "Odoo",
                        "writes that Holdpoint released it",
                        "guard in Odoo",
                        "only Holdpoint sets",
                        world -> world.odoo("anna", "write", Map.of("vals", Map.of("x_holdpoint_state", "released")))),
                new Attack(
                        "admin",
                        "Odoo",
                        "confirms the order by hand",
                        "guard in Odoo",
                        "on hold by Holdpoint",
                        world -> world.odoo("admin", "action_confirm", Map.of())),
                new Attack(
                        "admin",
                        "Odoo",
                        "writes the state of the order",
                        "guard in Odoo",
                        "Holdpoint",
                        world -> world.odoo("admin", "write", Map.of("vals", Map.of("state", "sale")))),
                new Attack(
                        "admin",
                        "Odoo",
                        "writes that Holdpoint released it",
                        "guard in Odoo",
                        "only Holdpoint sets",
                        world -> world.odoo("admin", "write", Map.of("vals", Map.of("x_holdpoint_state", "released")))),
                new Attack(
                        "anna",
                        "Odoo",
                        "writes that somebody else requested it",
                        "guard in Odoo",
                        "Holdpoint",
                        world -> world.odoo("anna", "write", Map.of("vals", Map.of("x_holdpoint_requested_by", 1)))),
                new Attack(
                        "petra",
                        "REST",
                        "deploys a table with a cell in Groovy",
                        "table rules",
                        "written in groovy",
                        world -> world.rest("petra").deploy("attack.dmn", table("groovy", "System.exit(1)"))),
                new Attack(
                        "petra",
                        "REST",
                        "deploys a table with a cell in JavaScript",
                        "table rules",
                        "written in javascript",
                        world -> world.rest("petra").deploy("attack.dmn", table("javascript", "1 + 1"))),
                new Attack(
                        "petra",
                        "REST",
                        "deploys a table with an expression of models in a cell",
                        "table rules",
                        "written in juel",
                        world -> world.rest("petra").deploy("attack.dmn", table("juel", "${confirmOrder}"))),
                new Attack(
                        "petra",
                        "REST",
                        "deploys a step with a script as its listener",
                        "model rules",
                        "contains a script",
                        world -> world.rest("petra")
                                .deploy(
                                        "attack.bpmn",
                                        model(
                                                "<userTask id=\"task\"><extensionElements><camunda:taskListener event=\"create\"><camunda:script scriptFormat=\"groovy\">1</camunda:script></camunda:taskListener></extensionElements></userTask>"))),
                new Attack(
                        "petra",
                        "REST",
                        "deploys a step with a Java class as its listener",
                        "model rules",
                        "names a Java class",
                        world -> world.rest("petra")
                                .deploy(
                                        "attack.bpmn",
                                        model(
                                                "<userTask id=\"task\"><extensionElements><camunda:executionListener event=\"start\" class=\"java.lang.Runtime\"/></extensionElements></userTask>"))),
                new Attack(
                        "petra",
                        "REST",
                        "deploys a task with a page of its own",
                        "model rules",
                        "brings a page of its own",
                        world -> world.rest("petra")
                                .deploy(
                                        "attack.bpmn",
                                        model(
                                                "<userTask id=\"task\" camunda:formKey=\"embedded:deployment:attack.html\"/>"))),
                new Attack(
                        "max",
                        "REST",
                        "changes a colleague's password",
                        "rights of the group",
                        "",
                        world -> world.rest("max")
                                .put(
                                        "/user/clara/credentials",
                                        "{\"password\": \"Some-Password-1\", \"authenticatedUserPassword\": \"Holdpoint-1\"}")),
                new Attack(
                        "petra",
                        "REST",
                        "changes a colleague's password",
                        "rights of the group",
                        "",
                        world -> world.rest("petra")
                                .put(
                                        "/user/clara/credentials",
                                        "{\"password\": \"Some-Password-1\", \"authenticatedUserPassword\": \"Holdpoint-1\"}")),
                new Attack(
                        "ole",
                        "REST",
                        "changes a colleague's password",
                        "rights of the group",
                        "",
                        world -> world.rest("ole")
                                .put(
                                        "/user/clara/credentials",
                                        "{\"password\": \"Some-Password-1\", \"authenticatedUserPassword\": \"Holdpoint-1\"}")),
                new Attack(
                        "max",
                        "Tasklist",
                        "changes a colleague's profile",
                        "rights of the group",
                        "",
                        world -> world.webapp("tasklist", "max")
                                .put(
                                        "/user/clara/profile",
                                        "{\"id\": \"clara\", \"firstName\": \"M\", \"lastName\": \"\", \"email\": \"max@example.com\"}")),
                new Attack(
                        "odoo",
                        "REST",
                        "starts the clearing up of a breach by itself",
                        "no shortcuts",
                        "not started by itself",
                        world -> world.rest("odoo")
                                .post("/process-definition/key/breach/start", "{\"businessKey\": \"sale.order,1\"}")),
                new Attack(
                        "anonymous",
                        "webhook",
                        "sends an event again whose signature is an hour old",
                        "signature",
                        "Holdpoint-Signature",
                        world -> world.event(
                                EVENT,
                                "Holdpoint-Signature",
                                EventSignature.sign(
                                        List.of(Secret.of(Intake.EVENT_SECRET)),
                                        Instant.now().minusSeconds(3600),
                                        EVENT))),
                new Attack(
                        "admin",
                        "Odoo",
                        "creates an order that is confirmed already",
                        "guard in Odoo",
                        "Holdpoint",
                        world -> world.create("admin", world.taken, Map.of("state", "sale"))),
                new Attack(
                        "bea",
                        "Odoo",
                        "confirms the urgent purchase by hand",
                        "guard in Odoo",
                        "needs an approval",
                        world -> world.odoo("bea", world.purchase, "button_confirm", Map.of())),
                new Attack(
                        "bea",
                        "Odoo",
                        "writes the state of the urgent purchase",
                        "guard in Odoo",
                        "needs an approval",
                        world -> world.odoo(
                                "bea", world.purchase, "write", Map.of("vals", Map.of("state", "purchase")))),
                new Attack(
                        "bea",
                        "Odoo",
                        "takes the star off and writes the state in one go",
                        "guard in Odoo",
                        "needs an approval",
                        world -> world.odoo(
                                "bea",
                                world.purchase,
                                "write",
                                Map.of("vals", Map.of("priority", "0", "state", "purchase")))),
                new Attack(
                        "admin",
                        "Odoo",
                        "confirms the urgent purchase by hand",
                        "guard in Odoo",
                        "needs an approval",
                        world -> world.odoo("admin", world.purchase, "button_confirm", Map.of())),
                new Attack(
                        "admin",
                        "Odoo",
                        "writes the state of the urgent purchase",
                        "guard in Odoo",
                        "needs an approval",
                        world -> world.odoo(
                                "admin", world.purchase, "write", Map.of("vals", Map.of("state", "purchase")))),
                new Attack(
                        "admin",
                        "Odoo",
                        "takes the star off and writes the state in one go",
                        "guard in Odoo",
                        "needs an approval",
                        world -> world.odoo(
                                "admin",
                                world.purchase,
                                "write",
                                Map.of("vals", Map.of("priority", "0", "state", "purchase")))),
                new Attack(
                        "admin",
                        "Odoo",
                        "writes that Holdpoint approved the urgent purchase",
                        "guard in Odoo",
                        "only Holdpoint sets",
                        world -> world.odoo(
                                "admin",
                                world.purchase,
                                "write",
                                Map.of("vals", Map.of("x_holdpoint_state", "released")))),
                new Attack(
                        "admin",
                        "Odoo",
                        "creates an urgent purchase that is ordered already",
                        "guard in Odoo",
                        "Holdpoint",
                        world -> world.create("admin", world.purchase, Map.of("priority", "1", "state", "purchase"))),
                new Attack(
                        "wim",
                        "Odoo",
                        "receives a return that nobody authorized",
                        "guard in Odoo",
                        "nobody authorized",
                        world -> world.validate("wim", world.back)),
                new Attack(
                        "wim",
                        "Odoo",
                        "writes the state of the return",
                        "guard in Odoo",
                        "nobody authorized",
                        world -> world.odoo("wim", world.back, "write", Map.of("vals", Map.of("state", "done")))),
                new Attack(
                        "admin",
                        "Odoo",
                        "receives a return that nobody authorized",
                        "guard in Odoo",
                        "nobody authorized",
                        world -> world.validate("admin", world.back)),
                new Attack(
                        "admin",
                        "Odoo",
                        "writes the state of the return",
                        "guard in Odoo",
                        "nobody authorized",
                        world -> world.odoo("admin", world.back, "write", Map.of("vals", Map.of("state", "done")))),
                new Attack(
                        "admin",
                        "Odoo",
                        "writes that Holdpoint authorized the return",
                        "guard in Odoo",
                        "only Holdpoint sets",
                        world -> world.odoo(
                                "admin", world.back, "write", Map.of("vals", Map.of("x_holdpoint_state", "released")))),
                new Attack(
                        "admin",
                        "Odoo",
                        "gives the return an RMA number",
                        "guard in Odoo",
                        "only Holdpoint gives",
                        world -> world.odoo(
                                "admin", world.back, "write", Map.of("vals", Map.of("x_holdpoint_rma", "RMA-1")))),
                new Attack(
                        "wim",
                        "Odoo",
                        "delivers what lies in quarantine",
                        "guard in Odoo",
                        "",
                        world -> world.validate("wim", world.blocked)),
                new Attack(
                        "wim",
                        "Odoo",
                        "writes the state of the blocked delivery",
                        "guard in Odoo",
                        "is blocked by Holdpoint",
                        world -> world.odoo("wim", world.blocked, "write", Map.of("vals", Map.of("state", "done")))),
                new Attack(
                        "admin",
                        "Odoo",
                        "delivers what lies in quarantine",
                        "guard in Odoo",
                        "",
                        world -> world.validate("admin", world.blocked)),
                new Attack(
                        "admin",
                        "Odoo",
                        "writes the state of the blocked delivery",
                        "guard in Odoo",
                        "is blocked by Holdpoint",
                        world -> world.odoo("admin", world.blocked, "write", Map.of("vals", Map.of("state", "done")))),
                new Attack(
                        "admin",
                        "Odoo",
                        "unblocks the delivery by hand",
                        "guard in Odoo",
                        "only Holdpoint sets",
                        world -> world.odoo(
                                "admin",
                                world.blocked,
                                "write",
                                Map.of("vals", Map.of("x_holdpoint_quality_state", false)))),
                new Attack(
                        "sam",
                        "REST",
                        "chooses, from a list, the task of another role",
                        "what was offered",
                        "was not offered to you",
                        world -> world.rest("sam").post("/task/" + world.list + "/complete", choice(world.freeTask))),
                new Attack(
                        "sam",
                        "REST",
                        "chooses, from a list, a document above the cap",
                        "what was offered",
                        "was not offered to you",
                        world -> world.rest("sam")
                                .post("/task/" + world.list + "/complete", choice(world.largeDiscount))),
                new Attack(
                        "sam",
                        "Tasklist",
                        "chooses, from a list, a document above the cap",
                        "what was offered",
                        "was not offered to you",
                        world -> world.webapp("tasklist", "sam")
                                .post("/task/" + world.list + "/submit-form", choice(world.largeDiscount))),
                new Attack(
                        "sam",
                        "REST",
                        "sets, on the list, what is decided",
                        "no shortcuts",
                        "written by Holdpoint alone",
                        world -> world.rest("sam")
                                .put(
                                        "/task/" + world.list + "/variables/chosen",
                                        "{\"value\": \"[\\\"" + world.largeDiscount + "\\\"]\", \"type\": \"Json\"}")),
                new Attack(
                        "max",
                        "REST",
                        "decides by the list of another person",
                        "rights of the group",
                        "",
                        world -> world.rest("max").post("/task/" + world.list + "/complete", choice(world.freeTask))),
                new Attack(
                        "admin",
                        "REST",
                        "decides by the list of another person",
                        "what was offered",
                        "was offered to sam",
                        world -> world.rest("admin")
                                .post("/task/" + world.list + "/complete", choice(world.largeDiscount))),
                new Attack(
                        "admin",
                        "REST",
                        "moves the list behind the choice",
                        "no shortcuts",
                        "goes the way of its model",
                        world -> world.rest("admin")
                                .post(
                                        "/process-instance/" + world.listing + "/modification",
                                        "{\"instructions\": [{\"type\": \"startBeforeActivity\", \"activityId\":"
                                                + " \"serviceTask_decideChosenHold\"}]}")),
                new Attack(
                        "max",
                        "REST",
                        "begins a list with a choice of his own",
                        "start guard",
                        "Nothing is entered to begin with",
                        world -> world.rest("max")
                                .post(
                                        "/process-definition/key/bulk-decision/start",
                                        "{\"variables\": {\"chosen\": {\"value\": \"" + world.takenTask + "\"}}}")),
                new Attack(
                        "max",
                        "REST",
                        "begins a list behind the choice",
                        "no shortcuts",
                        "goes the way of its model",
                        world -> world.rest("max")
                                .post(
                                        "/process-definition/key/bulk-decision/start",
                                        "{\"startInstructions\": [{\"type\": \"startBeforeActivity\", \"activityId\":"
                                                + " \"serviceTask_decideChosenHold\"}]}")),
                new Attack(
                        "audrey",
                        "REST",
                        "begins a list",
                        "rights of the group",
                        "",
                        world -> world.rest("audrey")
                                .post("/process-definition/key/bulk-decision/start", "{\"variables\": {}}")));
    }

    /** One document of the discounts of the first company, to be released. */
    private static String choice(String task) {
        return """
                {"variables": {"decision": {"value": "release"}, "reason": {"value": "I know them."},
                    "rule": {"value": "order-release|DISCOUNT|blocking|Nordlicht Industriebedarf"},
                    "documents": {"value": "[\\"%s\\"]", "type": "Json"}}}""".formatted(task);
    }

    static String model(String step) {
        return """
                <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
                    xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="attack">
                  <process id="attack" isExecutable="true" camunda:historyTimeToLive="P1D">
                    <startEvent id="start"/><sequenceFlow id="flow" sourceRef="start" targetRef="task"/>%s
                  </process>
                </definitions>""".formatted(step);
    }

    /** A table with one cell in this language. */
    static String table(String language, String cell) {
        return """
                <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="definitions" name="attack"
                    namespace="attack">
                  <decision id="attack" name="attack">
                    <decisionTable id="table">
                      <output id="output" name="role" typeRef="string"/>
                      <rule id="rule">
                        <outputEntry id="cell" expressionLanguage="%s"><text>%s</text></outputEntry>
                      </rule>
                    </decisionTable>
                  </decision>
                </definitions>""".formatted(language, cell);
    }
}
