package io.holdpoint;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.Slice;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The boundaries inside the one module, each with its reason.
 *
 * <p>Every rule is also held against the package {@code wrong} beside the tests, which breaks all of them on purpose: a
 * rule that cannot fail protects nothing.
 */
class ArchitectureTest {

    /** What workflows have in common; every other package is a workflow. */
    private static final Set<String> SHARED = Set.of(
            "odoo",
            "hold",
            "followup",
            "breach",
            "substitution",
            "bulkdecision",
            "intake",
            "evidence",
            "engine",
            "notification",
            "demo");

    private static final DescribedPredicate<JavaClass> CALLED_BY_THE_ENGINE = describe(
            "are called by the engine",
            type -> Stream.of(JavaDelegate.class, ExecutionListener.class, TaskListener.class)
                    .anyMatch(kind -> assignableTo(kind).test(type) && !type.isInterface()));

    /** But for Authentication, in which the engine's public API answers who is logged in. */
    private static final DescribedPredicate<JavaClass> INSIDE_THE_ENGINE = describe(
            "lie inside the engine",
            type -> resideInAPackage("org.camunda..impl..").test(type) && !type.isEquivalentTo(Authentication.class));

    private static final DescribedPredicate<JavaClass> AN_HTTP_CLIENT = describe(
            "are an HTTP client",
            type -> type.getPackageName().startsWith("java.net.http")
                    || type.getPackageName().startsWith("org.apache.hc.client5")
                    || Set.of(
                                    "java.net.URLConnection",
                                    "java.net.HttpURLConnection",
                                    "org.springframework.web.client.RestClient",
                                    "org.springframework.web.client.RestTemplate",
                                    "org.springframework.boot.web.client.RestTemplateBuilder",
                                    "org.springframework.web.reactive.function.client.WebClient")
                            .contains(type.getName()));

    private static final DescribedPredicate<JavaClass> IN_A_NULL_MARKED_PACKAGE = describe(
            "lie in a package marked @NullMarked", type -> type.getPackage().isAnnotatedWith(NullMarked.class));

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.holdpoint");

    private static final JavaClasses OUR_TESTS = new ClassFileImporter()
            .withImportOption(new ImportOption.OnlyIncludeTests())
            .importPackages("io.holdpoint");

    private static final JavaClasses WRONG = new ClassFileImporter().importPackages("wrong");

    @ParameterizedTest
    @MethodSource("ours")
    void is_built_as_its_rules_say(ArchRule rule) {
        rule.check(OURS);
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void notices_when_a_rule_is_broken(ArchRule rule) {
        assertThat(rule.evaluate(WRONG).hasViolation())
                .as(rule.getDescription())
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("ofTests")
    void tests_keep_their_rules(ArchRule rule) {
        rule.check(OUR_TESTS);
        assertThat(rule.evaluate(WRONG).hasViolation())
                .as(rule.getDescription())
                .isTrue();
    }

    static List<ArchRule> ours() {
        return rules("io.holdpoint");
    }

    static List<ArchRule> wrong() {
        return rules("wrong");
    }

    static List<ArchRule> ofTests() {
        return List.of(noClasses()
                .should()
                .callMethodWhere(describe(
                        "sleep",
                        call -> call.getName().equals("sleep")
                                && Set.of("java.lang.Thread", "java.util.concurrent.TimeUnit")
                                        .contains(call.getTargetOwner().getName())))
                .because("a test that waits by the clock is slow on a good day and wrong on a bad one"));
    }

    private static List<ArchRule> rules(String root) {
        return List.of(
                        slices().matching(root + ".(*)..")
                                .that(describe("are workflows", slice -> !isShared(slice)))
                                .should()
                                .notDependOnEachOther()
                                .because("a workflow is read, changed and removed on its own;"
                                        + " what two of them share belongs into hold, odoo, evidence or engine"),
                        noClasses()
                                .that(describe("are shared", type -> SHARED.contains(part(type, root))))
                                .should()
                                .dependOnClassesThat(describe("belong to a workflow", type -> isWorkflow(type, root)))
                                .because("a new workflow must not need a change in what all of them share"),
                        noClasses()
                                .that()
                                .resideInAPackage(root + ".odoo..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAPackage("org.camunda..")
                                .because("the door to Odoo must outlive the engine behind it"),
                        noClasses()
                                .that()
                                .resideInAPackage(root + ".odoo..")
                                .should()
                                .dependOnClassesThat(
                                        resideInAPackage(root + "..").and(resideOutsideOfPackage(root + ".odoo..")))
                                .because(
                                        "the gateways tell what Odoo knows; what follows from it is decided elsewhere"),
                        noClasses()
                                .that(resideInAPackage(root + "..")
                                        .and(resideOutsideOfPackage(root + ".odoo.."))
                                        .and(resideOutsideOfPackage(root + ".notification.."))
                                        .and(resideOutsideOfPackage(root + ".demo..")))
                                .should()
                                .dependOnClassesThat(AN_HTTP_CLIENT)
                                .because(
                                        "time-outs, limits, secrets and the meaning of failures are settled once, in odoo;"
                                                + " notification posts to its subscribers, and demo the webhook that a"
                                                + " real Odoo would"),
                        noClasses()
                                .that()
                                .resideOutsideOfPackage(root + ".demo..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAPackage(root + ".demo..")
                                .because("the demo stands in for Odoo and nobody may tell the difference"),
                        noClasses()
                                .that()
                                .resideOutsideOfPackage(root + ".engine..")
                                .should()
                                .dependOnClassesThat(INSIDE_THE_ENGINE)
                                .because(
                                        "the engine's inside may change or go; what we need of it is gathered in one place"),
                        classes()
                                .that(CALLED_BY_THE_ENGINE)
                                .should()
                                .bePackagePrivate()
                                .because("the model names them, no other class does"),
                        fields().that()
                                .areDeclaredInClassesThat(CALLED_BY_THE_ENGINE)
                                .should()
                                .beFinal()
                                .because(
                                        "one instance serves all cases at the same time, so it remembers none of them"),
                        NO_CLASSES_SHOULD_USE_FIELD_INJECTION,
                        classes()
                                .that()
                                .areAnnotatedWith(ConfigurationProperties.class)
                                .should()
                                .beRecords()
                                .because("configuration is read once and then only looked at"),
                        classes()
                                .should(ArchCondition.from(IN_A_NULL_MARKED_PACKAGE))
                                .because("the compiler checks for null only where it is told to"),
                        slices().matching(root + ".(*)..").should().beFreeOfCycles())
                .stream()
                // Some kinds of class do not exist yet in every package; the wrong ones show that the rule bites.
                .map(rule -> rule.allowEmptyShould(true))
                .toList();
    }

    private static boolean isShared(Slice slice) {
        return SHARED.contains(slice.getNamePart(1));
    }

    private static boolean isWorkflow(JavaClass type, String root) {
        var part = part(type, root);
        return !part.isEmpty() && !SHARED.contains(part);
    }

    /** The package right below the root; empty for classes of the root itself and of others. */
    private static String part(JavaClass type, String root) {
        var name = type.getPackageName();
        return name.startsWith(root + ".") ? name.substring(root.length() + 1).split("\\.")[0] : "";
    }
}
