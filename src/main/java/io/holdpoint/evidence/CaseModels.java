package io.holdpoint.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ActivityTypes;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.repository.ResourceDefinition;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds the versions of the models that took part in a case, and their XML. */
@Component
class CaseModels {

    /** Lines that say themselves which table answered. */
    private static final Set<Evidence.Kind> NAME_THEIR_TABLE =
            EnumSet.of(Evidence.Kind.AUTHORITY, Evidence.Kind.RULING, Evidence.Kind.FOLLOW_UP);

    private final RepositoryService repository;
    private final HistoryService history;

    CaseModels(RepositoryService repository, HistoryService history) {
        this.repository = repository;
        this.history = history;
    }

    /**
     * A deployed version of a process or of a decision table.
     *
     * @param file its name in the export; null when the version has been deleted from the engine
     * @param definition the engine's id of it, by which the lines of evidence name it
     */
    record Model(String key, int version, @Nullable String file, String definition) implements Comparable<Model> {

        @Override
        public int compareTo(Model other) {
            return (key + definition).compareTo(other.key + other.definition);
        }
    }

    List<Model> of(String caseId, List<Evidence.Entry> entries) {
        SortedSet<Model> models = new TreeSet<>();
        processes(caseId, entries).forEach(id -> models.add(process(id)));
        decisions(entries).forEach(id -> models.add(decision(id)));
        return List.copyOf(models);
    }

    /** @return empty when the version has been deleted from the engine */
    Optional<byte[]> xml(Model model) {
        if (model.file() == null) {
            return Optional.empty();
        }
        try (InputStream xml = model.file().endsWith(".bpmn")
                ? repository.getProcessModel(model.definition())
                : repository.getDecisionModel(model.definition())) {
            return Optional.of(xml.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** That of the case itself, and those that it called. */
    private Collection<String> processes(String caseId, List<Evidence.Entry> entries) {
        var ids = new LinkedHashSet<String>();
        entries.stream()
                .filter(entry -> entry.kind() == Evidence.Kind.EVENT)
                .flatMap(entry -> definition(entry.content()))
                .forEach(ids::add);
        // Not by the instance that called them: the engine has no index for that, and years of cases to look through.
        var called = history
                .createHistoricActivityInstanceQuery()
                .processInstanceId(caseId)
                .activityType(ActivityTypes.CALL_ACTIVITY)
                .list()
                .stream()
                .map(HistoricActivityInstance::getCalledProcessInstanceId)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        if (!called.isEmpty()) {
            history.createHistoricProcessInstanceQuery().processInstanceIds(called).list().stream()
                    .map(HistoricProcessInstance::getProcessDefinitionId)
                    .forEach(ids::add);
        }
        return ids;
    }

    private static Collection<String> decisions(List<Evidence.Entry> entries) {
        var ids = new LinkedHashSet<String>();
        for (var entry : entries) {
            if (NAME_THEIR_TABLE.contains(entry.kind())) {
                definition(entry.content()).forEach(ids::add);
            } else if (entry.kind() == Evidence.Kind.POLICY
                    && entry.content().get("tables") instanceof Collection<?> tables) {
                tables.stream()
                        .flatMap(table -> table instanceof Map<?, ?> content ? definition(content) : Stream.of())
                        .forEach(ids::add);
            }
        }
        return ids;
    }

    private static Stream<String> definition(Map<?, ?> content) {
        return content.get("definition") instanceof String id ? Stream.of(id) : Stream.of();
    }

    private Model process(String id) {
        var found = repository
                .createProcessDefinitionQuery()
                .processDefinitionId(id)
                .singleResult();
        return model(id, found, "processes/", ".bpmn");
    }

    private Model decision(String id) {
        var found = repository
                .createDecisionDefinitionQuery()
                .decisionDefinitionId(id)
                .singleResult();
        return model(id, found, "dmn/", ".dmn");
    }

    private static Model model(String id, @Nullable ResourceDefinition found, String folder, String ending) {
        if (found == null) {
            // The engine's ids begin with key and version.
            var parts = id.split(":", 3);
            return new Model(parts[0], parts.length > 1 ? Integer.parseInt(parts[1]) : 0, null, id);
        }
        return new Model(
                found.getKey(), found.getVersion(), folder + found.getKey() + "-v" + found.getVersion() + ending, id);
    }
}
