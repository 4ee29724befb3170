package io.holdpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdpoint.demo.DemoData;
import io.holdpoint.demo.DemoOdoo;
import io.holdpoint.odoo.DocumentRef;
import io.holdpoint.odoo.OdooCall;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;

/** The stories of one workflow. Each leaves nothing behind in the engine; together they take every way through it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
public abstract class WorkflowStories {

    @Autowired
    protected Story story;

    @Autowired
    protected RuntimeService runtime;

    @Autowired
    protected TaskService tasks;

    @Autowired
    protected ManagementService management;

    @Autowired
    private RepositoryService owner;

    @Autowired
    private FlowCoverage coverage;

    protected DemoOdoo odoo;
    protected DemoData data;

    private final List<String> models;

    /** @param models keys of the processes that are to be covered */
    protected WorkflowStories(String... models) {
        this.models = List.of(models);
    }

    @BeforeEach
    protected final void open() {
        odoo = story.odoo();
        data = odoo.data();
        story.begin();
    }

    @AfterEach
    protected final void close() {
        story.end();
    }

    @Test
    @Order(Integer.MAX_VALUE)
    protected final void all_stories_together_took_every_flow() {
        assertThat(models)
                .isNotEmpty()
                .allSatisfy(model -> assertThat(coverage.neverTaken(model)).isEmpty());
    }

    /** One field of all records in Odoo that match. */
    protected final List<JsonNode> search(String model, List<?> domain, String field) {
        var found = new ArrayList<JsonNode>();
        odoo.as("admin")
                .call(new OdooCall(
                        model, "search_read", List.of(), Map.of("domain", domain, "fields", List.of(field)), Map.of()))
                .forEach(record -> found.add(record.path(field)));
        return found;
    }

    /** Changes a record in Odoo as an administrator does. */
    protected final void write(DocumentRef record, Map<String, ?> values) {
        odoo.as("admin")
                .call(new OdooCall(record.model(), "write", List.of(record.id()), Map.of("vals", values), Map.of()));
    }

    /** How much of a product lies in the place of this name. */
    protected final double lying(long product, String place) {
        return quants(product, place, "quantity").stream()
                .mapToDouble(JsonNode::asDouble)
                .sum();
    }

    /** One field of what lies of a product in the place of this name. */
    protected final List<JsonNode> quants(long product, String place, String field) {
        var location = search("stock.location", List.of(List.of("name", "=", place)), "id")
                .get(0)
                .asLong();
        return search(
                "stock.quant",
                List.of(List.of("product_id", "=", product), List.of("location_id", "=", location)),
                field);
    }

    /** For the length of a story the warehouse where it plays works in two shifts, on Saturdays too. */
    protected final void inTwoShifts(Runnable story) {
        var calendar = Path.of("dmn", "working-time.calendar.dmn");
        var table = ProjectVocabulary.read(calendar).replace("\"Nordlicht Service\"", "\"Nordlicht Industriebedarf\"");
        var deployment = owner.createDeployment()
                .name("By its owner")
                .addString(calendar.getFileName().toString(), table)
                .deploy();
        try {
            story.run();
        } finally {
            owner.deleteDeployment(deployment.getId(), true);
        }
    }

    /** Does something when Holdpoint is about to send a call to Odoo, after it has looked. */
    protected final void beforeNext(String call, Runnable step) {
        odoo.faults().beforeCall(next -> {
            if (String.valueOf(next.context()).contains(call)) {
                odoo.faults().beforeCall(other -> {});
                step.run();
            }
        });
    }
}
