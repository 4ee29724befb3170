package io.holdpoint.odoo;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Who brought a document into the state in which it is, as the chatter has it. Odoo writes an entry there with each
 * change of state, whichever way it was made. Whoever wrote the record last need not be the same.
 */
@Component
public final class StateChanges {

    private static final String STATE = "state";

    private final Odoo odoo;

    public StateChanges(Odoo odoo) {
        this.odoo = odoo;
    }

    /** @param by whose login made the change; the database says so, and no writing changes it */
    public record StateChange(Reference by, Instant at) {}

    /**
     * The change by which a document came into this state, in which it is.
     *
     * @return empty where the chatter does not have it: the document was created so, somebody kept Odoo from writing
     *     the entry, or took it away. An earlier change into another state says nothing about this one
     */
    public Optional<StateChange> into(DocumentRef document, String state) {
        var messages = odoo
                .searchRead(
                        "mail.message",
                        List.of(List.of("model", "=", document.model()), List.of("res_id", "=", document.id())),
                        List.of("id"),
                        "id",
                        0)
                .stream()
                .map(message -> message.path("id").asLong())
                .toList();
        if (messages.isEmpty()) {
            return Optional.empty();
        }
        // The technical user may read entries about states and no others.
        return odoo
                .searchRead(
                        "mail.tracking.value",
                        List.of(List.of("mail_message_id", "in", messages)),
                        List.of("new_value_char", "create_date", "create_uid"),
                        "id desc",
                        1)
                .stream()
                .findFirst()
                .filter(last -> names(document.model(), state)
                        .contains(last.path("new_value_char").asText()))
                .flatMap(last -> Optional.ofNullable(Values.reference(last, "create_uid"))
                        .map(by -> new StateChange(by, Values.requiredInstant(last, "create_date"))));
    }

    /** What a state is called, in each language: Odoo keeps the word that whoever changed it read. */
    private Set<String> names(String model, String state) {
        var names = new HashSet<String>();
        for (var language :
                odoo.searchRead("res.lang", List.of(List.of("active", "=", true)), List.of("code"), "id", 0)) {
            odoo.call(
                            model,
                            "fields_get",
                            List.of(),
                            Map.of("allfields", List.of(STATE), "attributes", List.of("selection")),
                            Map.of("lang", Values.requiredText(language, "code")))
                    .path(STATE)
                    .path("selection")
                    .forEach(choice -> {
                        if (choice.path(0).asText().equals(state)) {
                            names.add(choice.path(1).asText());
                        }
                    });
        }
        return names;
    }
}
