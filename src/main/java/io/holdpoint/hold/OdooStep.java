package io.holdpoint.hold;

import io.holdpoint.engine.CaseLifecycle;
import io.holdpoint.engine.CurrentJob;
import io.holdpoint.evidence.Evidence;
import io.holdpoint.odoo.Commands;
import io.holdpoint.odoo.DocumentRef;
import io.holdpoint.odoo.OdooCommand;
import io.holdpoint.odoo.OdooRefused;
import io.holdpoint.odoo.OdooUnavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.stereotype.Component;

/**
 * Calls Odoo on behalf of a step of a case. While Odoo is unavailable the step is tried again; after hours of that the
 * case goes to a person: BPMN error {@code odooUnreachable}.
 */
@Component
public class OdooStep {

    static final String UNREACHABLE = "odooUnreachable";
    static final String REFUSED = "odooRefused";

    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern(
                    "d MMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final Commands commands;
    private final Evidence evidence;
    private final Settings settings;
    private final Clock clock;

    OdooStep(Commands commands, Evidence evidence, Settings settings, Clock clock) {
        this.commands = commands;
        this.evidence = evidence;
        this.settings = settings;
        this.clock = clock;
    }

    /** @param giveUpAfter for how long a step is tried before a person is asked what to do */
    @ConfigurationProperties("holdpoint.odoo")
    record Settings(@DefaultValue("PT8H") Duration giveUpAfter) {}

    /**
     * Runs a call that reads, or that may safely be sent again.
     *
     * @throws OdooUnavailable when the job is to be tried again
     * @throws BpmnError {@code odooUnreachable} when it was tried for hours
     */
    public <T> T call(DelegateExecution execution, Supplier<T> call) {
        try {
            return call.get();
        } catch (OdooUnavailable e) {
            var tried = CurrentJob.age();
            if (tried.compareTo(settings.giveUpAfter()) < 0) {
                throw e;
            }
            execution.setVariable("problemText", String.valueOf(e.getMessage()));
            execution.setVariable("attemptedText", execution.getCurrentActivityName());
            execution.setVariable("sinceText", MOMENT.format(clock.instant().minus(tried)));
            throw new BpmnError(UNREACHABLE, String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * One change to the document of a case.
     *
     * @param operation what to do, by the name that the workflow's command in Odoo knows
     * @param part tells apart changes of one element in one case; null where there is only one
     * @param reason short, for the field beside the state
     * @param note whole, for the chatter; null for none
     * @param expected the material fields as decided on; null when the change does not depend on them
     * @param arguments what else the operation needs
     */
    public record Change(
            String operation,
            @Nullable String part,
            String reason,
            @Nullable String note,
            @Nullable Map<String, Object> expected,
            Map<String, Object> arguments) {

        public Change(String operation) {
            this(operation, null, "", null, null, Map.of());
        }

        public Change part(String words) {
            return new Change(operation, words, reason, note, expected, arguments);
        }

        public Change reason(String words) {
            return new Change(operation, part, words, note, expected, arguments);
        }

        public Change note(String words) {
            return new Change(operation, part, reason, words, expected, arguments);
        }

        public Change expected(Map<String, Object> material) {
            return new Change(operation, part, reason, note, material, arguments);
        }

        public Change arguments(Map<String, Object> values) {
            return new Change(operation, part, reason, note, expected, values);
        }
    }

    /**
     * Carries out a command whose refusal by Odoo is for a person to answer.
     *
     * @throws BpmnError {@code odooRefused} with Odoo's words in {@code odooMessage}
     */
    public OdooCommand.Answer effect(DelegateExecution execution, Change change) {
        try {
            return command(execution, change);
        } catch (OdooRefused e) {
            execution.setVariable("odooMessage", String.valueOf(e.getMessage()));
            execution.setVariable("attemptedText", execution.getCurrentActivityName());
            throw new BpmnError(REFUSED, String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * As {@link #effect}, for a step beside which other people go on working in the same case: when Odoo is away for
     * hours, this step alone goes to a person, and nobody's task is taken away for it.
     *
     * @throws BpmnError {@code odooRefused} with Odoo's words, or ours, in {@code odooMessage}
     */
    public OdooCommand.Answer effectBeside(DelegateExecution execution, Change change) {
        try {
            return effect(execution, change);
        } catch (BpmnError e) {
            if (!UNREACHABLE.equals(e.getErrorCode())) {
                throw e;
            }
            execution.setVariable("odooMessage", "Odoo could not be reached for hours. " + e.getMessage());
            throw new BpmnError(REFUSED, String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Carries out a command with the key {@code <case>:<element>[:<part>]} and keeps it with its answer as evidence.
     *
     * @throws OdooRefused when Odoo's own rules forbid it
     */
    public OdooCommand.Answer command(DelegateExecution execution, Change change) {
        var document = DocumentRef.parse(execution.getProcessBusinessKey());
        var key = execution.getProcessInstanceId() + ":" + execution.getCurrentActivityId()
                + (change.part() == null ? "" : ":" + change.part());
        var command = new OdooCommand(
                CaseLifecycle.workflowOf(execution),
                key,
                document,
                change.operation(),
                change.reason(),
                change.note(),
                change.expected(),
                change.arguments());
        var answer = call(execution, () -> commands.run(command));
        var content = new LinkedHashMap<String, Object>();
        content.put("key", key);
        content.put("operation", change.operation());
        content.put("reason", change.reason());
        if (change.note() != null) {
            content.put("note", change.note());
        }
        if (change.expected() != null) {
            content.put("expected", change.expected());
        }
        if (!change.arguments().isEmpty()) {
            content.put("arguments", change.arguments());
        }
        content.put("answer", Map.of("status", answer.status(), "state", answer.state(), "result", answer.result()));
        evidence.record(
                execution.getProcessInstanceId(),
                document,
                Evidence.Kind.COMMAND,
                execution.getCurrentActivityId(),
                Evidence.SYSTEM,
                content);
        return answer;
    }
}
