package io.holdpoint.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.holdpoint.odoo.Commands;
import io.holdpoint.odoo.DocumentRef;
import io.holdpoint.odoo.Odoo;
import io.holdpoint.odoo.OdooCommand;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.spring6.view.ThymeleafViewResolver;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

class DemoPagesTest {

    private final DemoOdoo odoo = DemoOdoo.empty(Clock.systemUTC());
    private final MockMvc browser = MockMvcBuilders.standaloneSetup(new DemoPages(odoo), new DemoRecordPages(odoo))
            .setViewResolvers(templates())
            .build();

    @Test
    void markup_in_records_stays_text() throws Exception {
        var customer = odoo.data().customer("<script>alert(1)</script> & Sons").add();
        var order = odoo.data().order(customer).add();
        hold(order, "<b>Late</b>");

        for (var page : new String[] {"/demo/odoo", "/demo/odoo/sale.order/" + order}) {
            browser.perform(get(page))
                    .andExpect(status().isOk())
                    .andExpect(content().string(containsString("&lt;script&gt;alert(1)&lt;/script&gt; &amp; Sons")))
                    .andExpect(content().string(containsString("&lt;b&gt;Late&lt;/b&gt;")))
                    .andExpect(content().string(not(containsString("<script"))));
        }
    }

    @Test
    void the_refusal_to_confirm_is_shown_in_words() throws Exception {
        var order = odoo.data().goodOrder();
        hold(order, "Over limit");

        browser.perform(post("/demo/odoo/sale.order/" + order + "/confirm").param("as", "admin"))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("is on hold by Holdpoint: Over limit.")));

        assertThat(odoo.order(order).path("state").asText()).isEqualTo("draft");
    }

    @Test
    void people_request_change_cancel_and_reopen() throws Exception {
        var order = odoo.data().goodOrder();
        var page = "/demo/odoo/sale.order/" + order;
        var line = odoo.order(order).path("order_line").path(0).asLong();

        browser.perform(post(page + "/request").param("as", "ben")).andExpect(redirectedUrl(page + "?as=ben"));
        assertThat(odoo.order(order).at("/x_holdpoint_requested_by/1").asText()).isEqualTo("Ben");

        browser.perform(post(page + "/lines/" + line).param("quantity", "3").param("discount", "50"))
                .andExpect(redirectedUrl(page + "?as=anna"));
        assertThat(odoo.order(order).path("amount_total").asDouble()).isEqualTo(150);

        browser.perform(post(page + "/cancel")).andExpect(redirectedUrl(page + "?as=anna"));
        assertThat(odoo.order(order).path("state").asText()).isEqualTo("cancel");
        browser.perform(post(page + "/quotation")).andExpect(redirectedUrl(page + "?as=anna"));
        assertThat(odoo.order(order).path("state").asText()).isEqualTo("draft");
    }

    @Test
    void an_overdue_invoice_is_paid() throws Exception {
        var customer = odoo.data().customer("Elbe Metall").add();
        var order = odoo.data().order(customer).add();
        var invoice = odoo.data().invoice(customer).amount(777).overdue(40).add();
        var page = "/demo/odoo/sale.order/" + order;
        browser.perform(get(page)).andExpect(content().string(containsString("777.00 EUR")));

        browser.perform(post(page + "/invoices/" + invoice + "/payment")).andExpect(redirectedUrl(page + "?as=anna"));

        browser.perform(get(page)).andExpect(content().string(not(containsString("777.00 EUR"))));
    }

    @Test
    void any_record_has_a_page_and_any_model_a_list() throws Exception {
        var product = odoo.data().product("Pump <b>").add();

        browser.perform(get("/demo/odoo/product.product/" + product))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("Pump &lt;b&gt;")));
        browser.perform(get("/demo/odoo/product.product"))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("Pump &lt;b&gt;")));
        browser.perform(get("/demo/odoo/product.product/999999")).andExpect(status().isNotFound());
        browser.perform(get("/demo/odoo/no.model")).andExpect(status().isNotFound());
    }

    @Test
    void a_defect_is_reported_with_what_its_window_asks_for() throws Exception {
        var product = odoo.data().product("Bearing").stock(0).add();
        var page = "/demo/odoo/stock.lot/" + odoo.data().lot("L-1", product, 8);
        var press = page + "/press/quality_report";

        browser.perform(get(page)).andExpect(content().string(containsString("Report defect")));
        browser.perform(post(press).param("as", "wim").param("x_holdpoint_defect", "damage"))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("how grave it is (Severity), what you saw (Description)")));
        browser.perform(post(press)
                        .param("as", "wim")
                        .param("x_holdpoint_defect", "damage")
                        .param("x_holdpoint_defect_severity", "minor")
                        .param("x_holdpoint_defect_quantity", "some")
                        .param("x_holdpoint_defect_description", "Dented"))
                .andExpect(content().string(containsString("some&#39; is no number")));
        browser.perform(post(press)
                        .param("as", "wim")
                        .param("x_holdpoint_defect", "damage")
                        .param("x_holdpoint_defect_severity", "minor")
                        .param("x_holdpoint_defect_quantity", "2")
                        .param("x_holdpoint_defect_description", "Dented"))
                .andExpect(redirectedUrl(page + "?as=wim"));

        var lot = odoo.record(new DocumentRef("stock.lot", odoo.data().lotOf(product)));
        assertThat(lot.path("x_holdpoint_quality_state").asText()).isEqualTo("requested");
        assertThat(lot.path("x_holdpoint_defect_quantity").asDouble()).isEqualTo(2);
    }

    @Test
    void an_unknown_order_is_not_found() throws Exception {
        browser.perform(get("/demo/odoo/sale.order/999"))
                .andExpect(status().isNotFound())
                .andExpect(content().string(containsString("does not exist")));
    }

    private void hold(long order, String reason) {
        new Commands(new Odoo(odoo, null, 8))
                .run(new OdooCommand(
                        "order-release",
                        "k" + order,
                        new DocumentRef("sale.order", order),
                        "hold",
                        reason,
                        "Held: " + reason,
                        null,
                        Map.of()));
    }

    private static ThymeleafViewResolver templates() {
        var files = new ClassLoaderTemplateResolver();
        files.setPrefix("templates/");
        files.setSuffix(".html");
        var engine = new SpringTemplateEngine();
        engine.setTemplateResolver(files);
        var resolver = new ThymeleafViewResolver();
        resolver.setTemplateEngine(engine);
        resolver.setCharacterEncoding("UTF-8");
        return resolver;
    }
}
