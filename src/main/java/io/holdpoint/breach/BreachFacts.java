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
import io.holdpoint.odoo.Passage.Taking;
import io.holdpoint.odoo.Reference;
import io.holdpoint.odoo.SetupCheck;
import io.holdpoint.odoo.StateChanges;
import io.holdpoint.odoo.Users;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
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
     * @param passedBy the logins of those who let it pass, in words; empty when that is not known
     * @param passedAt when the last of them did; null when it is not known
     * @param writtenBy the login of whoever wrote the document last; empty when Odoo does not know it any more
     * @param guards what is wrong with the setup in Odoo now; empty when all is as it should be
     */
    record Read(
            Facts facts,
            String passedBy,
            @Nullable Instant passedAt,
            String writtenBy,
            String who,
            List<String> guards) {}

    /** @throws io.holdpoint.odoo.OdooException when Odoo does not say who it was */
    Read of(HoldPoint holdPoint, Passage passage, Finding finding) {
        var deeds = deeds(passage, finding);
        var involved = new Involved();
        deeds.forEach(deed -> involved.with(deed.by(), "took " + passage.name() + " past its hold point in Odoo"));
        if (passage.loss() == null) {
            involved.with(passage.writtenBy(), "wrote " + passage.name() + " last in Odoo");
        }
        var values = new LinkedHashMap<String, Fact>();
        values.put("holdPoint", text(holdPoint.workflow()));
        values.put("finding", text(finding.kind()));
        values.put("company", text(passage.company().name()));
        var partner = passage.partner();
        var facts = new Facts(
                values,
                name(passage.currency()),
                partner == null ? passage.document() : new DocumentRef(PARTNER, partner.id()),
                involved.barred(users),
                Map.of(),
                brief(passage, deeds));
        return new Read(
                facts,
                logins(deeds),
                deeds.isEmpty() ? null : deeds.get(deeds.size() - 1).at(),
                user(passage.writtenBy()).map(OdooUser::login).orElse(""),
                finding.kind().equals(Finding.RAISED) ? "" : who(passage, deeds),
                setup.stream().flatMap(check -> check.problems().stream()).toList());
    }

    /** By what it passed, the last one last; empty where nothing tells. */
    private List<Taking> deeds(Passage passage, Finding finding) {
        if (passage.loss() != null) {
            return passage.loss().takings();
        }
        if (!finding.kind().equals(Finding.UNRELEASED)) {
            return List.of();
        }
        try {
            return chatter.into(passage.document(), passage.state())
                    .map(change -> List.of(new Taking(change.by(), change.at(), "")))
                    .orElse(List.of());
        } catch (OdooContract notAllowed) {
            // An Odoo that an earlier version set up does not let its chatter be read.
            return List.of();
        }
    }

    private String who(Passage passage, List<Taking> deeds) {
        if (passage.loss() != null) {
            return deeds.isEmpty()
                    ? "Who it was is not known: no move of stock says it, and nobody is kept out of clearing it up."
                    : deeds.stream()
                            .map(deed -> login(deed.by()) + " " + deed.what() + ", at " + deed.at())
                            .collect(Collectors.joining("; ", "By Odoo's moves of stock: ", "."));
        }
        return deeds.isEmpty()
                ? "Who it was is not known: Odoo's chatter has no entry of it. " + login(passage.writtenBy())
                        + " wrote it last, and nobody else is kept out of clearing it up."
                : "By Odoo's chatter it was " + logins(deeds) + ", at "
                        + deeds.get(0).at() + ".";
    }

    private String logins(List<Taking> deeds) {
        return deeds.stream().map(deed -> login(deed.by())).distinct().collect(Collectors.joining(", "));
    }

    private String login(@Nullable Reference user) {
        return user(user).map(OdooUser::login).orElse(GONE);
    }

    private Optional<OdooUser> user(@Nullable Reference user) {
        return Optional.ofNullable(user)
                .flatMap(one -> users.find(List.of(one.id())).stream().findFirst());
    }

    private Brief brief(Passage passage, List<Taking> deeds) {
        var amount = passage.currency() == null
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%,.2f %s",
                        passage.amount(),
                        passage.currency().name());
        var loss = passage.loss();
        return new Brief(
                passage.name(),
                odoo.webUrl(loss == null ? passage.document() : passage.about()).orElse(""),
                "Partner",
                name(passage.partner()),
                loss == null ? amount : String.format(Locale.ROOT, "%,.2f from %s", loss.quantity(), loss.place()),
                0,
                loss == null ? user(passage.writtenBy()).map(OdooUser::name).orElse(GONE) : logins(deeds),
                List.of());
    }

    private static String name(@Nullable Reference reference) {
        return reference == null ? "" : reference.name();
    }
}
