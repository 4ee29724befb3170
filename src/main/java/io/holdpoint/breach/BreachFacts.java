package io.holdpoint.breach;

import static io.holdpoint.hold.Facts.Fact.text;

import io.holdpoint.hold.Brief;
import io.holdpoint.hold.Facts;
import io.holdpoint.hold.Facts.Barred;
import io.holdpoint.hold.Facts.Fact;
import io.holdpoint.odoo.DocumentRef;
import io.holdpoint.odoo.Odoo;
import io.holdpoint.odoo.OdooUser;
import io.holdpoint.odoo.Passage;
import io.holdpoint.odoo.Reference;
import io.holdpoint.odoo.SetupCheck;
import io.holdpoint.odoo.Users;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** What there is to know of a breach: where it happened, who wrote the document last, and how the guards stand. */
@Component
class BreachFacts {

    private static final String PARTNER = "res.partner";

    private final Odoo odoo;
    private final Users users;
    private final ObjectProvider<SetupCheck> setup;

    BreachFacts(Odoo odoo, Users users, ObjectProvider<SetupCheck> setup) {
        this.odoo = odoo;
        this.users = users;
        this.setup = setup;
    }

    /**
     * @param writtenBy the login of whoever wrote the document last; empty when Odoo does not know it any more
     * @param guards what is wrong with the setup in Odoo now; empty when all is as it should be
     */
    record Read(Facts facts, String writtenBy, List<String> guards) {}

    /** @throws io.holdpoint.odoo.OdooException when Odoo does not say who it was */
    Read of(HoldPoint holdPoint, Passage passage, Finding finding) {
        var writer = Optional.ofNullable(passage.writtenBy())
                .flatMap(user -> users.find(List.of(user.id())).stream().findFirst());
        var values = new LinkedHashMap<String, Fact>();
        values.put("holdPoint", text(holdPoint.workflow()));
        values.put("finding", text(finding.kind()));
        values.put("company", text(passage.company().name()));
        var partner = passage.partner();
        var facts = new Facts(
                values,
                name(passage.currency()),
                partner == null ? passage.document() : new DocumentRef(PARTNER, partner.id()),
                writer.map(user -> List.of(
                                new Barred(user.login(), user.email(), "wrote " + passage.name() + " last in Odoo")))
                        .orElse(List.of()),
                Map.of(),
                brief(passage, writer));
        return new Read(
                facts,
                writer.map(OdooUser::login).orElse(""),
                setup.stream().flatMap(check -> check.problems().stream()).toList());
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
                writer.map(OdooUser::name).orElse("somebody whom Odoo does not know any more"),
                List.of());
    }

    private static String name(@Nullable Reference reference) {
        return reference == null ? "" : reference.name();
    }
}
