package io.holdpoint.odoo;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * {@code odoo-setup}, {@code odoo-setup --remove} and {@code odoo-check}: what an administrator runs once, without
 * starting the application.
 */
public final class OdooCommandLine {

    private static final String USAGE = """
            Usage:
              odoo-setup            create in Odoo what Holdpoint needs, or bring it to this version
              odoo-setup --remove   take it away again
              odoo-check            say what is missing; changes nothing

            Environment: ODOO_URL, ODOO_DB, ODOO_LOGIN, and ODOO_API_KEY or ODOO_PASSWORD.
            For odoo-setup these are of an Odoo administrator, and further
              HOLDPOINT_ODOO_LOGIN      login of the technical user (holdpoint)
              HOLDPOINT_ODOO_PASSWORD   its password, when it does not exist yet
              HOLDPOINT_URL, HOLDPOINT_WEBHOOK_SECRET   where Odoo reports changes at once; may be absent""";

    private OdooCommandLine() {}

    /** Whether the first word of the command line is one for {@link #run}. */
    public static boolean knows(String[] arguments) {
        return arguments.length > 0 && List.of("odoo-setup", "odoo-check").contains(arguments[0]);
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
                return check(odoo(environment), tell);
            }
            if (arguments.equals(List.of("odoo-setup"))) {
                return setup(environment, tell);
            }
            if (arguments.equals(List.of("odoo-setup", "--remove"))) {
                return remove(environment, tell);
            }
            tell.accept(USAGE);
            return 2;
        } catch (OdooException failure) {
            tell.accept("Failed: " + failure.getMessage());
            return 1;
        } catch (IllegalArgumentException wrong) {
            tell.accept(wrong.getMessage() + "\n\n" + USAGE);
            return 2;
        }
    }

    private static int check(Odoo odoo, Consumer<String> tell) {
        var report = new OdooCheck(odoo).run();
        report.facts().forEach(tell);
        report.problems().forEach(problem -> tell.accept("PROBLEM: " + problem));
        tell.accept(report.problems().isEmpty() ? "Holdpoint can work with this Odoo." : "Holdpoint cannot work yet.");
        return report.problems().isEmpty() ? 0 : 1;
    }

    private static int setup(Map<String, String> environment, Consumer<String> tell) {
        int changes = new OdooSetup(odoo(environment), options(environment), tell).run();
        tell.accept(
                changes == 0
                        ? "Nothing to change: the setup has version " + OdooSetup.VERSION + " already."
                        : "Done: " + changes + " changes. The setup has version " + OdooSetup.VERSION + ".");
        return 0;
    }

    private static int remove(Map<String, String> environment, Consumer<String> tell) {
        int changes = new OdooSetup(odoo(environment), options(environment), tell).remove();
        tell.accept(
                changes == 0
                        ? "Nothing to remove."
                        : "Removed. Orders are no longer held: whoever may confirm an order in Odoo can do so now.");
        return 0;
    }

    private static Odoo odoo(Map<String, String> environment) {
        var properties = properties(environment);
        return new Odoo(new OdooConnection(properties), String.valueOf(properties.url()), properties.parallelCalls());
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
                        environment.getOrDefault("HOLDPOINT_WEBHOOK_SECRET", "")));
    }

    private static @Nullable Secret hints(String url, String secret) {
        return url.isBlank() || secret.isBlank()
                ? null
                : Secret.of(url.strip().replaceAll("/+$", "") + "/api/odoo/webhooks/" + secret.strip());
    }
}
