package io.holdpoint.hold;

import io.holdpoint.engine.CurrentJob;
import io.holdpoint.evidence.Evidence;
import io.holdpoint.odoo.Commands;
import io.holdpoint.odoo.DocumentRef;
import io.holdpoint.odoo.OdooCommand;
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
     * Carries out a command with the key {@code <case>:<element>[:<part>]} and keeps it with its answer as evidence.
     *
     * @param part tells apart commands of one element in one case; null where there is only one
     */
    public OdooCommand.Answer command(
            DelegateExecution execution,
            String operation,
            @Nullable String part,
            String reason,
            @Nullable String note,
            @Nullable Map<String, Object> expected) {
        var document = DocumentRef.parse(execution.getProcessBusinessKey());
        var key = execution.getProcessInstanceId() + ":" + execution.getCurrentActivityId()
                + (part == null ? "" : ":" + part);
        var answer =
                call(execution, () -> commands.run(new OdooCommand(key, document, operation, reason, note, expected)));
        var content = new LinkedHashMap<String, Object>();
        content.put("key", key);
        content.put("operation", operation);
        content.put("reason", reason);
        if (note != null) {
            content.put("note", note);
        }
        if (expected != null) {
            content.put("expected", expected);
        }
        content.put("answer", Map.of("status", answer.status(), "state", answer.state()));
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
