package io.holdpoint.odoo;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * {@code odoo-setup}, {@code odoo-check} and {@code odoo-rotate-key}: what is run by hand, without starting the
 * application.
 */
public final class OdooCommandLine {

    private static final String USAGE = """
            Usage:
              odoo-setup            create in Odoo what Holdpoint needs, or bring it to this version
              odoo-setup --remove   take it away again
              odoo-check            say what is missing; changes nothing
              odoo-rotate-key       give the technical user a new API key, for the running nodes too
              odoo-rotate-key --finish   revoke the key before

            Environment: ODOO_URL, ODOO_DB, ODOO_LOGIN, and ODOO_API_KEY or ODOO_PASSWORD.
            For odoo-setup these are of an Odoo administrator, and further
              HOLDPOINT_ODOO_LOGIN      login of the technical user (holdpoint)
              HOLDPOINT_ODOO_PASSWORD   its password, when it does not exist yet
              HOLDPOINT_URL, HOLDPOINT_WEBHOOK_SECRET   where Odoo reports changes at once; may be absent
            With HOLDPOINT_SECRETS_DIR the secret of webhooks is read from there, and for odoo-check and odoo-rotate-key,
            which needs it, the technical user's key as well.""";

    private OdooCommandLine() {}

    /** Whether the first word of the command line is one for {@link #run}. */
    public static boolean knows(String[] arguments) {
        return arguments.length > 0
                && List.of("odoo-setup", "odoo-check", "odoo-rotate-key").contains(arguments[0]);
    }

    /**
     * Runs a command and tells of it on the standard output.
     *
     * @param environment the environment variables
     * @return the exit status: 0 when all is well, 1 when Odoo lacks something or said no, 2 when called wrongly
     */
    public static int run(String[] arguments, Map<String, String> environment) {
        return run(List.of(arguments), environment, System.out::println);
    }

    static int run(List<String> arguments, Map<String, String> environment, Consumer<String> tell) {
        try {
            if (arguments.equals(List.of("odoo-check"))) {
                return check(environment, tell);
            }
            if (arguments.equals(List.of("odoo-setup"))) {
                return setup(environment, tell);
            }
            if (arguments.equals(List.of("odoo-setup", "--remove"))) {
                return remove(environment, tell);
            }
            if (arguments.equals(List.of("odoo-rotate-key"))) {
                rotation(environment, tell).begin();
                return 0;
            }
            if (arguments.equals(List.of("odoo-rotate-key", "--finish"))) {
                rotation(environment, tell).finish();
                return 0;
            }
            tell.accept(USAGE);
            return 2;
        } catch (OdooException | UncheckedIOException failure) {
            tell.accept("Failed: " + failure.getMessage());
            return 1;
        } catch (IllegalArgumentException wrong) {
            tell.accept(wrong.getMessage() + "\n\n" + USAGE);
            return 2;
        }
    }

    private static int check(Map<String, String> environment, Consumer<String> tell) {
        var report = new OdooCheck(odoo(environment, files(environment))).run();
        report.facts().forEach(tell);
        report.problems().forEach(problem -> tell.accept("PROBLEM: " + problem));
        tell.accept(report.problems().isEmpty() ? "Holdpoint can work with this Odoo." : "Holdpoint cannot work yet.");
        return report.problems().isEmpty() ? 0 : 1;
    }

    private static int setup(Map<String, String> environment, Consumer<String> tell) {
        int changes = new OdooSetup(administrator(environment), options(environment), tell).run();
        tell.accept(
                changes == 0
                        ? "Nothing to change: the setup has version " + OdooSetup.VERSION + " already."
                        : "Done: " + changes + " changes. The setup has version " + OdooSetup.VERSION + ".");
        return 0;
    }

    private static int remove(Map<String, String> environment, Consumer<String> tell) {
        int changes = new OdooSetup(administrator(environment), options(environment), tell).remove();
        tell.accept(
                changes == 0
                        ? "Nothing to remove."
                        : "Removed. Orders are no longer held: whoever may confirm an order in Odoo can do so now.");
        return 0;
    }

    private static KeyRotation rotation(Map<String, String> environment, Consumer<String> tell) {
        return new KeyRotation(properties(environment), files(environment), tell);
    }

    /** Whose key is in no file: what is there belongs to the technical user. */
    private static Odoo administrator(Map<String, String> environment) {
        return odoo(environment, SecretFiles.none());
    }

    private static Odoo odoo(Map<String, String> environment, SecretFiles files) {
        var properties = properties(environment);
        return Odoo.at(properties, new Credentials(properties, files));
    }

    private static SecretFiles files(Map<String, String> environment) {
        return new SecretFiles(environment.getOrDefault("HOLDPOINT_SECRETS_DIR", ""), new SimpleMeterRegistry());
    }

    /** Reads the variables by the same rules as the application does. */
    static OdooProperties properties(Map<String, String> environment) {
        var source = new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, Map.copyOf(environment));
        return new Binder(ConfigurationPropertySources.from(source)).bindOrCreate("odoo", OdooProperties.class);
    }

    private static OdooSetup.Options options(Map<String, String> environment) {
        var login = environment.getOrDefault("HOLDPOINT_ODOO_LOGIN", "").strip();
        var password = environment.getOrDefault("HOLDPOINT_ODOO_PASSWORD", "");
        return new OdooSetup.Options(
                login.isEmpty() ? "holdpoint" : login,
                password.isBlank() ? null : Secret.of(password),
                hints(
                        environment.getOrDefault("HOLDPOINT_URL", ""),
                        files(environment)
                                .valid(
                                        SecretFiles.WEBHOOK,
                                        List.of(Secret.of(environment.getOrDefault("HOLDPOINT_WEBHOOK_SECRET", ""))))
                                .get(0)));
    }

    private static @Nullable Secret hints(String url, Secret secret) {
        return url.isBlank() || secret.isEmpty()
                ? null
                : Secret.of(url.strip().replaceAll("/+$", "") + "/api/odoo/webhooks/" + secret.reveal());
    }
}
