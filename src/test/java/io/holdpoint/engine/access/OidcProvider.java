package io.holdpoint.engine.access;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.boot.Banner;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.http.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.autoconfigure.jackson.JacksonAutoConfiguration;
import org.springframework.boot.autoconfigure.security.oauth2.server.servlet.OAuth2AuthorizationServerAutoConfiguration;
import org.springframework.boot.autoconfigure.security.oauth2.server.servlet.OAuth2AuthorizationServerJwtAutoConfiguration;
import org.springframework.boot.autoconfigure.security.servlet.SecurityAutoConfiguration;
import org.springframework.boot.autoconfigure.security.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.DispatcherServletAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.ServletWebServerFactoryAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;

/** A provider of OpenID Connect: Spring's authorization server, over HTTP, with people whom a test makes. */
final class OidcProvider implements OAuth2TokenCustomizer<JwtEncodingContext> {

    static final String CLIENT = "holdpoint";
    static final String CLIENT_SECRET = "client-secret-Tz5Bn3";
    static final String AUDIENCE = "holdpoint-api";
    static final String MACHINE = "prometheus";

    /** Of everybody. */
    static final String PASSWORD = "at-the-provider";

    /** What is known of each person, by the name that they type there, which is also their subject. */
    private final Map<String, Map<String, Object>> people = new HashMap<>();

    private final String issuer;
    private final ConfigurableApplicationContext server;

    private OidcProvider(int port, int holdpoint) {
        this.issuer = issuer(port);
        this.server = new SpringApplicationBuilder(Server.class)
                .bannerMode(Banner.Mode.OFF)
                .properties(
                        // Not Holdpoint's.
                        "spring.config.name=oidc-provider", "server.port=" + port, "spring.jmx.enabled=false")
                .initializers(context -> {
                    var beans = context.getBeanFactory();
                    beans.registerSingleton("clients", clients(holdpoint));
                    beans.registerSingleton("people", (UserDetailsService) this::person);
                    beans.registerSingleton("claims", this);
                })
                .run();
    }

    /** @param holdpoint the port to which it sends people back */
    static OidcProvider start(int port, int holdpoint) {
        return new OidcProvider(port, holdpoint);
    }

    static String issuer(int port) {
        return "http://localhost:" + port;
    }

    void stop() {
        server.close();
    }

    void knows(String person, Map<String, Object> claims) {
        people.put(person, claims);
    }

    /** A token with its signature, good for a minute and for Holdpoint, but for what the test changes. */
    String token(Consumer<JwtClaimsSet.Builder> change) {
        @SuppressWarnings("unchecked")
        JWKSource<SecurityContext> keys = server.getBean(JWKSource.class);
        return token(keys, change);
    }

    String token(JWKSource<SecurityContext> keys, Consumer<JwtClaimsSet.Builder> change) {
        var claims = JwtClaimsSet.builder()
                .issuer(issuer)
                .audience(List.of(AUDIENCE))
                .issuedAt(Instant.now().minusSeconds(300))
                .expiresAt(Instant.now().plusSeconds(60));
        change.accept(claims);
        return new NimbusJwtEncoder(keys)
                .encode(JwtEncoderParameters.from(
                        JwsHeader.with(SignatureAlgorithm.RS256).build(), claims.build()))
                .getTokenValue();
    }

    private UserDetails person(String name) {
        if (!people.containsKey(name)) {
            throw new UsernameNotFoundException(name);
        }
        return User.withUsername(name).password("{noop}" + PASSWORD).roles().build();
    }

    @Override
    public void customize(JwtEncodingContext token) {
        if (token.getTokenType().getValue().equals(OidcParameterNames.ID_TOKEN)) {
            people.getOrDefault(token.getPrincipal().getName(), Map.of()).forEach(token.getClaims()::claim);
        } else {
            token.getClaims().audience(List.of(AUDIENCE));
        }
    }

    private static RegisteredClientRepository clients(int holdpoint) {
        var holdpointAddress = "http://127.0.0.1:" + holdpoint;
        var people = RegisteredClient.withId(UUID.randomUUID().toString())
                .clientId(CLIENT)
                .clientSecret("{noop}" + CLIENT_SECRET)
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .redirectUri(holdpointAddress + "/login/oauth2/code/oidc")
                .postLogoutRedirectUri(holdpointAddress + "/logged-out")
                .scopes(scopes -> scopes.addAll(List.of("openid", "profile", "email")))
                // Who comes without the proof of PKCE is refused.
                .clientSettings(ClientSettings.builder().requireProofKey(true).build())
                .build();
        var machine = RegisteredClient.withId(UUID.randomUUID().toString())
                .clientId(MACHINE)
                .clientSecret("{noop}" + CLIENT_SECRET + "-of-the-machine")
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .build();
        return new InMemoryRegisteredClientRepository(people, machine);
    }

    @TestConfiguration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        ServletWebServerFactoryAutoConfiguration.class,
        DispatcherServletAutoConfiguration.class,
        WebMvcAutoConfiguration.class,
        HttpMessageConvertersAutoConfiguration.class,
        JacksonAutoConfiguration.class,
        SecurityAutoConfiguration.class,
        SecurityFilterAutoConfiguration.class,
        OAuth2AuthorizationServerAutoConfiguration.class,
        OAuth2AuthorizationServerJwtAutoConfiguration.class
    })
    static class Server {}
}
