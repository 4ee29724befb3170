package io.holdpoint.engine.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.holdpoint.evidence.RefusedAttempts;
import io.holdpoint.evidence.RefusedAttempts.Attempt;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.webapp.impl.security.auth.AuthenticationUtil;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Puts on record whatever somebody tries to change and is refused, at every door of the web server and whoever refuses
 * it: the door itself, the engine's authorizations, the rules of models or a guard. Reading leaves no line.
 */
class AttemptsOnRecord extends OncePerRequestFilter {

    private static final Logger LOG = LoggerFactory.getLogger(AttemptsOnRecord.class);

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    /** Below these addresses stand the words of an API, ids, and nothing secret. */
    private static final Set<String> OF_THE_ENGINE = Set.of("engine-rest", "camunda");

    /** Of other addresses only so much is kept: what follows may be a secret, or a guess of one. */
    private static final int KNOWN_WORDS = 2;

    private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z-]{0,39}");

    private static final Pattern CONCERNED = Pattern.compile("/(task|process-instance|execution)/([^/]+)");

    private final RefusedAttempts attempts;
    private final TaskService tasks;
    private final RuntimeService runtime;
    private final ObjectMapper json;

    AttemptsOnRecord(RefusedAttempts attempts, TaskService tasks, RuntimeService runtime, ObjectMapper json) {
        this.attempts = attempts;
        this.tasks = tasks;
        this.runtime = runtime;
        this.json = json;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return READING.contains(request.getMethod());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var answer = new ContentCachingResponseWrapper(response);
        try {
            chain.doFilter(request, answer);
        } finally {
            if (isRefused(request, answer.getStatus())) {
                record(request, answer);
            }
            answer.copyBodyToResponse();
        }
    }

    /** The web applications of the engine answer 500 to what a guard on a task refuses. */
    private static boolean isRefused(HttpServletRequest request, int status) {
        return status >= 400 && status < 500
                || status == 500 && request.getRequestURI().startsWith(request.getContextPath() + "/camunda/");
    }

    private void record(HttpServletRequest request, ContentCachingResponseWrapper answer) {
        try {
            var concerned = concerned(request.getRequestURI());
            attempts.record(new Attempt(
                    person(request),
                    request.getMethod() + " " + withoutIds(request.getRequestURI()),
                    words(answer.getContentAsByteArray()),
                    answer.getStatus(),
                    concerned.map(ProcessInstance::getRootProcessInstanceId).orElse(null),
                    concerned.map(ProcessInstance::getBusinessKey).orElse(null)));
        } catch (RuntimeException e) {
            // It stays refused. Without a database nothing can be kept, and the caller is told nothing about that.
            LOG.warn("A refused attempt could not be put on record: {}", e.toString());
        }
    }

    private static String person(HttpServletRequest request) {
        var caller = SecurityContextHolder.getContext().getAuthentication();
        if (caller != null && !(caller instanceof AnonymousAuthenticationToken)) {
            return caller.getName();
        }
        var session = request.getSession(false);
        var logins = session == null ? null : AuthenticationUtil.getAuthsFromSession(session);
        return logins == null || logins.getAuthentications().isEmpty()
                ? RefusedAttempts.ANONYMOUS
                : logins.getAuthentications().get(0).getIdentityId();
    }

    /** The address with an ellipsis where it is no word of an API. */
    static String withoutIds(String address) {
        var parts = Arrays.stream(address.split("/"))
                .filter(part -> !part.isEmpty())
                .toList();
        if (parts.isEmpty()) {
            return "/";
        }
        var known = OF_THE_ENGINE.contains(parts.get(0)) ? parts.size() : Math.min(KNOWN_WORDS, parts.size());
        var words =
                parts.subList(0, known).stream().map(part -> WORD.matcher(part).matches() ? part : "…");
        return Stream.concat(words, known < parts.size() ? Stream.of("…") : Stream.empty())
                .collect(Collectors.joining("/", "/", ""));
    }

    private String words(byte[] body) {
        try {
            var answer = json.readTree(body);
            var words = answer == null
                    ? ""
                    : answer.path("message").asText(answer.path("detail").asText());
            return words.isBlank() ? "Refused without words." : words;
        } catch (JsonProcessingException e) {
            return new String(body, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "Refused without words.";
        }
    }

    private Optional<ProcessInstance> concerned(String address) {
        var named = CONCERNED.matcher(address);
        if (!named.find()) {
            return Optional.empty();
        }
        var instance = named.group(1).equals("task") ? caseOfTask(named.group(2)) : named.group(2);
        return Optional.ofNullable(instance)
                .map(id -> runtime.createProcessInstanceQuery()
                        .processInstanceId(id)
                        .singleResult());
    }

    private @Nullable String caseOfTask(String id) {
        var task = tasks.createTaskQuery().taskId(id).singleResult();
        return task == null ? null : task.getProcessInstanceId();
    }
}
