package io.holdpoint.engine.access;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** What people call persons and groups, for sentences and lists. Nothing is decided by a name. */
@Component
public class Names {

    private final IdentityService identity;

    Names(@Lazy IdentityService identity) {
        this.identity = identity;
    }

    /** First and last name; the login where no name is known, or no such person. */
    public String person(String id) {
        var user = identity.createUserQuery().userId(id).singleResult();
        return user == null ? id : person(user);
    }

    /** As {@link #person(String)}, of somebody who was read already. */
    public static String person(User user) {
        var name = Stream.of(user.getFirstName(), user.getLastName())
                .filter(part -> part != null && !part.isBlank())
                .map(String::strip)
                .collect(Collectors.joining(" "));
        return name.isEmpty() ? user.getId() : name;
    }

    /** As people see it; the id of a group that is no role. */
    public static String group(String id) {
        return Role.byId(id).map(Role::label).orElse(id);
    }
}
