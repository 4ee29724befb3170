package io.holdpoint;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.datatype.DatatypeConfigurationException;
import javax.xml.datatype.DatatypeFactory;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.BusinessRuleTask;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.Error;
import org.camunda.bpm.model.bpmn.instance.Escalation;
import org.camunda.bpm.model.bpmn.instance.Event;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Gateway;
import org.camunda.bpm.model.bpmn.instance.InclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.Message;
import org.camunda.bpm.model.bpmn.instance.MultiInstanceLoopCharacteristics;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.SendTask;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.Signal;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.Task;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnEdge;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnShape;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaIn;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperty;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Reads one BPMN model and says, in sentences, where it leaves the conventions. */
final class ModelFindings {

    private static final String CAMUNDA = "http://camunda.org/schema/1.0/bpmn";
    private static final Pattern PHRASE = Pattern.compile("[a-z][A-Za-z0-9]*");
    private static final Pattern DELEGATE = Pattern.compile("\\$\\{(\\w+)}");
    private static final Pattern EXPRESSION = Pattern.compile("[$#]\\{([^}]*)}");
    private static final Pattern QUOTED = Pattern.compile("'[^']*'|\"[^\"]*\"");
    private static final Pattern CALL = Pattern.compile("\\.(\\w+)\\s*\\(");
    private static final Pattern NAME = Pattern.compile("(?<![.\\w])([A-Za-z_]\\w*)");
    private static final Set<String> WORDS = Set.of(
            "true",
            "false",
            "null",
            "empty",
            "not",
            "and",
            "or",
            "eq",
            "ne",
            "lt",
            "gt",
            "le",
            "ge",
            "execution",
            "task");

    private final String file;
    private final BpmnModelInstance model;
    private final List<Element> elements;
    private final Vocabulary known;
    private final List<String> findings = new ArrayList<>();

    private ModelFindings(String file, String xml, Vocabulary known) {
        this.file = file;
        this.known = known;
        this.elements = elements(xml);
        this.model = Bpmn.readModelFromStream(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    }

    /** @param file base name of the file */
    static List<String> of(String file, String xml, Vocabulary known) {
        var findings = new ModelFindings(file, xml, known);
        findings.look();
        return List.copyOf(findings.findings);
    }

    private void look() {
        processes();
        ids();
        labels();
        gateways();
        userTasks();
        code();
        calls();
        references();
        timers();
        expressions();
        diagram();
    }

    private void processes() {
        var processes = all(Process.class).toList();
        expect(processes.size() == 1, file + " holds one process, not " + processes.size());
        for (var process : processes) {
            expect(file.equals(process.getId()), "the key " + process.getId() + " equals the name of the file");
            expect(isText(process.getName()), "the process has a name");
            expect(documented(process), "the process has a documentation");
            expect(process.isExecutable(), "the process is executable");
            expect(
                    process.getCamundaHistoryTimeToLiveString() != null
                            && process.getCamundaHistoryTimeToLiveString().matches("P\\d+D"),
                    "the process has a history time to live in days (the engine reads no other unit)");
        }
    }

    private void ids() {
        all(FlowElement.class).forEach(element -> chosen(element.getId(), prefix(element)));
        all(Message.class).forEach(message -> chosen(message.getId(), "message"));
        all(Error.class).forEach(error -> chosen(error.getId(), "error"));
        all(Signal.class).forEach(signal -> chosen(signal.getId(), "signal"));
        all(Escalation.class).forEach(escalation -> chosen(escalation.getId(), "escalation"));
    }

    private void chosen(@Nullable String id, String prefix) {
        expect(
                id != null
                        && id.startsWith(prefix + "_")
                        && PHRASE.matcher(id.substring(prefix.length() + 1)).matches(),
                "the id " + id + " is chosen: " + prefix + "_ and a phrase in camelCase");
    }

    private static String prefix(FlowElement element) {
        if (element instanceof SequenceFlow) {
            return "flow";
        } else if (element instanceof StartEvent) {
            return "startEvent";
        } else if (element instanceof EndEvent) {
            return "endEvent";
        } else if (element instanceof Event) {
            return "event";
        } else if (element instanceof Gateway) {
            return "gateway";
        } else if (element instanceof SubProcess) {
            return "subProcess";
        }
        return element.getElementType().getTypeName();
    }

    private void labels() {
        Stream.of(all(Task.class), all(Event.class), all(CallActivity.class), all(SubProcess.class))
                .flatMap(elements -> elements)
                .forEach(element -> expect(isText(element.getName()), element.getId() + " has a label"));
    }

    private void gateways() {
        for (var gateway : all(Gateway.class).toList()) {
            var answers = gateway.getOutgoing();
            if (answers.size() < 2 || !(gateway instanceof ExclusiveGateway || gateway instanceof InclusiveGateway)) {
                continue;
            }
            expect(
                    isText(gateway.getName()) && gateway.getName().endsWith("?"),
                    gateway.getId() + " asks a question, with a question mark");
            var fallback = gateway instanceof ExclusiveGateway exclusive
                    ? exclusive.getDefault()
                    : ((InclusiveGateway) gateway).getDefault();
            expect(fallback != null, gateway.getId() + " has a default answer");
            for (var answer : answers) {
                expect(isText(answer.getName()), "the answer " + answer.getId() + " has a label");
                if (answer.equals(fallback)) {
                    expect(condition(answer).isEmpty(), "the default answer " + answer.getId() + " has no condition");
                } else {
                    expect(!condition(answer).isEmpty(), "the answer " + answer.getId() + " has a condition");
                }
            }
            yesAndNo(
                    gateway,
                    answers.stream()
                            .filter(answer -> isText(answer.getName()))
                            .collect(Collectors.toMap(
                                    SequenceFlow::getName, ModelFindings::condition, (one, other) -> one)));
        }
    }

    /** A label can say No where the condition says yes. */
    private void yesAndNo(Gateway gateway, Map<String, String> conditions) {
        var yes = conditions.getOrDefault("Yes", "");
        var no = conditions.getOrDefault("No", "");
        expect(yes.isEmpty() || !isNegative(yes), gateway.getId() + ": the condition of Yes affirms: " + yes);
        expect(no.isEmpty() || isNegative(no), gateway.getId() + ": the condition of No negates: " + no);
        expect(
                yes.isEmpty() || no.isEmpty() || core(yes).equals(core(no)),
                gateway.getId() + ": Yes and No ask the same: " + yes + " and " + no);
    }

    private static boolean isNegative(String condition) {
        var negations = Pattern.compile("!|\\bnot\\b|\\bne\\b|\\bempty\\b|isEmpty\\(\\)|==\\s*false")
                .matcher(QUOTED.matcher(condition).replaceAll("''"))
                .results()
                .count();
        return negations % 2 == 1;
    }

    private static String core(String condition) {
        return condition
                .replaceAll("==\\s*(true|false)", "")
                .replaceAll("!=", "==")
                .replaceAll("\\b(not|empty)\\b|[!${}()\\s]", "");
    }

    private static String condition(SequenceFlow flow) {
        return flow.getConditionExpression() == null
                ? ""
                : flow.getConditionExpression().getTextContent().strip();
    }

    private void userTasks() {
        for (var task : all(UserTask.class).toList()) {
            expect(documented(task), task.getId() + " says in its documentation what the person does");
            expect(task.isCamundaAsyncAfter(), task.getId() + " is asyncAfter, so that a click is never rolled back");
            var groups = task.getCamundaCandidateGroupsList();
            expect(
                    !groups.isEmpty() || isText(task.getCamundaAssignee()),
                    task.getId() + " names the group or person who is asked");
            groups.stream()
                    .filter(group -> !group.contains("{"))
                    .forEach(group -> expect(
                            known.groups().contains(group.strip()),
                            task.getId() + " asks a group that exists and decides: " + group));
            form(task);
        }
    }

    private void form(UserTask task) {
        var form = task.getCamundaFormRef();
        expect(form != null, task.getId() + " has a form");
        if (form != null) {
            // A form named by a variable belongs to the workflow that calls; DecisionsTest looks whether it is there.
            expect(
                    form.matches("\\$\\{\\w+}") || known.forms().contains(form),
                    task.getId() + " has a form that exists: " + form);
            expect(
                    "latest".equals(task.getCamundaFormRefBinding()),
                    task.getId() + " takes the latest version of its form");
        }
    }

    private void code() {
        for (var task : serviceTasks()) {
            var delegate = task.getAttributeValueNs(CAMUNDA, "delegateExpression");
            var decision = task.getAttributeValueNs(CAMUNDA, "decisionRef");
            expect(task.isCamundaAsyncBefore(), task.getId() + " is asyncBefore: one remote step, one transaction");
            if (decision != null) {
                expect(known.decisions().contains(decision), task.getId() + " asks a table that exists: " + decision);
                var binding = task.getAttributeValueNs(CAMUNDA, "decisionRefBinding");
                expect(
                        binding == null || binding.equals("latest"),
                        task.getId() + " asks the latest version of its table");
                continue;
            }
            var bean = bean(delegate);
            expect(bean != null, task.getId() + " calls a bean by a delegate expression");
            if (bean != null) {
                expect(
                        task.getId().substring(task.getId().indexOf('_') + 1).startsWith(bean),
                        task.getId() + " is named as its bean: " + bean);
            }
        }
        for (var element : elements) {
            var delegate = element.getAttributeNS(CAMUNDA, "delegateExpression");
            if (!delegate.isEmpty()) {
                var bean = bean(delegate);
                expect(
                        bean != null && known.delegates().contains(bean),
                        owner(element) + " calls a bean that exists: " + delegate);
            }
            expect(!element.hasAttributeNS(CAMUNDA, "class"), owner(element) + " names no Java class");
            expect(
                    !element.hasAttributeNS(CAMUNDA, "expression"),
                    owner(element) + " calls code by a delegate expression, not by an expression");
            expect(
                    !Set.of("script", "scriptTask", "connector").contains(element.getLocalName())
                            && !element.hasAttribute("language"),
                    owner(element) + " contains no script and no connector");
            expect(
                    !element.getAttribute("variables").equals("all"),
                    owner(element) + " hands over chosen variables, not all");
        }
    }

    private List<Activity> serviceTasks() {
        return Stream.of(all(ServiceTask.class), all(SendTask.class), all(BusinessRuleTask.class))
                .flatMap(tasks -> tasks)
                .map(Activity.class::cast)
                .toList();
    }

    private static @Nullable String bean(@Nullable String expression) {
        if (expression == null) {
            return null;
        }
        var matcher = DELEGATE.matcher(expression);
        return matcher.matches() ? matcher.group(1) : null;
    }

    private void calls() {
        all(CallActivity.class)
                .forEach(call -> expect(
                        known.processes().contains(call.getCalledElement()),
                        call.getId() + " calls a process that exists: " + call.getCalledElement()));
        all(CamundaProperty.class)
                .filter(property -> property.getCamundaName().equals("decisions"))
                .flatMap(property ->
                        Arrays.stream(property.getCamundaValue().strip().split("[,\\s]+")))
                .forEach(decision -> expect(
                        known.decisions().contains(decision), "the process asks a table that exists: " + decision));
    }

    private void references() {
        var referred = elements.stream()
                .flatMap(element -> Stream.of("messageRef", "errorRef", "signalRef", "escalationRef")
                        .map(element::getAttribute))
                .collect(Collectors.toSet());
        Stream.of(all(Message.class), all(Error.class), all(Signal.class), all(Escalation.class))
                .flatMap(roots -> roots)
                .map(BaseElement.class::cast)
                .forEach(root -> expect(referred.contains(root.getId()), root.getId() + " is used"));
        all(Message.class).forEach(message -> {
            expect(
                    message.getName() != null && message.getName().matches(Pattern.quote(file) + "\\.[a-z]\\w+"),
                    message.getId() + " is named by the process and what happened: " + message.getName());
            expect(
                    known.names().contains(message.getName()),
                    message.getId() + " has a name that code knows: " + message.getName());
        });
        all(Error.class).forEach(error -> {
            expect(isText(error.getName()), error.getId() + " has a name in words");
            expect(
                    error.getId().equals("error_" + error.getErrorCode()),
                    error.getId() + " is named as its code: " + error.getErrorCode());
        });
    }

    private void timers() {
        for (var timer : all(TimerEventDefinition.class).toList()) {
            var event = ((BaseElement) timer.getParentElement()).getId();
            var times = Stream.of(timer.getTimeDuration(), timer.getTimeDate(), timer.getTimeCycle())
                    .filter(time -> time != null)
                    .map(time -> time.getTextContent().strip())
                    .toList();
            expect(times.size() == 1, event + " has one duration, date or cycle");
            for (var time : times) {
                expect(
                        time.contains("{") || isDuration(time.replaceFirst("^R\\d*/", "")),
                        event + " has an ISO 8601 duration or a variable: " + time);
            }
        }
    }

    private static boolean isDuration(String text) {
        try {
            DatatypeFactory.newInstance().newDuration(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        } catch (DatatypeConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What expressions name is set by code, by the model itself or by a caller; and they call no methods of beans. */
    private void expressions() {
        var variables = new HashSet<>(known.variables());
        all(MultiInstanceLoopCharacteristics.class)
                .map(MultiInstanceLoopCharacteristics::getCamundaElementVariable)
                .forEach(variables::add);
        all(CamundaIn.class).map(CamundaIn::getCamundaTarget).forEach(variables::add);
        for (var element : elements) {
            if (element.getLocalName().equals("documentation")) {
                continue;
            }
            var children = element.getChildNodes();
            for (var i = 0; i < children.getLength(); i++) {
                if (children.item(i).getNodeType() == Node.TEXT_NODE) {
                    expressions(owner(element), children.item(i).getTextContent(), variables);
                }
            }
            var attributes = element.getAttributes();
            for (var i = 0; i < attributes.getLength(); i++) {
                if (!"delegateExpression".equals(attributes.item(i).getLocalName())) {
                    expressions(owner(element), attributes.item(i).getNodeValue(), variables);
                }
            }
        }
    }

    private void expressions(String owner, String text, Set<String> variables) {
        EXPRESSION.matcher(text).results().forEach(match -> expression(owner, match.group(1), variables));
    }

    private void expression(String owner, String expression, Set<String> variables) {
        var bare = QUOTED.matcher(expression).replaceAll("''");
        NAME.matcher(bare)
                .results()
                .map(match -> match.group(1))
                .filter(name -> !WORDS.contains(name))
                .forEach(name ->
                        expect(variables.contains(name), owner + " names a variable that somebody sets: " + name));
        CALL.matcher(bare)
                .results()
                .map(match -> match.group(1))
                .forEach(method -> expect(
                        method.equals("isEmpty") || method.equals("contains"),
                        owner + " decides on variables and calls nothing: " + expression.toLowerCase(Locale.ROOT)));
    }

    /** Without a shape or an edge, Modeler does not show what the engine runs. */
    private void diagram() {
        var drawn = Stream.concat(
                        all(BpmnShape.class).map(BpmnShape::getBpmnElement),
                        all(BpmnEdge.class).map(BpmnEdge::getBpmnElement))
                .filter(element -> element != null)
                .map(BaseElement::getId)
                .collect(Collectors.toSet());
        Stream.concat(all(FlowNode.class), all(SequenceFlow.class))
                .forEach(element -> expect(drawn.contains(element.getId()), element.getId() + " is drawn"));
    }

    private <T extends ModelElementInstance> Stream<T> all(Class<T> type) {
        return model.getModelElementsByType(type).stream();
    }

    /** The nearest element with an id that a person finds in Modeler. */
    private String owner(Node element) {
        for (var here = element; here instanceof Element found; here = here.getParentNode()) {
            var id = found.getAttribute("id");
            if (model.getModelElementById(id) instanceof FlowElement
                    || found.getLocalName().equals("process")) {
                return id;
            }
        }
        return "the model";
    }

    private static List<Element> elements(String xml) {
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            var all = factory.newDocumentBuilder()
                    .parse(new InputSource(new StringReader(xml)))
                    .getElementsByTagNameNS("*", "*");
            return IntStream.range(0, all.getLength())
                    .mapToObj(i -> (Element) all.item(i))
                    .toList();
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static boolean documented(BaseElement element) {
        return element.getDocumentations().stream()
                .anyMatch(text -> text.getTextContent().strip().length() >= 20);
    }

    private static boolean isText(@Nullable String text) {
        return text != null && !text.isBlank();
    }

    private void expect(boolean holds, String expectation) {
        if (!holds && !findings.contains(expectation)) {
            findings.add(expectation);
        }
    }
}
