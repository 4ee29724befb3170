package io.holdpoint.database;

import java.util.List;
import java.util.Map;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.test.context.support.TestPropertySourceUtils;

/**
 * Gives every Spring context of a test its own {@link TestDatabase}; no annotation is needed, and contexts that are
 * kept for later tests never work on each other's jobs. A test that names a {@code spring.datasource.url} itself keeps
 * it.
 */
class TestDatabaseForSpring implements ContextCustomizerFactory {

    /** Equal for all tests, so that it splits no cached context. */
    private record NewDatabase() implements ContextCustomizer {

        @Override
        public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
            var database = TestDatabase.create();
            var ours = new MapPropertySource(
                    "test database",
                    Map.of(
                            "spring.datasource.url", database.url(),
                            "spring.datasource.username", database.username(),
                            "spring.datasource.password", database.password()));
            var sources = context.getEnvironment().getPropertySources();
            var inlined = TestPropertySourceUtils.INLINED_PROPERTIES_PROPERTY_SOURCE_NAME;
            if (sources.contains(inlined)) {
                sources.addAfter(inlined, ours);
            } else {
                sources.addFirst(ours);
            }
        }
    }

    @Override
    public ContextCustomizer createContextCustomizer(
            Class<?> testClass, List<ContextConfigurationAttributes> configuration) {
        return new NewDatabase();
    }
}
