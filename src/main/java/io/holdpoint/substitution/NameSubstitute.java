package io.holdpoint.substitution;

import static io.holdpoint.substitution.SubstitutionProcess.ABSENT;
import static io.holdpoint.substitution.SubstitutionProcess.BEGINS_AT;
import static io.holdpoint.substitution.SubstitutionProcess.ENDS_AT;
import static io.holdpoint.substitution.SubstitutionProcess.FIRST_DAY;
import static io.holdpoint.substitution.SubstitutionProcess.FOR_WHOM;
import static io.holdpoint.substitution.SubstitutionProcess.LAST_DAY;
import static io.holdpoint.substitution.SubstitutionProcess.LEADS;
import static io.holdpoint.substitution.SubstitutionProcess.SUBSTITUTE;
import static io.holdpoint.substitution.SubstitutionProcess.SUMMARY;
import static io.holdpoint.substitution.SubstitutionProcess.TASK_TITLE;
import static io.holdpoint.substitution.SubstitutionProcess.UP_TO_AMOUNT;
import static io.holdpoint.substitution.SubstitutionProcess.WORKFLOWS;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.holdpoint.engine.StartGuard;
import io.holdpoint.engine.access.Names;
import io.holdpoint.engine.access.Role;
import io.holdpoint.engine.calendar.Calendars;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Judges and records that somebody names a substitute. Who does comes from the engine's authentication; what was
 * entered is judged here, whichever way it was sent, and only the record counts afterwards.
 */
@Component
class NameSubstitute implements StartGuard {

    private static final Set<String> FIELDS = Set.of(
            FOR_WHOM.name(),
            SUBSTITUTE.name(),
            FIRST_DAY.name(),
            LAST_DAY.name(),
            WORKFLOWS.name(),
            UP_TO_AMOUNT.name());

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE d MMM yyyy", Locale.ENGLISH);

    private static final TypeReference<List<String>> NAMES = new TypeReference<>() {};

    private final Substitutions substitutions;
    private final SubstitutionPolicy policy;
    private final StandIns standIns;
    private final Calendars calendars;
    private final IdentityService identity;
    private final RepositoryService repository;
    private final Names names;
    private final ObjectMapper json;
    private final Clock clock;

    NameSubstitute(
            Substitutions substitutions,
            SubstitutionPolicy policy,
            StandIns standIns,
            Calendars calendars,
            @Lazy IdentityService identity,
            @Lazy RepositoryService repository,
            Names names,
            ObjectMapper json,
            Clock clock) {
        this.substitutions = substitutions;
        this.policy = policy;
        this.standIns = standIns;
        this.calendars = calendars;
        this.identity = identity;
        this.repository = repository;
        this.names = names;
        this.json = json;
        this.clock = clock;
    }

    @Override
    public String process() {
        return SubstitutionProcess.KEY;
    }

    @Override
    public void onStart(DelegateExecution start) {
        var person = person();
        var unknown = new TreeSet<>(start.getVariableNames());
        unknown.removeAll(FIELDS);
        if (!unknown.isEmpty()) {
            throw refused("Only the fields of the form are accepted. Not accepted: " + String.join(", ", unknown));
        }
        substitutions.lock();
        var zone = calendars.of(Map.of()).zone();
        var substitution = entered(start, person, zone);
        check(substitution);
        substitutions.add(substitution);
        show(start, substitution, zone);
    }

    private String person() {
        var authentication = identity.getCurrentAuthentication();
        if (authentication == null || authentication.getUserId() == null) {
            throw refused("A substitute is named by a person: log in and name one yourself");
        }
        return authentication.getUserId();
    }

    private Substitution entered(DelegateExecution start, String person, ZoneId zone) {
        var absent = text(start, FOR_WHOM.name()).orElse(person);
        checkKnown(FOR_WHOM.name(), absent);
        if (!policy.mayNameFor(person, absent)) {
            throw refused("forWhom: " + absent + " is not led by you. A substitute is named by the person, by whoever"
                    + " leads all roles of that person, or by an administrator");
        }
        var substitute = text(start, SUBSTITUTE.name())
                .orElseThrow(() -> refused("substitute: enter the user id of whoever stands in"));
        checkKnown(SUBSTITUTE.name(), substitute);
        if (substitute.equals(absent)) {
            throw refused("substitute: " + absent + " cannot stand in for " + absent + "; name somebody else");
        }
        var now = clock.instant();
        var today = now.atZone(zone).toLocalDate();
        var first = day(start, FIRST_DAY.name());
        var last = day(start, LAST_DAY.name());
        if (last.isBefore(first)) {
            throw refused("lastDay: " + last + " is before the first day, " + first);
        }
        if (first.isBefore(today)) {
            throw refused("firstDay: " + first + " is past; a substitution begins today, " + today + ", or later");
        }
        var begins = first.atStartOfDay(zone).toInstant();
        return new Substitution(
                start.getProcessInstanceId(),
                absent,
                substitute,
                // What was done before it was named, nobody did as a substitute.
                begins.isBefore(now) ? now : begins,
                last.plusDays(1).atStartOfDay(zone).toInstant(),
                workflows(start),
                amount(start),
                person,
                now,
                null,
                null);
    }

    private void check(Substitution asked) {
        var roles = standIns.decidingRoles(asked.person());
        if (roles.isEmpty()) {
            throw refused("forWhom: " + asked.person() + " has no role that decides, so there is nothing to hand over");
        }
        var groups = standIns.groups(asked.substitute());
        roles.stream()
                .sorted()
                .filter(role -> !policy.mayStandIn(groups, role))
                .findFirst()
                .ifPresent(role -> {
                    throw refused("substitute: by policy " + asked.substitute() + " may not stand in for the role "
                            + Role.byId(role).map(Role::label).orElse(role)
                            + "; the table substitution.eligibility says who may");
                });
        var others = substitutions.notEndedBy(asked.beginsAt());
        others.stream()
                .filter(other -> other.person().equals(asked.person()) && other.meets(asked))
                .findFirst()
                .ifPresent(other -> {
                    throw refused("firstDay: " + other.substitute() + " already stands in for " + asked.person()
                            + " during this time; end that substitution first or choose other days or workflows");
                });
        loop(asked, List.of(asked.person(), asked.substitute()), others).ifPresent(loop -> {
            throw refused("substitute: that would be a loop, " + String.join(" → ", loop)
                    + "; choose somebody who does not hand over to " + asked.person() + " during this time");
        });
    }

    /** The way from person to person that leads back to the first one, if there is one at any one time. */
    private static Optional<List<String>> loop(Substitution way, List<String> passed, List<Substitution> others) {
        for (var next : others) {
            if (!next.person().equals(way.substitute()) || !next.meets(way)) {
                continue;
            }
            var further = java.util.stream.Stream.concat(passed.stream(), java.util.stream.Stream.of(next.substitute()))
                    .toList();
            if (next.substitute().equals(passed.get(0))) {
                return Optional.of(further);
            }
            var loop = loop(next.within(way), further, others);
            if (loop.isPresent()) {
                return loop;
            }
        }
        return Optional.empty();
    }

    private void checkKnown(String field, String user) {
        if (identity.createUserQuery().userId(user).count() == 0) {
            throw refused(field + ": nobody has the user id '" + user + "'; it is the name with which they log in");
        }
    }

    private static LocalDate day(DelegateExecution start, String field) {
        var text = text(start, field).orElseThrow(() -> refused(field + ": choose a day"));
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw refused(field + ": '" + text + "' is no day; write it as 2026-06-01");
        }
    }

    private Set<String> workflows(DelegateExecution start) {
        var chosen = new LinkedHashSet<String>();
        for (var name : names(start.getVariable(WORKFLOWS.name()))) {
            var known = repository
                            .createProcessDefinitionQuery()
                            .processDefinitionKey(name)
                            .startableInTasklist()
                            .latestVersion()
                            .count()
                    > 0;
            if (!known || name.equals(SubstitutionProcess.KEY)) {
                throw refused("workflows: there is no workflow '" + name + "'");
            }
            chosen.add(name);
        }
        return chosen;
    }

    /** A form sends its list as JSON. */
    private List<String> names(@Nullable Object value) {
        if (value == null || value.toString().isBlank()) {
            return List.of();
        }
        if (value instanceof Collection<?> names) {
            return names.stream().map(String::valueOf).toList();
        }
        try {
            return Objects.requireNonNullElse(json.readValue(value.toString(), NAMES), List.of());
        } catch (JsonProcessingException e) {
            throw refused("workflows: '" + value + "' is no list of workflows");
        }
    }

    private static @Nullable Double amount(DelegateExecution start) {
        var value = start.getVariable(UP_TO_AMOUNT.name());
        if (value == null || value.toString().isBlank()) {
            return null;
        }
        try {
            var amount = new BigDecimal(value.toString().strip());
            if (amount.signum() > 0) {
                return amount.doubleValue();
            }
        } catch (NumberFormatException e) {
            // Told below, like every other value that is no amount.
        }
        throw refused("upToAmount: '" + value + "' is no amount above zero; leave it empty for no limit");
    }

    private static Optional<String> text(DelegateExecution start, String field) {
        var value = start.getVariable(field);
        return value == null || value.toString().isBlank()
                ? Optional.empty()
                : Optional.of(value.toString().strip());
    }

    private void show(DelegateExecution start, Substitution named, ZoneId zone) {
        var days = DAY.format(named.beginsAt().atZone(zone)) + " to "
                + DAY.format(named.endsAt().atZone(zone).minusDays(1));
        var workflows = named.workflows().isEmpty()
                ? "all workflows"
                : named.workflows().stream()
                        .sorted()
                        .reduce((one, other) -> one + ", " + other)
                        .orElse("");
        var upTo = named.upTo() == null
                ? "any amount"
                : "up to " + BigDecimal.valueOf(named.upTo()).toPlainString();
        ABSENT.set(start, named.person());
        LEADS.set(start, leads(named.person()));
        BEGINS_AT.set(start, Date.from(named.beginsAt()));
        ENDS_AT.set(start, Date.from(named.endsAt()));
        var standIn = names.person(named.substitute()) + " stands in for " + names.person(named.person());
        TASK_TITLE.set(start, "End substitution early? " + standIn + ", " + days);
        SUMMARY.set(
                start,
                standIn + " from " + days + ": " + workflows + ", " + upTo + ". Named by "
                        + names.person(named.namedBy()) + ".");
        start.setProcessBusinessKey(named.person() + " → " + named.substitute());
    }

    /** The roles that are offered to end it: those that lead all roles of this person, or the administrators. */
    private String leads(String absent) {
        var common = standIns.decidingRoles(absent).stream()
                .map(policy::leadsOf)
                .reduce((one, other) -> {
                    var both = new LinkedHashSet<>(one);
                    both.retainAll(other);
                    return both;
                })
                .orElse(Set.of());
        return common.isEmpty() ? Role.ADMINISTRATORS : String.join(",", common);
    }

    private static BadUserRequestException refused(String why) {
        return new BadUserRequestException(why + ".");
    }
}
