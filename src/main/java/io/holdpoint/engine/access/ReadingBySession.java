package io.holdpoint.engine.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;

/**
 * Lets whoever has logged in at the provider open cases and evidence in the same browser. Only reading: what changes
 * something asks for a token, which no foreign page can send along. Groups are the ones of this moment.
 */
class ReadingBySession implements SecurityContextRepository {

    private final HttpSessionSecurityContextRepository sessions = new HttpSessionSecurityContextRepository();
    private final EngineUsers users;

    ReadingBySession(EngineUsers users) {
        this.users = users;
    }

    @Override
    @SuppressWarnings("deprecation") // the interface asks for it
    public SecurityContext loadContext(HttpRequestResponseHolder holder) {
        var request = holder.getRequest();
        var person = HttpMethod.GET.matches(request.getMethod())
                ? sessions.loadDeferredContext(request).get().getAuthentication()
                : null;
        return person == null
                ? new SecurityContextImpl()
                : new SecurityContextImpl(UsernamePasswordAuthenticationToken.authenticated(
                        person.getName(), null, users.groupsOf(person.getName())));
    }

    @Override
    public void saveContext(SecurityContext context, HttpServletRequest request, HttpServletResponse response) {
        // A call that brings its own credentials begins no session.
    }

    @Override
    public boolean containsContext(HttpServletRequest request) {
        return sessions.containsContext(request);
    }
}
