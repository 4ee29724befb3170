package io.holdpoint.odoo;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Gives the technical user a new API key and puts it where the running nodes find it, with the one that they use now
 * beside it; in a second step revokes that one.
 */
final class KeyRotation {

    private final OdooProperties properties;
    private final SecretFiles files;
    private final Consumer<String> tell;

    KeyRotation(OdooProperties properties, SecretFiles files, Consumer<String> tell) {
        this.properties = properties;
        this.files = files;
        this.tell = tell;
    }

    void begin() {
        files.requireWritable();
        if (files.before(Credentials.API_KEY).isPresent()) {
            throw new OdooContract("A rotation is under way: there is a key before the current one. First end it with"
                    + " odoo-rotate-key --finish.");
        }
        var credentials = new Credentials(properties, files);
        var keys = new ApiKeys(Odoo.at(properties, credentials));
        var made = keys.make();
        try {
            check(made.key());
            credentials.keys().stream().findFirst().ifPresent(used -> files.writeBefore(Credentials.API_KEY, used));
            files.write(Credentials.API_KEY, made.key());
        } catch (RuntimeException failure) {
            keys.revoke(made.key());
            throw failure;
        }
        tell.accept("The technical user has a new API key, which "
                + (made.expires() == null ? "does not expire." : "expires on " + made.expires() + ".")
                + " Odoo accepts it, and it is in the file " + Credentials.API_KEY + ".");
        tell.accept("Nodes that read this directory use it from their next call on; copy the files "
                + Credentials.API_KEY + "* to those that read another one. When all have it, run odoo-rotate-key"
                + " --finish.");
    }

    void finish() {
        files.requireWritable();
        var before = files.before(Credentials.API_KEY);
        if (before.isEmpty()) {
            tell.accept("Nothing to finish: there is no key before the current one.");
            return;
        }
        var current = files.read(Credentials.API_KEY)
                .orElseThrow(() -> new OdooContract("There is no file " + Credentials.API_KEY
                        + " with the current key, so the one before is kept."));
        check(current);
        if (!current.reveal().equals(before.get().reveal())) {
            var was = new ApiKeys(with(current)).revoke(before.get());
            tell.accept(
                    was.known()
                            ? "The key before is revoked: Odoo does not accept it any more."
                            : "Odoo does not know the key before: it expired, or somebody revoked it.");
        }
        files.removeBefore(Credentials.API_KEY);
    }

    /** Whether Odoo accepts this key. */
    private void check(Secret key) {
        with(key).call("res.users", "context_get", List.of(), Map.of(), Map.of());
    }

    private Odoo with(Secret key) {
        var only = properties.withKey(key);
        return Odoo.at(only, new Credentials(only, SecretFiles.none()));
    }
}
