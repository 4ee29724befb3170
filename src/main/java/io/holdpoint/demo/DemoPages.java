package io.holdpoint.demo;

import io.holdpoint.odoo.OdooException;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Stands in for Odoo's own pages: orders, and what a salesperson does with them. Only there in a demonstration. */
@Controller
@OnlyWithoutOdoo
@RequestMapping("/demo")
class DemoPages {

    private final DemoOdoo odoo;

    DemoPages(DemoOdoo odoo) {
        this.odoo = odoo;
    }

    /** Who presses the buttons; a demo needs no password for that. */
    @ModelAttribute("user")
    String user(@RequestParam(name = "as", defaultValue = "anna") String login) {
        return people().contains(login) ? login : "anna";
    }

    @ModelAttribute("people")
    List<String> people() {
        return odoo.transaction(DemoRecords::people);
    }

    @GetMapping
    String start() {
        return "redirect:/demo/odoo";
    }

    @GetMapping("/odoo")
    String orders(Model page) {
        page.addAttribute("orders", odoo.transaction(DemoScreens::orders));
        return "demo/orders";
    }

    @GetMapping("/odoo/sale.order/{id}")
    String order(@PathVariable long id, Model page) {
        page.addAttribute("order", odoo.transaction(env -> DemoScreens.order(env, id)));
        return "demo/order";
    }

    @PostMapping("/odoo/sale.order/{id}/request")
    String request(@PathVariable long id, @ModelAttribute("user") String user, Model page) {
        return after(id, user, page, () -> odoo.pressRequestRelease(id, user));
    }

    @PostMapping("/odoo/sale.order/{id}/confirm")
    String confirm(@PathVariable long id, @ModelAttribute("user") String user, Model page) {
        return after(id, user, page, () -> odoo.confirm(id, user));
    }

    @PostMapping("/odoo/sale.order/{id}/cancel")
    String cancel(@PathVariable long id, @ModelAttribute("user") String user, Model page) {
        return after(id, user, page, () -> odoo.cancel(id, user));
    }

    @PostMapping("/odoo/sale.order/{id}/quotation")
    String backToQuotation(@PathVariable long id, @ModelAttribute("user") String user, Model page) {
        return after(id, user, page, () -> odoo.backToQuotation(id, user));
    }

    @PostMapping("/odoo/sale.order/{id}/lines/{line}")
    String change(
            @PathVariable long id,
            @PathVariable long line,
            @RequestParam double quantity,
            @RequestParam double discount,
            @ModelAttribute("user") String user,
            Model page) {
        Map<String, Object> values = Map.of("product_uom_qty", quantity, "discount", discount);
        return after(id, user, page, () -> odoo.changeLine(line, user, values));
    }

    @PostMapping("/odoo/sale.order/{id}/invoices/{invoice}/payment")
    String pay(@PathVariable long id, @PathVariable long invoice, @ModelAttribute("user") String user, Model page) {
        return after(id, user, page, () -> odoo.payInvoice(invoice));
    }

    @ExceptionHandler(OdooException.class)
    @ResponseStatus(HttpStatus.NOT_FOUND)
    String missing(OdooException missing, Model page) {
        page.addAttribute("refusal", missing.getMessage());
        return "demo/missing";
    }

    /** Shows the order again: changed, or unchanged with the words of the refusal. */
    private String after(long id, String user, Model page, Runnable step) {
        try {
            step.run();
            return "redirect:/demo/odoo/sale.order/" + id + "?as=" + user;
        } catch (OdooException refused) {
            page.addAttribute("refusal", refused.getMessage());
            return order(id, page);
        }
    }
}
