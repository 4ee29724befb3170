package io.holdpoint.engine.access;

import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;

/** Somebody whom the provider knows and Holdpoint does not let in; the message says why and what helps. */
class NotAdmitted extends OAuth2AuthenticationException {

    private static final long serialVersionUID = 1;

    NotAdmitted(String why) {
        super(new OAuth2Error("invalid_token", why, null), why);
    }
}
