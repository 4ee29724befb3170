package io.holdpoint.engine.access;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngines;
import org.camunda.bpm.webapp.impl.security.auth.AuthenticationUtil;
import org.camunda.bpm.webapp.impl.security.auth.UserAuthentication;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.web.servlet.error.ErrorViewResolver;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;

/**
 * The bare address leads to Tasklist. Those whose roles have no tasks, policy owners and auditors, go on to Cockpit
 * from there instead of to an error.
 */
@Component
@Order(0)
class WorksElsewhere implements ErrorViewResolver {

    private static final String COCKPIT = "cockpit";

    @Override
    public @Nullable ModelAndView resolveErrorView(
            HttpServletRequest request, HttpStatus status, Map<String, Object> model) {
        var page = String.valueOf(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI));
        var session = request.getSession(false);
        return status == HttpStatus.FORBIDDEN
                        && page.startsWith("/camunda/app/tasklist/")
                        && session != null
                        && mayUseCockpit(session)
                ? new ModelAndView("redirect:/camunda/app/cockpit/default/")
                : null;
    }

    private static boolean mayUseCockpit(HttpSession session) {
        var people = AuthenticationUtil.getAuthsFromSession(session);
        return people != null
                && people.getAuthenticationForProcessEngine(ProcessEngines.NAME_DEFAULT)
                        instanceof UserAuthentication person
                && person.isAuthorizedForApp(COCKPIT);
    }
}
