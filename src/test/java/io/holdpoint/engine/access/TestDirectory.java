package io.holdpoint.engine.access;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSimpleBindRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.util.LDAPSDKException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A directory that really speaks LDAP, with people and groups whom a test makes. As some real ones do it answers a bind
 * without a password with yes, since that is a bind of nobody.
 */
public final class TestDirectory {

    public static final String BASE = "dc=shop,dc=example";
    public static final String READER = "cn=holdpoint," + BASE;
    public static final String READER_PASSWORD = "reader-Kq7Xw2";

    /** Of everybody. */
    static final String PASSWORD = "In-the-directory-1";

    private static final String PEOPLE = "ou=people," + BASE;
    private static final String GROUPS = "ou=groups," + BASE;

    /** Groups keep naming people who were deleted, and none may be empty. */
    private static final String WHO_LEFT = "uid=left-long-ago," + PEOPLE;

    private final int port;
    private final InMemoryDirectoryServer server;
    private final AtomicInteger bindsWithoutPassword = new AtomicInteger();

    private TestDirectory(int port) {
        this.port = port;
        try {
            var configuration = new InMemoryDirectoryServerConfig(BASE);
            configuration.setListenerConfigs(
                    InMemoryListenerConfig.createLDAPConfig("ldap", InetAddress.getLoopbackAddress(), port, null));
            configuration.addAdditionalBindCredentials(READER, READER_PASSWORD);
            configuration.addInMemoryOperationInterceptor(new TakesNobody());
            server = new InMemoryDirectoryServer(configuration);
            server.add("dn: " + BASE, "objectClass: domain", "dc: shop");
            server.add("dn: " + PEOPLE, "objectClass: organizationalUnit", "ou: people");
            server.add("dn: " + GROUPS, "objectClass: organizationalUnit", "ou: groups");
            server.startListening();
        } catch (LDAPSDKException e) {
            throw new IllegalStateException(e);
        }
    }

    public static TestDirectory start(int port) {
        return new TestDirectory(port);
    }

    public static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String url(int port) {
        return "ldap://localhost:" + port;
    }

    public void stop() {
        server.shutDown(true);
    }

    /** Its connections break, and nobody answers at its address. */
    void away() {
        server.shutDown(true);
    }

    void back() {
        does(server::startListening);
    }

    int bindsWithoutPassword() {
        return bindsWithoutPassword.get();
    }

    /** @param mail null for somebody without an address */
    public void person(String login, String first, String last, String mail) {
        var dn = dn(first + " " + last + ", " + login);
        does(() -> {
            server.add(
                    dn,
                    new Attribute("objectClass", "inetOrgPerson"),
                    new Attribute("uid", login),
                    new Attribute("cn", first + " " + last + ", " + login),
                    new Attribute("givenName", first),
                    new Attribute("sn", last),
                    new Attribute("userPassword", PASSWORD));
            if (mail != null) {
                server.modify(dn, new Modification(ModificationType.ADD, "mail", mail));
            }
        });
    }

    public void group(String name, String... logins) {
        does(() -> server.add(
                new DN(new RDN("cn", name), new DN(GROUPS)).toString(),
                new Attribute("objectClass", "groupOfNames"),
                new Attribute("cn", name),
                new Attribute("member", WHO_LEFT)));
        for (var login : logins) {
            join(name, login);
        }
    }

    void join(String group, String login) {
        change(group, ModificationType.ADD, login);
    }

    void leave(String group, String login) {
        change(group, ModificationType.DELETE, login);
    }

    private void change(String group, ModificationType how, String login) {
        does(() -> server.modify(
                new DN(new RDN("cn", group), new DN(GROUPS)).toString(), new Modification(how, "member", of(login))));
    }

    void delete(String login) {
        does(() -> server.delete(of(login)));
    }

    /** Everything below people and groups goes. */
    void forget() {
        does(() -> {
            for (var below : List.of(PEOPLE, GROUPS)) {
                for (var entry :
                        server.search(below, SearchScope.ONE, "(objectClass=*)").getSearchEntries()) {
                    server.delete(entry.getDN());
                }
            }
            bindsWithoutPassword.set(0);
        });
    }

    private String of(String login) throws LDAPException {
        var entry = server.searchForEntry(PEOPLE, SearchScope.ONE, Filter.createEqualityFilter("uid", login));
        return entry.getDN();
    }

    /** With a comma in it, as Active Directory has them. */
    private static String dn(String name) {
        try {
            return new DN(new RDN("cn", name), new DN(PEOPLE)).toString();
        } catch (LDAPException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void does(Step step) {
        try {
            step.run();
        } catch (LDAPException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Step {
        void run() throws LDAPException;
    }

    private final class TakesNobody extends InMemoryOperationInterceptor {

        @Override
        public void processSimpleBindRequest(InMemoryInterceptedSimpleBindRequest bind) throws LDAPException {
            if (bind.getRequest().getPassword().getValueLength() == 0) {
                bindsWithoutPassword.incrementAndGet();
                throw new LDAPException(ResultCode.SUCCESS);
            }
        }
    }
}
