package io.holdpoint.breach;

import static io.holdpoint.hold.Facts.Fact.text;

import io.holdpoint.hold.Brief;
import io.holdpoint.hold.Facts;
import io.holdpoint.hold.Facts.Fact;
import io.holdpoint.hold.Involved;
import io.holdpoint.odoo.DocumentRef;
import io.holdpoint.odoo.Odoo;
import io.holdpoint.odoo.OdooContract;
import io.holdpoint.odoo.OdooUser;
import io.holdpoint.odoo.Passage;
import io.holdpoint.odoo.Reference;
import io.holdpoint.odoo.SetupCheck;
import io.holdpoint.odoo.StateChanges;
import io.holdpoint.odoo.StateChanges.StateChange;
import io.holdpoint.odoo.Users;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** What there is to know of a breach: where it happened, who did it, and how the guards stand. */
@Component
class BreachFacts {

    private static final String PARTNER = "res.partner";
    private static final String GONE = "somebody whom Odoo does not know any more";

    private final Odoo odoo;
    private final Users users;
    private final StateChanges chatter;
    private final ObjectProvider<SetupCheck> setup;

    BreachFacts(Odoo odoo, Users users, StateChanges chatter, ObjectProvider<SetupCheck> setup) {
        this.odoo = odoo;
        this.users = users;
        this.chatter = chatter;
        this.setup = setup;
    }

    /**
     * @param writtenBy the login of whoever wrote the document last; empty when Odoo does not know it any more
     * @param passedBy the login of whoever let it pass; empty when that is not known
     * @param passedAt when that was; null when it is not known
     * @param who the same for people, or that it is not known
     * @param guards what is wrong with the setup in Odoo now; empty when all is as it should be
     */
    record Read(
            Facts facts,
            String writtenBy,
            String passedBy,
            @Nullable Instant passedAt,
            String who,
            List<String> guards) {}

    /** @throws io.holdpoint.odoo.OdooException when Odoo does not say who it was */
    Read of(HoldPoint holdPoint, Passage passage, Finding finding) {
        var change = finding.kind().equals(Finding.UNRELEASED) ? passed(passage) : Optional.<StateChange>empty();
        var passer = change.flatMap(one -> user(one.by()));
        var writer = user(passage.writtenBy());
        var values = new LinkedHashMap<String, Fact>();
        values.put("holdPoint", text(holdPoint.workflow()));
        values.put("finding", text(finding.kind()));
        values.put("company", text(passage.company().name()));
        var partner = passage.partner();
        var facts = new Facts(
                values,
                name(passage.currency()),
                partner == null ? passage.document() : new DocumentRef(PARTNER, partner.id()),
                new Involved()
                        .with(
                                change.map(StateChange::by).orElse(null),
                                "took " + passage.name() + " past its hold point in Odoo")
                        .with(passage.writtenBy(), "wrote " + passage.name() + " last in Odoo")
                        .barred(users),
                Map.of(),
                brief(passage, writer));
        return new Read(
                facts,
                writer.map(OdooUser::login).orElse(""),
                passer.map(OdooUser::login).orElse(""),
                change.map(StateChange::at).orElse(null),
                finding.kind().equals(Finding.UNRELEASED) ? who(change, passer, writer) : "",
                setup.stream().flatMap(check -> check.problems().stream()).toList());
    }

    /** An Odoo that an earlier version set up does not let its chatter be read; then it is not known. */
    private Optional<StateChange> passed(Passage passage) {
        try {
            return chatter.into(passage.document(), passage.state());
        } catch (OdooContract notAllowed) {
            return Optional.empty();
        }
    }

    private Optional<OdooUser> user(@Nullable Reference user) {
        return Optional.ofNullable(user)
                .flatMap(one -> users.find(List.of(one.id())).stream().findFirst());
    }

    private static String who(Optional<StateChange> change, Optional<OdooUser> passer, Optional<OdooUser> writer) {
        return change.map(one -> "By Odoo's chatter it was "
                        + passer.map(OdooUser::login).orElse(GONE) + ", at " + one.at() + ".")
                .orElseGet(() -> "Who it was is not known: Odoo's chatter has no entry of it. "
                        + writer.map(OdooUser::login).orElse(GONE)
                        + " wrote it last, and nobody else is kept out of clearing it up.");
    }

    private Brief brief(Passage passage, Optional<OdooUser> writer) {
        var amount = passage.currency() == null
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%,.2f %s",
                        passage.amount(),
                        passage.currency().name());
        return new Brief(
                passage.name(),
                odoo.webUrl(passage.document()).orElse(""),
                "Partner",
                name(passage.partner()),
                amount,
                0,
                writer.map(OdooUser::name).orElse(GONE),
                List.of());
    }

    private static String name(@Nullable Reference reference) {
        return reference == null ? "" : reference.name();
    }
}
