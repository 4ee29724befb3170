package io.holdpoint.demo;

import io.holdpoint.odoo.OdooCall;
import io.holdpoint.odoo.OdooException;
import java.util.LinkedHashMap;
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

/**
 * Stands in for Odoo's pages of everything but sales orders: what a record says, who wrote what beside it, and the
 * buttons that people press there. Only there in a demonstration.
 */
@Controller
@OnlyWithoutOdoo
@RequestMapping("/demo/odoo")
class DemoRecordPages {

    private final DemoOdoo odoo;

    DemoRecordPages(DemoOdoo odoo) {
        this.odoo = odoo;
    }

    /** Who presses the buttons; a demo needs no password for that. */
    @ModelAttribute("user")
    String user(@RequestParam(name = "as", defaultValue = "admin") String login) {
        return people().contains(login) ? login : "admin";
    }

    @ModelAttribute("people")
    List<String> people() {
        return odoo.transaction(DemoRecords::people);
    }

    @GetMapping("/{model:[a-z]+\\.[a-z.]+}")
    String list(@PathVariable String model, Model page) {
        page.addAttribute("list", odoo.transaction(env -> DemoRecords.list(env, model)));
        return "demo/records";
    }

    @GetMapping("/{model:[a-z]+\\.[a-z.]+}/{id}")
    String record(@PathVariable String model, @PathVariable long id, Model page) {
        page.addAttribute("record", odoo.transaction(env -> DemoRecords.record(env, model, id)));
        return "demo/record";
    }

    /** Presses a button: a method of the record, or an action that odoo-setup made. */
    @PostMapping("/{model:[a-z]+\\.[a-z.]+}/{id}/press/{button}")
    String press(
            @PathVariable String model,
            @PathVariable long id,
            @PathVariable String button,
            @ModelAttribute("user") String user,
            @RequestParam Map<String, String> given,
            Model page) {
        var pressed = DemoRecords.buttons(model).stream()
                .filter(one -> one.name().equals(button))
                .findFirst();
        try {
            pressed.ifPresent(one -> press(one, model, id, user, given));
            return "redirect:/demo/odoo/" + model + "/" + id + "?as=" + user;
        } catch (OdooException refused) {
            page.addAttribute("refusal", refused.getMessage());
            return record(model, id, page);
        }
    }

    private void press(DemoRecords.Button button, String model, long id, String user, Map<String, String> given) {
        var values = new LinkedHashMap<String, Object>();
        button.asks().forEach(ask -> values.put(ask.field(), ask.value(given.getOrDefault(ask.field(), ""))));
        if (!values.isEmpty()) {
            odoo.as(user).call(new OdooCall(model, "write", List.of(id), Map.of("vals", values), Map.of()));
        }
        if (button.isAction()) {
            odoo.press(user, button.name(), model, id);
        } else {
            Map<String, Object> context = Map.of("skip_sms", true, "skip_backorder", true);
            odoo.as(user).call(new OdooCall(model, button.name(), List.of(id), Map.of(), context));
        }
    }

    @ExceptionHandler(OdooException.class)
    @ResponseStatus(HttpStatus.NOT_FOUND)
    String missing(OdooException missing, Model page) {
        page.addAttribute("user", "admin");
        page.addAttribute("people", people());
        page.addAttribute("refusal", missing.getMessage());
        return "demo/missing";
    }
}
