package io.holdpoint.database;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

@Tag("database")
@SpringJUnitConfig
class TestDatabaseForSpringTest {

    @Test
    void gives_a_context_the_database_that_was_asked_for(@Value("${spring.datasource.url}") String url) {
        var product =
                System.getProperty("holdpoint.test.database", "h2").equals("h2") ? "jdbc:h2:mem:" : "jdbc:postgresql:";
        assertThat(url).startsWith(product);
    }

    @Nested
    @TestPropertySource(properties = "spring.datasource.url=jdbc:h2:mem:mine")
    class OfItsOwn {

        @Test
        void is_left_as_the_test_said(@Value("${spring.datasource.url}") String url) {
            assertThat(url).isEqualTo("jdbc:h2:mem:mine");
        }
    }
}
