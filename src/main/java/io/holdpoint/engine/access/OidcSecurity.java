package io.holdpoint.engine.access;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.holdpoint.evidence.RefusedAttempts;
import java.time.Clock;
import java.util.List;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.springframework.boot.autoconfigure.security.SecurityProperties;
import org.springframework.boot.autoconfigure.security.oauth2.client.OAuth2ClientProperties;
import org.springframework.boot.autoconfigure.security.oauth2.client.OAuth2ClientPropertiesMapper;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.oidc.web.logout.OidcClientInitiatedLogoutSuccessHandler;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistration.ClientSettings;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.SupplierClientRegistrationRepository;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserService;
import org.springframework.security.oauth2.client.web.HttpSessionOAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.authentication.logout.LogoutSuccessHandler;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.header.writers.ContentSecurityPolicyHeaderWriter;
import org.springframework.security.web.header.writers.DelegatingRequestMatcherHeaderWriter;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.AndRequestMatcher;
import org.springframework.security.web.util.matcher.NegatedRequestMatcher;
import org.thymeleaf.ITemplateEngine;

/**
 * The door of the web applications for people who log in at a provider of OpenID Connect: authorization code flow with
 * PKCE. Camunda's own protection against forged requests stays; its login by password is shut.
 */
@Configuration(proxyBeanMethods = false)
@Profile("oidc")
@EnableConfigurationProperties(OAuth2ClientProperties.class)
class OidcSecurity {

    /** Sends a browser to the provider. */
    private static final String LOGIN = "/oauth2/authorization/oidc";

    /** For the pages of whoever is not let in or has left: text with a style of its own. */
    private static final String OWN_PAGES =
            "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

    private static final PathPatternRequestMatcher.Builder PATH = PathPatternRequestMatcher.withDefaults();

    @Bean
    @Order(2)
    SecurityFilterChain webapps(
            HttpSecurity http,
            ClientRegistrationRepository provider,
            OidcAccounts accounts,
            OidcProperties properties,
            RefusedAttempts attempts,
            TaskService tasks,
            RuntimeService runtime,
            ObjectMapper json,
            ITemplateEngine templates)
            throws Exception {
        var problems = new Problems(json, true);
        var refused = new RefusedLogin(templates);
        return http.securityMatchers(ours -> ours.requestMatchers(
                        PATH.matcher("/camunda/**"),
                        PATH.matcher("/oauth2/**"),
                        PATH.matcher("/login/**"),
                        PATH.matcher(OidcPages.LOGOUT),
                        PATH.matcher(OidcPages.LOGGED_OUT)))
                .addFilterAfter(new AttemptsOnRecord(attempts, tasks, runtime, json), SecurityContextHolderFilter.class)
                .authorizeHttpRequests(request -> request.requestMatchers(
                                // Creates an administrator without a login as long as there is none.
                                PATH.matcher("/camunda/api/admin/setup/**"),
                                PATH.matcher("/camunda/api/admin/auth/user/*/login/**"))
                        .denyAll()
                        .requestMatchers(PATH.matcher("/camunda/app/**"), PATH.matcher("/camunda/api/**"))
                        .authenticated()
                        .anyRequest()
                        .permitAll())
                .oauth2Login(login -> login.loginPage(LOGIN)
                        .authorizedClientRepository(new HttpSessionOAuth2AuthorizedClientRepository())
                        .userInfoEndpoint(
                                person -> person.oidcUserService(admitting(accounts, properties.loginClaim())))
                        .failureHandler(refused)
                        .withObjectPostProcessor(new ObjectPostProcessor<OAuth2AuthorizationRequestRedirectFilter>() {
                            @Override
                            public <O extends OAuth2AuthorizationRequestRedirectFilter> O postProcess(O filter) {
                                filter.setAuthenticationFailureHandler(refused);
                                return filter;
                            }
                        }))
                .logout(logout -> logout.logoutRequestMatcher(new AndRequestMatcher(
                                PATH.matcher(HttpMethod.GET, OidcPages.LOGOUT),
                                request -> !ForeignPages.isForeign(request)))
                        .logoutSuccessHandler(leaving(provider)))
                .requestCache(cache -> cache.requestCache(pages()))
                .csrf(AbstractHttpConfigurer::disable)
                .headers(headers -> {
                    WebSecurity.forWebapps(headers);
                    // Camunda has one for its own pages.
                    headers.addHeaderWriter(new DelegatingRequestMatcherHeaderWriter(
                            new NegatedRequestMatcher(PATH.matcher("/camunda/**")),
                            new ContentSecurityPolicyHeaderWriter(OWN_PAGES)));
                })
                .exceptionHandling(refusals -> refusals.defaultAuthenticationEntryPointFor(
                                problems, PATH.matcher("/camunda/api/**"))
                        .defaultAuthenticationEntryPointFor(
                                new LoginUrlAuthenticationEntryPoint(LOGIN), PATH.matcher("/**"))
                        .accessDeniedHandler(problems))
                .build();
    }

    /** After Spring Security's filters and before Camunda's. */
    @Bean
    FilterRegistrationBean<OidcWebappLogin> webappLogin() {
        var filter = new FilterRegistrationBean<>(new OidcWebappLogin());
        filter.setOrder(SecurityProperties.DEFAULT_FILTER_ORDER + 1);
        filter.addUrlPatterns("/camunda/app/*", "/camunda/api/*");
        return filter;
    }

    @Bean
    FilterRegistrationBean<SessionEnd> sessionEnd(OidcProperties properties, Clock clock) {
        var filter = new FilterRegistrationBean<>(new SessionEnd(properties.session(), clock));
        filter.setOrder(SecurityProperties.DEFAULT_FILTER_ORDER - 1);
        return filter;
    }

    /** Asked when somebody logs in and not at the start, so that Holdpoint works while the provider is away. */
    @Bean
    ClientRegistrationRepository provider(OAuth2ClientProperties properties) {
        return new SupplierClientRegistrationRepository(
                () -> new InMemoryClientRegistrationRepository(new OAuth2ClientPropertiesMapper(properties)
                        .asClientRegistrations().values().stream()
                                .map(OidcSecurity::withPkce)
                                .toList()));
    }

    private static ClientRegistration withPkce(ClientRegistration provider) {
        return ClientRegistration.withClientRegistration(provider)
                .clientSettings(ClientSettings.builder().requireProofKey(true).build())
                .build();
    }

    private static OAuth2UserService<OidcUserRequest, OidcUser> admitting(OidcAccounts accounts, String loginClaim) {
        var provider = new OidcUserService();
        return login -> {
            var person = provider.loadUser(login);
            accounts.admit(person);
            return new DefaultOidcUser(List.of(), person.getIdToken(), person.getUserInfo(), loginClaim);
        };
    }

    /** Ends the session at the provider too. Whose session here has ended already is sent to log in again. */
    private static LogoutSuccessHandler leaving(ClientRegistrationRepository provider) {
        var both = new OidcClientInitiatedLogoutSuccessHandler(provider);
        both.setPostLogoutRedirectUri("{baseUrl}" + OidcPages.LOGGED_OUT);
        both.setDefaultTargetUrl(OidcPages.LOGGED_OUT);
        return (request, response, person) -> {
            if (person == null) {
                response.sendRedirect("/");
            } else {
                both.onLogoutSuccess(request, response, person);
            }
        };
    }

    /** After the login people come back to the page that they wanted, and never to a script or an answer of the API. */
    private static RequestCache pages() {
        var cache = new HttpSessionRequestCache();
        cache.setRequestMatcher(PATH.matcher(HttpMethod.GET, "/camunda/app/*/*/"));
        cache.setMatchingRequestParameterName(null);
        return cache;
    }
}
