package io.holdpoint;

import io.holdpoint.demo.DemoOdoo;
import io.holdpoint.odoo.DocumentRef;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RuntimeService;
import org.springframework.boot.SpringApplication;

/**
 * Starts Holdpoint in memory with names that are scripts, to look at them in a browser: src/test/browser/markup.mjs.
 */
public final class MarkupPlayground {

    private static final String MARKUP = "<script>alert(1)</script><img src=x onerror=alert(1)>";

    private MarkupPlayground() {}

    public static void main(String[] args) {
        var context = new SpringApplication(HoldpointApplication.class)
                .run(
                        "--spring.datasource.url=jdbc:h2:mem:markup",
                        "--holdpoint.demo.automatic=false",
                        "--server.port=" + System.getProperty("port", "8080"));
        var odoo = context.getBean(DemoOdoo.class);
        var data = odoo.data();
        var order = data.order(data.customer(MARKUP).creditLimit(1_000).add())
                .line(data.product(MARKUP).price(100).cost(50).stock(1).add(), 20)
                .add();
        odoo.requestRelease(order, "anna");
        var identities = context.getBean(IdentityService.class);
        var max = identities.createUserQuery().userId("max").singleResult();
        max.setFirstName(MARKUP);
        identities.saveUser(max);
        context.getBean(RuntimeService.class)
                .startProcessInstanceByKey("order-release", new DocumentRef("sale.order", order).toString());
    }
}
