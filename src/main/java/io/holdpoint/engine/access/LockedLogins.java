package io.holdpoint.engine.access;

import java.security.Principal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Lets administrators open logins of a directory: in Camunda's Admin its people are only to be read. */
@RestController
@Profile("ldap")
class LockedLogins {

    private static final Logger log = LoggerFactory.getLogger(LockedLogins.class);

    private final WrongPasswords wrongPasswords;

    LockedLogins(WrongPasswords wrongPasswords) {
        this.wrongPasswords = wrongPasswords;
    }

    /** Forgets the wrong passwords of this login. */
    @PostMapping("/api/logins/{login}/unlock")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void unlock(@PathVariable String login, Principal administrator) {
        if (wrongPasswords.forget(login)) {
            log.info("{} opened the login {}, which wrong passwords had locked.", administrator.getName(), login);
        }
    }
}
