package io.holdpoint.engine;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/**
 * Tells failures of the database that pass by themselves from those that come again: no connection, a server that
 * restarts or has no connection left, a transaction that lost against another one.
 */
final class DatabaseOutage {

    /** Classes and values of SQLSTATE: connection exception, operator intervention, too many connections, rollback. */
    private static final List<String> STATES = List.of("08", "57P", "53300", "40");

    private DatabaseOutage() {}

    static boolean caused(@Nullable Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            // What could not be begun or rolled back has lost its connection; the pool says so without an SQLSTATE.
            if (cause instanceof TransactionSystemException
                    || cause instanceof CannotCreateTransactionException
                    || cause instanceof SQLException sql && passes(sql)) {
                return true;
            }
        }
        return false;
    }

    private static boolean passes(SQLException failure) {
        var state = failure.getSQLState();
        return failure instanceof SQLTransientException
                || failure instanceof SQLRecoverableException
                || state != null && STATES.stream().anyMatch(state::startsWith);
    }
}
