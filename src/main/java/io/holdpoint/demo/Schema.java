package io.holdpoint.demo;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The models of the demo Odoo, with the fields and methods that Holdpoint uses. Each area brings its own. */
final class Schema {

    private final Map<String, Model> models = new TreeMap<>();

    private Schema() {}

    static Map<String, Model> of(DemoFaults faults) {
        var schema = new Schema();
        var sales = new Sales(faults);
        People.models(schema);
        Chatter.models(schema);
        ToDos.models(schema);
        Customers.models(schema);
        Products.models(schema);
        Invoicing.models(schema);
        Stock.models(schema);
        Transfers.models(schema);
        ReturnWizard.models(schema);
        Scraps.models(schema);
        InvoiceWizard.models(schema);
        Returns.models(schema);
        sales.models(schema);
        var purchasing = new Purchasing(faults);
        purchasing.models(schema);
        Quality.models(schema);
        List.of(Sales.ORDER, Purchasing.ORDER, Transfers.PICKING)
                .forEach(name -> Chatter.tracking(schema.existing(name)));
        var commands = List.of(
                new OrderCommand(sales), new PurchaseCommand(purchasing), new ReturnCommand(), new QualityCommand());
        new Commands(commands).models(schema);
        return schema.models;
    }

    /** A model of the area that calls. */
    Model model(String name, String label, String order) {
        var model = new Model(name, label, order);
        models.put(name, model);
        return model;
    }

    /** A model of an area that registered before, to add fields, methods and rules to. */
    Model existing(String name) {
        var model = models.get(name);
        if (model == null) {
            throw new IllegalStateException("No area has registered the model " + name + " yet.");
        }
        return model;
    }
}
