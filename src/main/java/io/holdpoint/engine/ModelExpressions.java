package io.holdpoint.engine;

import java.beans.FeatureDescriptor;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.AbstractMap;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Collection;
import java.util.Date;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.spring.SpringExpressionManager;
import org.camunda.bpm.impl.juel.jakarta.el.CompositeELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.ELContext;
import org.camunda.bpm.impl.juel.jakarta.el.ELException;
import org.camunda.bpm.impl.juel.jakarta.el.ELResolver;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.stereotype.Component;

/**
 * What the expressions of a model may touch: the variables of its case, plain values, and the steps that Holdpoint
 * offers. The engine alone would let whoever deploys a model call any bean, any service of the engine and, by way of
 * {@code getClass()}, anything at all: a policy owner could appoint themselves administrator.
 */
@Component
class ModelExpressions extends AbstractProcessEnginePlugin {

    private final ApplicationContext application;

    ModelExpressions(ApplicationContext application) {
        this.application = application;
    }

    @Override
    public void preInit(ProcessEngineConfigurationImpl engine) {
        engine.setExpressionManager(new SpringExpressionManager(application, new Steps(application)) {
            @Override
            protected ELResolver createElResolver() {
                var all = new CompositeELResolver();
                all.add(new Border());
                all.add(super.createElResolver());
                return all;
            }
        });
    }

    /** The beans that are made to be named in models. */
    private static final class Steps extends AbstractMap<Object, Object> {

        private static final List<Class<?>> KINDS =
                List.of(JavaDelegate.class, ExecutionListener.class, TaskListener.class);

        private final ApplicationContext application;

        Steps(ApplicationContext application) {
            this.application = application;
        }

        @Override
        public boolean containsKey(Object name) {
            return name instanceof String bean
                    && application.containsBean(bean)
                    && KINDS.stream().anyMatch(kind -> application.isTypeMatch(bean, kind));
        }

        @Override
        public @Nullable Object get(Object name) {
            return containsKey(name) ? application.getBean((String) name) : null;
        }

        @Override
        public Set<Entry<Object, Object>> entrySet() {
            return KINDS.stream()
                    .map(application::getBeansOfType)
                    .flatMap(beans -> beans.entrySet().stream())
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (first, second) -> first))
                    .entrySet()
                    .stream()
                    .map(bean -> Map.<Object, Object>entry(bean.getKey(), bean.getValue()))
                    .collect(Collectors.toSet());
        }
    }

    /** Resolves nothing itself: it looks first at every hop of an expression and refuses those that lead outside. */
    private static final class Border extends ELResolver {

        private static final List<Class<?>> VALUES = List.of(
                CharSequence.class,
                Number.class,
                Boolean.class,
                Character.class,
                Collection.class,
                Map.class,
                Date.class,
                Calendar.class,
                TemporalAccessor.class,
                TemporalAmount.class);

        private static final List<String> PACKAGES = List.of("io.holdpoint.", "org.joda.time.", "org.camunda.spin.");

        private static final Set<String> TO_THE_ENGINE = Set.of("getProcessEngineServices", "getProcessEngine");

        @Override
        public @Nullable Object getValue(ELContext context, @Nullable Object base, @Nullable Object property) {
            check(base, "get" + capitalize(property), "is" + capitalize(property));
            return null;
        }

        @Override
        public @Nullable Object invoke(
                ELContext context,
                @Nullable Object base,
                @Nullable Object method,
                Class<?> @Nullable [] types,
                Object @Nullable [] arguments) {
            check(base, String.valueOf(method));
            return null;
        }

        @Override
        public @Nullable Class<?> getType(ELContext context, @Nullable Object base, @Nullable Object property) {
            return null;
        }

        @Override
        public void setValue(
                ELContext context, @Nullable Object base, @Nullable Object property, @Nullable Object value) {
            check(base, "set" + capitalize(property));
        }

        @Override
        public boolean isReadOnly(ELContext context, @Nullable Object base, @Nullable Object property) {
            return false;
        }

        @Override
        public @Nullable Iterator<FeatureDescriptor> getFeatureDescriptors(ELContext context, @Nullable Object base) {
            return null;
        }

        @Override
        public @Nullable Class<?> getCommonPropertyType(ELContext context, @Nullable Object base) {
            return null;
        }

        private static void check(@Nullable Object base, String... methods) {
            if (base != null && (isGetClass(methods) || !mayCall(base, methods))) {
                throw new ELException("A model may use its variables, plain values and the steps of Holdpoint, but not "
                        + methods[0] + " of " + base.getClass().getSimpleName() + ".");
            }
        }

        private static boolean isGetClass(String... methods) {
            return Arrays.asList(methods).contains("getClass");
        }

        private static boolean mayCall(Object base, String... methods) {
            if (base instanceof VariableScope) {
                return Arrays.stream(methods).noneMatch(TO_THE_ENGINE::contains)
                        && Arrays.stream(publicFace(base).getMethods())
                                .anyMatch(method -> Arrays.asList(methods).contains(method.getName()));
            }
            return base.getClass().isArray()
                    || base instanceof Enum
                    || VALUES.stream().anyMatch(kind -> kind.isInstance(base))
                    || PACKAGES.stream().anyMatch(base.getClass().getName()::startsWith);
        }

        /** The engine's own objects can do far more than the interfaces that it documents for models. */
        private static Class<?> publicFace(Object scope) {
            return scope instanceof DelegateTask
                    ? DelegateTask.class
                    : scope instanceof DelegateExecution ? DelegateExecution.class : VariableScope.class;
        }

        private static String capitalize(@Nullable Object property) {
            var name = String.valueOf(property);
            return name.isEmpty() ? name : Character.toUpperCase(name.charAt(0)) + name.substring(1);
        }
    }
}
