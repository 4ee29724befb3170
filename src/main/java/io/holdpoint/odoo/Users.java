package io.holdpoint.odoo;

import java.util.Collection;
import java.util.List;
import org.springframework.stereotype.Component;

/** Users in Odoo. */
@Component
public final class Users {

    private final Odoo odoo;

    public Users(Odoo odoo) {
        this.odoo = odoo;
    }

    /** Those of the users that exist, in no particular order. */
    public List<OdooUser> find(Collection<Long> ids) {
        return odoo.read("res.users", ids, List.of("login", "name", "email")).stream()
                .map(user -> new OdooUser(
                        user.path("id").asLong(),
                        Values.requiredText(user, "login"),
                        Values.requiredText(user, "name"),
                        Values.text(user, "email")))
                .toList();
    }
}
