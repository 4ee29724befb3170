package io.holdpoint.engine.access;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.holdpoint.evidence.RefusedAttempts;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.server.resource.web.DefaultBearerTokenResolver;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.header.writers.CacheControlHeadersWriter;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.header.writers.DelegatingRequestMatcherHeaderWriter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

/**
 * The doors of the web server. What is not named here is shut.
 *
 * <ul>
 *   <li>{@code /engine-rest/**}: HTTP Basic, from no page of another site; the engine's own authorizations decide the
 *       rest
 *   <li>{@code /camunda/**}: Camunda's own login, session and CSRF protection
 *   <li>events and webhooks: open here, because they bring credentials of their own which intake checks
 *   <li>everything else: HTTP Basic and a group
 * </ul>
 *
 * <p>With the profile {@code ldap} passwords are those of a directory, see {@link Directory}.
 *
 * <p>With the profile {@code oidc} tokens of the provider come in the place of passwords, see {@link OidcSecurity}.
 */
@Configuration(proxyBeanMethods = false)
class WebSecurity {

    private static final PathPatternRequestMatcher.Builder PATH = PathPatternRequestMatcher.withDefaults();

    private static final PathPatternRequestMatcher EVENTS = PATH.matcher(HttpMethod.POST, "/api/events");

    private static final DefaultBearerTokenResolver BEARER = new DefaultBearerTokenResolver();

    /** For our own pages, which have no scripts at all, and for answers that are no pages. */
    private static final String OWN_PAGES = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self';"
            + " base-uri 'none'; frame-ancestors 'none'";

    private static final String NO_DEVICES = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";

    private final EngineUsers users;
    private final @Nullable OidcTokens tokens;
    private final Problems problems;
    private final AttemptsOnRecord attempts;

    WebSecurity(
            EngineUsers users,
            ObjectProvider<OidcTokens> tokens,
            RefusedAttempts attempts,
            TaskService tasks,
            RuntimeService runtime,
            ObjectMapper json) {
        this.users = users;
        this.tokens = tokens.getIfAvailable();
        this.problems = new Problems(json, this.tokens != null);
        this.attempts = new AttemptsOnRecord(attempts, tasks, runtime, json);
    }

    @Bean
    @Order(1)
    SecurityFilterChain engineRest(HttpSecurity http, IdentityService identities) throws Exception {
        return stateless(http)
                .securityMatcher(PATH.matcher("/engine-rest/**"))
                .authorizeHttpRequests(request -> request.anyRequest().authenticated())
                .addFilterAfter(new EngineIdentity(identities), AuthorizationFilter.class)
                .build();
    }

    @Bean
    @Order(2)
    @Profile("!oidc")
    SecurityFilterChain webapps(HttpSecurity http) throws Exception {
        return http.securityMatcher(PATH.matcher("/camunda/**"))
                .addFilterAfter(attempts, SecurityContextHolderFilter.class)
                .addFilterAfter(new DirectoryAway(problems), AttemptsOnRecord.class)
                .authorizeHttpRequests(request -> request
                        // Creates an administrator without a login as long as there is none.
                        .requestMatchers(PATH.matcher("/camunda/api/admin/setup/**"))
                        .denyAll()
                        .anyRequest()
                        .permitAll())
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .headers(WebSecurity::forWebapps)
                .exceptionHandling(
                        refused -> refused.authenticationEntryPoint(problems).accessDeniedHandler(problems))
                .build();
    }

    @Bean
    @Order(3)
    SecurityFilterChain everythingElse(HttpSecurity http, DemoMode demoMode) throws Exception {
        if (tokens != null) {
            http.securityContext(context -> context.securityContextRepository(new ReadingBySession(users)));
        }
        return stateless(http)
                .authorizeHttpRequests(request -> {
                    request.dispatcherTypeMatchers(DispatcherType.ERROR).permitAll();
                    request.requestMatchers(
                                    PATH.matcher(HttpMethod.GET, "/"),
                                    PATH.matcher(HttpMethod.GET, "/favicon.ico"),
                                    PATH.matcher(HttpMethod.GET, "/actuator/health/**"),
                                    EVENTS,
                                    PATH.matcher(HttpMethod.POST, "/api/odoo/webhooks/**"))
                            .permitAll();
                    if (demoMode.isOn()) {
                        request.requestMatchers(PATH.matcher("/demo"), PATH.matcher("/demo/**"))
                                .permitAll();
                    }
                    request.requestMatchers(
                                    PATH.matcher("/actuator/prometheus"),
                                    PATH.matcher("/api/events"),
                                    PATH.matcher("/api/events/**"))
                            .hasAnyAuthority(Role.OPERATIONS.id(), Role.ADMINISTRATORS);
                    request.requestMatchers(PATH.matcher(HttpMethod.GET, "/api/cases/**"))
                            .hasAnyAuthority(Role.OPERATIONS.id(), Role.AUDITOR.id(), Role.ADMINISTRATORS);
                    request.requestMatchers(PATH.matcher(HttpMethod.GET, "/api/attempts"))
                            .hasAnyAuthority(Role.AUDITOR.id(), Role.ADMINISTRATORS);
                    request.requestMatchers(PATH.matcher(HttpMethod.POST, "/api/logins/*/unlock"))
                            .hasAuthority(Role.ADMINISTRATORS);
                    request.requestMatchers(PATH.matcher(HttpMethod.GET, "/api/openapi.json"))
                            .authenticated();
                    request.anyRequest().denyAll();
                })
                .build();
    }

    /** What browsers are told with each answer. Camunda adds a content security policy for its own pages. */
    private static void forEveryPage(HeadersConfigurer<HttpSecurity> headers) {
        headers.referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN))
                .permissionsPolicyHeader(permissions -> permissions.policy(NO_DEVICES))
                .crossOriginOpenerPolicy(opener -> opener.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
                .crossOriginResourcePolicy(resource -> resource.policy(CrossOriginResourcePolicy.SAME_ORIGIN))
                // Said over HTTPS only, and for this host alone: what else is below its name is not ours.
                .httpStrictTransportSecurity(https -> https.includeSubDomains(false));
    }

    /** Only what is about people and documents is kept nowhere; browsers may keep scripts and pictures. */
    static void forWebapps(HeadersConfigurer<HttpSecurity> headers) {
        forEveryPage(headers);
        headers.cacheControl(HeadersConfigurer.CacheControlConfig::disable)
                .addHeaderWriter(new DelegatingRequestMatcherHeaderWriter(
                        PATH.matcher("/camunda/api/**"), new CacheControlHeadersWriter()));
    }

    /** A call stands alone: its own credentials, no session, and not sent by a page of another site. */
    private HttpSecurity stateless(HttpSecurity http) throws Exception {
        if (tokens != null) {
            http.oauth2ResourceServer(provider -> provider.bearerTokenResolver(WebSecurity::token)
                    .authenticationEntryPoint(problems)
                    .accessDeniedHandler(problems)
                    .jwt(jwt -> jwt.jwtAuthenticationConverter(tokens)));
        }
        return http.authenticationProvider(users)
                .addFilterAfter(attempts, SecurityContextHolderFilter.class)
                .addFilterAfter(new DirectoryAway(problems), AttemptsOnRecord.class)
                .httpBasic(basic -> basic.authenticationEntryPoint(problems))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .addFilterAfter(new ForeignPages(problems), BasicAuthenticationFilter.class)
                .headers(headers -> {
                    forEveryPage(headers);
                    headers.contentSecurityPolicy(content -> content.policyDirectives(OWN_PAGES));
                })
                .exceptionHandling(
                        refused -> refused.authenticationEntryPoint(problems).accessDeniedHandler(problems));
    }

    /** Senders of events bring a bearer of their own, which is no token. */
    private static @Nullable String token(HttpServletRequest request) {
        return EVENTS.matches(request) ? null : BEARER.resolve(request);
    }
}
