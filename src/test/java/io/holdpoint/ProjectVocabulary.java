package io.holdpoint;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.holdpoint.engine.access.Role;
import java.beans.Introspector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.stereotype.Component;

/** The vocabulary of this project, gathered from code and from the folders of models. */
final class ProjectVocabulary {

    private static final Pattern VARIABLE = Pattern.compile(
            "(?:ProcessVariable\\.of|setVariable|setVariableLocal|getVariable|shown\\.put|given\\.(?:text|required|oneOf|number|flag|value))\\(\\s*\"(\\w+)\"");
    private static final Pattern SET_BY_MODEL = Pattern.compile("camunda:errorMessageVariable=\"(\\w+)\"");
    private static final Pattern TERM = Pattern.compile("\"thresholds\",\\s*\"(\\w+)\"");
    private static final Pattern TEXT = Pattern.compile("\"([^\"\\s]+)\"");

    private ProjectVocabulary() {}

    static Vocabulary gather() {
        return new Vocabulary(
                delegates(),
                Stream.concat(inSources(VARIABLE).stream(), setByModels()).collect(Collectors.toSet()),
                Arrays.stream(Role.values()).filter(Role::decides).map(Role::id).collect(Collectors.toSet()),
                baseNames(Path.of("dmn"), ".dmn"),
                baseNames(Path.of("forms"), ".form"),
                baseNames(Path.of("processes"), ".bpmn"),
                inSources(TEXT));
    }

    /** The thresholds that code asks for, as tables would write them. */
    static Set<String> termsReadByCode() {
        return inSources(TERM).stream().map(name -> "thresholds." + name).collect(Collectors.toSet());
    }

    static List<Path> files(Path folder, String ending) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String baseName(Path file, String ending) {
        var name = file.getFileName().toString();
        return name.substring(0, name.length() - ending.length());
    }

    private static Set<String> baseNames(Path folder, String ending) {
        return files(folder, ending).stream()
                .map(file -> baseName(file, ending))
                .collect(Collectors.toSet());
    }

    private static Set<String> delegates() {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("io.holdpoint").stream()
                        .filter(type -> type.isAnnotatedWith(Component.class))
                        .filter(type -> Stream.of(JavaDelegate.class, ExecutionListener.class, TaskListener.class)
                                .anyMatch(type::isAssignableTo))
                        .map(JavaClass::getSimpleName)
                        .map(Introspector::decapitalize)
                        .collect(Collectors.toSet());
    }

    /** An error event keeps the words of what went wrong in a variable that it names. */
    private static Stream<String> setByModels() {
        return files(Path.of("processes"), ".bpmn").stream()
                .flatMap(file -> SET_BY_MODEL.matcher(read(file)).results())
                .map(match -> match.group(1));
    }

    private static Set<String> inSources(Pattern pattern) {
        try (var files = Files.walk(Path.of("src", "main", "java"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .flatMap(file -> pattern.matcher(read(file)).results())
                    .map(match -> match.group(1))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
