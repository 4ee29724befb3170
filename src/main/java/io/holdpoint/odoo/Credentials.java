package io.holdpoint.odoo;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** By what Odoo knows the technical user: an API key, else a password, and of either the one before it too. */
final class Credentials {

    static final String API_KEY = "odoo-api-key";
    static final String PASSWORD = "odoo-password";

    private final OdooProperties properties;
    private final SecretFiles files;

    Credentials(OdooProperties properties, SecretFiles files) {
        this.properties = properties;
        this.files = files;
    }

    /** The API keys that may be used now, the current one first; empty where there is a password only. */
    List<Secret> keys() {
        return files.valid(API_KEY, given(properties.apiKey()));
    }

    /**
     * Makes a call with the current one. Where Odoo does not accept it, the call is made with the one before, or with
     * what was put into the place of both meanwhile; each is tried once.
     *
     * @throws OdooContract when there is none at all
     * @throws WrongCredentials when Odoo accepts none of them
     */
    <T> T use(Function<Secret, T> call) {
        var tried = new HashSet<String>();
        var next = untried(tried)
                .orElseThrow(() -> new OdooContract(
                        "Set ODOO_API_KEY (or ODOO_PASSWORD) to a key of the technical user, or give it as the file "
                                + API_KEY + "."));
        while (true) {
            try {
                var answer = call.apply(next);
                if (tried.size() > 1) {
                    files.usedBefore(API_KEY);
                }
                return answer;
            } catch (WrongCredentials refused) {
                next = untried(tried).orElseThrow(() -> refused);
            }
        }
    }

    private Optional<Secret> untried(Set<String> tried) {
        var keys = keys();
        var valid = keys.isEmpty() ? files.valid(PASSWORD, given(properties.password())) : keys;
        return valid.stream().filter(secret -> tried.add(secret.reveal())).findFirst();
    }

    private static List<Secret> given(@Nullable Secret secret) {
        return Stream.ofNullable(secret).toList();
    }
}
