package io.holdpoint.engine;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.persistence.deploy.Deployer;
import org.camunda.bpm.engine.impl.persistence.entity.DeploymentEntity;
import org.camunda.bpm.engine.repository.Resource;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.impl.DmnModelConstants;
import org.camunda.bpm.model.xml.ModelException;
import org.camunda.bpm.model.xml.instance.DomElement;
import org.springframework.stereotype.Component;

/**
 * What a decision table may not contain, whoever deploys it: a cell in another language than FEEL. The engine would run
 * Groovy, JavaScript or expressions of models in it, and those can do far more than answer a question.
 */
@Component
class DecisionRules extends AbstractProcessEnginePlugin {

    private static final List<String> TABLES = List.of(".dmn", ".dmn11.xml");

    @Override
    public void preInit(ProcessEngineConfigurationImpl engine) {
        var deployers = engine.getCustomPreDeployers() == null
                ? new ArrayList<Deployer>()
                : new ArrayList<>(engine.getCustomPreDeployers());
        deployers.add(DecisionRules::check);
        engine.setCustomPreDeployers(deployers);
    }

    /** Tables that are only loaded anew were looked at when they came. */
    private static void check(DeploymentEntity deployment) {
        if (deployment.isNew()) {
            deployment.getResources().values().stream()
                    .filter(resource -> TABLES.stream().anyMatch(resource.getName()::endsWith))
                    .forEach(DecisionRules::check);
        }
    }

    private static void check(Resource resource) {
        try {
            check(Dmn.readModelFromStream(new ByteArrayInputStream(resource.getBytes()))
                    .getDefinitions()
                    .getDomElement());
        } catch (ModelException unreadable) {
            // The engine's own deployer says better what is wrong with the file.
        }
    }

    private static void check(DomElement element) {
        var language = element.getAttribute(DmnModelConstants.DMN_ATTRIBUTE_EXPRESSION_LANGUAGE);
        if (language != null && !isFeel(language)) {
            var id = element.getAttribute("id");
            throw new BadUserRequestException(
                    "%s is written in %s. Tables of Holdpoint are written in FEEL: remove the expression language."
                            .formatted(id == null ? "A cell" : "\"" + id + "\"", language));
        }
        element.getChildElements().forEach(DecisionRules::check);
    }

    /** By its name, or by the address that the standard gives it in one of its versions. */
    private static boolean isFeel(String language) {
        var name = language.strip().toLowerCase(Locale.ROOT);
        return name.equals("feel") || name.startsWith("http") && name.contains("omg.org") && name.contains("feel");
    }
}
