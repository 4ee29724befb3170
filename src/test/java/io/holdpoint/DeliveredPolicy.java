package io.holdpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;

/** The policy of a workflow as it is delivered: its tables, asked without a case. */
public final class DeliveredPolicy {

    private final DmnEngine engine =
            DmnEngineConfiguration.createDefaultDmnEngineConfiguration().buildEngine();
    private final String workflow;
    private final List<DmnDecision> decisions = new ArrayList<>();

    /** Takes the tables that the model names, in its order. */
    public DeliveredPolicy(String workflow) throws IOException {
        this.workflow = workflow;
        var model = Files.readString(Path.of("processes", workflow + ".bpmn"));
        var property = Pattern.compile("name=\"decisions\" value=\"([^\"]+)\"").matcher(model);
        assertThat(property.find()).isTrue();
        for (var name : property.group(1).split(",")) {
            try (var table = Files.newInputStream(Path.of("dmn", name.strip() + ".dmn"))) {
                decisions.add(engine.parseDecision(name.strip(), table));
            }
        }
    }

    /** The holds that a document with these facts meets. */
    public Set<String> holds(Map<String, Object> facts) {
        var inputs = new HashMap<>(facts);
        var exempt = new HashSet<String>();
        var holds = new TreeSet<String>();
        for (var decision : decisions) {
            var result = engine.evaluateDecisionTable(decision, inputs);
            if (decision.getKey().endsWith(".thresholds")) {
                inputs.put("thresholds", result.getFirstResult().getEntryMap());
            }
            for (var row : result.getResultList()) {
                if (row.get("exempt") instanceof String codes) {
                    exempt.addAll(Arrays.asList(codes.split(",\\s*")));
                }
                if (row.get("hold") instanceof String hold
                        && !hold.equals("NONE")
                        && (!exempt.contains(hold) || "forced".equals(row.get("severity")))) {
                    holds.add(hold);
                }
            }
        }
        return holds;
    }

    /** The reasons for holds that the documentation names for this workflow, those of every workflow among them. */
    public List<String> reasons() throws IOException {
        return Pattern.compile(
                        "^\\| `([A-Z_]+)` \\| \\w+ \\| (?:`" + Pattern.quote(workflow) + "\\.|any)", Pattern.MULTILINE)
                .matcher(Files.readString(Path.of("docs", "hold-reasons.md")))
                .results()
                .map(reason -> reason.group(1))
                .toList();
    }
}
