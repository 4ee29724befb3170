package io.holdpoint.engine;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.history.UserOperationLogEntry;
import org.camunda.bpm.engine.impl.interceptor.CommandExecutor;
import org.camunda.bpm.engine.repository.Deployment;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * Deploys the models of this release at start, before the web server and the job executor run: a seed, not the truth. A
 * definition whose newest version came from somewhere else, for example from Modeler, is left alone and a warning says
 * so; {@code holdpoint.models.force-seed} deploys over it.
 *
 * <p>Resources carry stable names ({@code processes/order-release.bpmn}), the same from a jar, an IDE and a test, so
 * that only changed files become new versions.
 */
@Component
public class ModelSeed implements SmartInitializingSingleton {

    /** Name and source of every deployment made from here. */
    public static final String SOURCE = "holdpoint";

    private static final Logger log = LoggerFactory.getLogger(ModelSeed.class);

    private final RepositoryService repository;
    private final HistoryService history;
    private final CommandExecutor commands;
    private final ObjectMapper json;
    private final ResourcePatternResolver classPath;
    private final boolean force;

    ModelSeed(
            RepositoryService repository,
            HistoryService history,
            CommandExecutor commands,
            ObjectMapper json,
            ResourcePatternResolver classPath,
            @Value("${holdpoint.models.force-seed:false}") boolean force) {
        this.repository = repository;
        this.history = history;
        this.commands = commands;
        this.json = json;
        this.classPath = classPath;
        this.force = force;
    }

    @Override
    public void afterSingletonsInstantiated() {
        deploy(modelsOnTheClassPath());
    }

    /** Deploys what changed and nobody else owns. */
    void deploy(Collection<Model> models) {
        var ours = new ArrayList<Model>();
        var forced = new ArrayList<Model>();
        for (var model : models) {
            var owned = ownedByOthers(model);
            if (owned.isEmpty()) {
                ours.add(model);
            } else if (force) {
                log.warn("{} is deployed over {}, as holdpoint.models.force-seed asks.", model.name(), owned.get());
                forced.add(model);
            } else {
                log.warn(
                        "{} is not deployed: {} is newer. Set HOLDPOINT_FORCE_SEED=true for one start to return to the"
                                + " model of this release.",
                        model.name(),
                        owned.get());
            }
        }
        deploy(ours, repository.createDeployment().enableDuplicateFiltering(true));
        // Without the filter: it compares with our own last deployment and would find nothing changed.
        deploy(forced, repository.createDeployment());
    }

    private static void deploy(List<Model> models, DeploymentBuilder deployment) {
        if (!models.isEmpty()) {
            models.forEach(model -> deployment.addInputStream(model.name(), new ByteArrayInputStream(model.content())));
            deployment.name(SOURCE).source(SOURCE).deploy();
        }
    }

    private List<Model> modelsOnTheClassPath() {
        return Stream.of("processes/*.bpmn", "dmn/*.dmn", "forms/*.form")
                .flatMap(pattern -> Arrays.stream(find("classpath*:" + pattern))
                        .map(file -> read(pattern.substring(0, pattern.indexOf('/') + 1), file)))
                .sorted(Comparator.comparing(Model::name))
                .toList();
    }

    private Resource[] find(String pattern) {
        try {
            return classPath.getResources(pattern);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Model read(String folder, Resource file) {
        try {
            return new Model(folder + file.getFilename(), file.getContentAsByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first definition in the model whose newest version somebody else deployed, in words. */
    private Optional<String> ownedByOthers(Model model) {
        return newestDeployments(model)
                .filter(newest -> !SOURCE.equals(newest.deployment().getSource()))
                .map(this::inWords)
                .findFirst();
    }

    private Stream<Newest> newestDeployments(Model model) {
        var content = new ByteArrayInputStream(model.content());
        if (model.name().endsWith(".bpmn")) {
            return Bpmn.readModelFromStream(content).getModelElementsByType(Process.class).stream()
                    .map(process -> newestProcess(process.getId()))
                    .filter(Objects::nonNull);
        }
        if (model.name().endsWith(".dmn")) {
            return Dmn.readModelFromStream(content).getModelElementsByType(Decision.class).stream()
                    .map(decision -> newestDecision(decision.getId()))
                    .filter(Objects::nonNull);
        }
        return Stream.ofNullable(newestForm(formId(model)));
    }

    private @Nullable Newest newestProcess(String key) {
        var newest = repository
                .createProcessDefinitionQuery()
                .processDefinitionKey(key)
                .latestVersion()
                .singleResult();
        return newest == null ? null : newest(key, newest.getVersion(), newest.getDeploymentId());
    }

    private @Nullable Newest newestDecision(String key) {
        var newest = repository
                .createDecisionDefinitionQuery()
                .decisionDefinitionKey(key)
                .latestVersion()
                .singleResult();
        return newest == null ? null : newest(key, newest.getVersion(), newest.getDeploymentId());
    }

    private @Nullable Newest newestForm(String key) {
        // The public API has no query for forms.
        var newest = commands.execute(
                context -> context.getCamundaFormDefinitionManager().findLatestDefinitionByKey(key));
        return newest == null ? null : newest(key, newest.getVersion(), newest.getDeploymentId());
    }

    private Newest newest(String key, int version, String deploymentId) {
        return new Newest(
                key,
                version,
                repository.createDeploymentQuery().deploymentId(deploymentId).singleResult());
    }

    private String formId(Model model) {
        try {
            return json.readTree(model.content()).path("id").asText();
        } catch (IOException e) {
            throw new UncheckedIOException(model.name() + " is no form", e);
        }
    }

    private String inWords(Newest newest) {
        var deployment = newest.deployment();
        var operation = history
                .createUserOperationLogQuery()
                .deploymentId(deployment.getId())
                .operationType(UserOperationLogEntry.OPERATION_TYPE_CREATE)
                .list()
                .stream()
                .map(UserOperationLogEntry::getUserId)
                .filter(Objects::nonNull)
                .findFirst();
        return "version %d of %s, deployed%s on %tF %<tR (\"%s\"%s),"
                .formatted(
                        newest.version(),
                        newest.key(),
                        operation.map(user -> " by " + user).orElse(""),
                        deployment.getDeploymentTime(),
                        deployment.getName(),
                        deployment.getSource() == null ? "" : ", " + deployment.getSource());
    }

    /**
     * A file of the seed.
     *
     * @param name folder and file, nothing of the machine
     */
    record Model(String name, byte[] content) {}

    private record Newest(String key, int version, Deployment deployment) {}
}
