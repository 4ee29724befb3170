package io.holdpoint.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.boot.SpringApplication;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * A new, empty database on the product that the system property {@code holdpoint.test.database} names: {@code h2} in
 * memory, or {@code postgres}, a real PostgreSQL that is started once per JVM and ends with it.
 */
public record TestDatabase(String url, String username, String password) {

    public static TestDatabase create() {
        var name = "test_" + UUID.randomUUID().toString().replace("-", "");
        return switch (System.getProperty("holdpoint.test.database", "h2")) {
            case "h2" -> new TestDatabase("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1", "sa", "");
            case "postgres" -> Server.create(name);
            default ->
                throw new IllegalStateException("holdpoint.test.database is h2 or postgres, not "
                        + System.getProperty("holdpoint.test.database"));
        };
    }

    public DataSource dataSource() {
        return new DriverManagerDataSource(url, username, password);
    }

    private static final class Server {

        private static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            try {
                var postgres = EmbeddedPostgres.builder()
                        .setServerConfig("jit", "off")
                        .setRegisterShutdownHook(false)
                        .start();
                // Once all applications are closed: each of them still writes a last word.
                SpringApplication.getShutdownHandlers().add(() -> close(postgres));
                return postgres;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void close(EmbeddedPostgres postgres) {
            try {
                postgres.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        static TestDatabase create(String name) {
            try (var connection = POSTGRES.getPostgresDatabase().getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("create database " + name);
            } catch (SQLException e) {
                throw new IllegalStateException("The test database could not be created.", e);
            }
            return new TestDatabase(POSTGRES.getJdbcUrl("postgres", name), "postgres", "postgres");
        }
    }
}
