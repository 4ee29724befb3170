package io.holdpoint.hold;

import io.holdpoint.hold.Facts.Barred;
import io.holdpoint.odoo.Reference;
import io.holdpoint.odoo.Users;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The users of Odoo whose own document it is, each with why. Whoever is more than one of them is named once. */
public final class Involved {

    private final Map<Long, Set<String>> why = new LinkedHashMap<>();

    /**
     * @param user nobody, where the document names none
     * @param reason in words, for the person who is refused
     */
    public Involved with(@Nullable Reference user, String reason) {
        if (user != null) {
            why.computeIfAbsent(user.id(), id -> new LinkedHashSet<>()).add(reason);
        }
        return this;
    }

    /** Those of them that Odoo still knows, by login and e-mail address. */
    public List<Barred> barred(Users users) {
        return users.find(why.keySet()).stream()
                .map(user -> new Barred(
                        user.login(), user.email(), String.join(" and ", why.getOrDefault(user.id(), Set.of()))))
                .toList();
    }
}
