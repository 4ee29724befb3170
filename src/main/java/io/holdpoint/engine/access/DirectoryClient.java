package io.holdpoint.engine.access;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.PartialResultException;
import javax.naming.SizeLimitExceededException;
import javax.naming.directory.InvalidSearchFilterException;
import javax.naming.directory.SearchControls;
import javax.naming.directory.SearchResult;
import javax.naming.ldap.LdapContext;
import javax.naming.ldap.LdapName;
import javax.net.ssl.SSLException;
import org.camunda.bpm.engine.impl.identity.IdentityProviderException;
import org.camunda.bpm.identity.impl.ldap.LdapAuthenticationException;
import org.camunda.bpm.identity.impl.ldap.LdapClient;
import org.jspecify.annotations.Nullable;

/**
 * One conversation with the directory. Says in words what is wrong, and takes no half answer for a whole one: who is
 * not found has no rights, so a connection that breaks must not look like it.
 */
class DirectoryClient extends LdapClient {

    private static final int SEARCH_MILLISECONDS = 10_000;

    /** The directory has no such entry. */
    static final class NoSuchEntry extends IdentityProviderException {

        private static final long serialVersionUID = 1L;

        NoSuchEntry(LdapName name, NamingException cause) {
            super(
                    "The directory has no entry " + name + ". Compare HOLDPOINT_ACCESS_LDAP_BASE_DN,"
                            + " HOLDPOINT_ACCESS_LDAP_USER_BASE and HOLDPOINT_ACCESS_LDAP_GROUP_BASE.",
                    cause);
        }
    }

    private final Directory directory;

    DirectoryClient(Directory directory) {
        super(directory);
        this.directory = directory;
    }

    /** As the account by which Holdpoint reads. Where its password is being replaced, either is good. */
    @Override
    protected LdapContext openContext() {
        var passwords = directory.passwords();
        for (var tried = 0; ; tried++) {
            try {
                var context = openContext(
                        ldapConfiguration.getManagerDn(), passwords.get(tried).reveal());
                if (tried == 1) {
                    directory.usedBefore();
                }
                return context;
            } catch (LdapAuthenticationException refused) {
                if (tried == passwords.size() - 1) {
                    throw unusable(
                            "it refuses HOLDPOINT_ACCESS_LDAP_BIND_DN (" + ldapConfiguration.getManagerDn()
                                    + ") or its password",
                            refused);
                }
            }
        }
    }

    /** @throws LdapAuthenticationException when the password is wrong, or the account is not to be used */
    @Override
    public LdapContext openContext(String dn, String password) {
        if (password.isEmpty()) {
            // A directory takes it for a bind of nobody, and says yes.
            throw new LdapAuthenticationException("There is no login without a password.");
        }
        try {
            return super.openContext(dn, password);
        } catch (LdapAuthenticationException wrong) {
            throw wrong;
        } catch (IdentityProviderException failure) {
            throw unusable(reason(failure), failure);
        }
    }

    /** All entries below this one, itself among them, that the filter lets pass. */
    @SuppressWarnings("BanJNDI") // it looks up entries and no objects
    List<SearchResult> find(LdapName below, String filter) {
        ensureContextInitialized();
        var entries = new ArrayList<SearchResult>();
        try {
            var results = initialContext.search(below, filter, everything());
            try {
                while (results.hasMore()) {
                    entries.add(results.next());
                }
            } catch (PartialResultException | SizeLimitExceededException more) {
                // Active Directory points to other domains, and gives no more than a thousand at a time.
            } finally {
                results.close();
            }
            directory.answered();
            return entries;
        } catch (NameNotFoundException e) {
            throw new NoSuchEntry(below, e);
        } catch (InvalidSearchFilterException e) {
            throw unusable("HOLDPOINT_ACCESS_LDAP_USER_FILTER or HOLDPOINT_ACCESS_LDAP_GROUP_FILTER is no filter", e);
        } catch (NamingException e) {
            throw unusable(reason(e), e);
        }
    }

    void close() {
        closeLdapCtx();
    }

    private SearchControls everything() {
        return new SearchControls(SearchControls.SUBTREE_SCOPE, 0, SEARCH_MILLISECONDS, null, false, false);
    }

    private IdentityProviderException unusable(String why, Exception cause) {
        directory.failed(why);
        return new IdentityProviderException(
                "The directory of people cannot be asked: " + why + ". What needs it waits; try again in a minute.",
                cause);
    }

    /** Without the words of servers and libraries: these may name whom they were asked about. */
    private static String reason(Throwable failure) {
        var naming = "NamingException";
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException) {
                return "the connection cannot be secured; its certificate has to be trusted here and name this host";
            }
            if (cause instanceof UnknownHostException) {
                return "nobody knows its host";
            }
            if (cause instanceof ConnectException || cause instanceof SocketTimeoutException) {
                return "it does not answer";
            }
            if (cause instanceof NamingException) {
                naming = cause.getClass().getSimpleName();
            }
        }
        return "it answers with a " + naming;
    }
}
