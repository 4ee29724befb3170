package io.holdpoint.demo;

import io.holdpoint.odoo.OdooErrors;
import io.holdpoint.odoo.OdooException;
import java.util.Map;

/** Odoo's refusals: its names and its words, told apart where those of a real Odoo are. */
final class Errors {

    private Errors() {}

    /** Against the rules of the business. */
    static OdooException refused(String words) {
        return odoo("UserError", words);
    }

    /** A constraint that does not hold, in Odoo's words. */
    static OdooException invalid(String words) {
        return odoo("odoo.exceptions.ValidationError", words);
    }

    static OdooException missing(String model, long id, long userId) {
        return odoo(
                "MissingError",
                "Record does not exist or has been deleted.\n(Record: " + model + "(" + id + ",), User: " + userId
                        + ")");
    }

    static OdooException required(Model model, String field) {
        return odoo(
                "ValidationError",
                "The operation cannot be completed: Missing required value for the field '"
                        + model.field(field).label() + "' (" + field + ").\nModel: '" + model.label + "' (" + model.name
                        + ")\n- create/update: a mandatory field is not set");
    }

    /** Something that only a faulty caller does. */
    static OdooException misfit(String words) {
        return error("builtins.ValueError", words);
    }

    static OdooException unknownModel(String model) {
        return odoo("UserError", "Object " + model + " doesn't exist");
    }

    static OdooException unknownMethod(String model, String method) {
        return error("builtins.AttributeError", "The method '" + model + "." + method + "' does not exist");
    }

    static OdooException privateMethod(String model, String method) {
        return odoo(
                "AccessError", "Private methods (such as '" + model + "." + method + "') cannot be called remotely.");
    }

    static OdooException unknownArgument(String method, String argument) {
        return error(
                "builtins.TypeError",
                "BaseModel." + method + "() got an unexpected keyword argument '" + argument + "'");
    }

    static OdooException unknownField(String model, String field) {
        return misfit("Invalid field '" + field + "' on '" + model + "'");
    }

    static OdooException wrongValue(String model, String field, Object value) {
        return misfit("Wrong value for " + model + "." + field + ": '" + value + "'");
    }

    static OdooException noAccess(Model model, String operation) {
        return odoo(
                "AccessError",
                "You are not allowed to " + operation + " '" + model.label + "' (" + model.name + ") records.");
    }

    static OdooException noAccessToField(Model model, String field) {
        return odoo(
                "AccessError",
                "You do not have enough rights to access the field \"" + field + "\" on " + model.label + " ("
                        + model.name + ").");
    }

    static OdooException noAccessToRecord(Model model, long id, Row user) {
        return odoo(
                "AccessError",
                "Uh-oh! Looks like you have stumbled upon some top-secret records.\n\nSorry, " + user.text("login")
                        + " (id=" + user.id() + ") doesn't have access to:\n- " + model.label + ", " + model.name + ": "
                        + id);
    }

    static OdooException noAccessToCompany() {
        return odoo("AccessError", "Access to unauthorized or invalid companies.");
    }

    static OdooException noAccessToAction() {
        return odoo("AccessError", "You don't have enough access rights to run this action.");
    }

    static OdooException unknownUser() {
        return odoo("AccessDenied", "Access Denied");
    }

    private static OdooException odoo(String name, String words) {
        return error("odoo.exceptions." + name, words);
    }

    private static OdooException error(String name, String words) {
        return OdooErrors.of(Json.answer(Map.of("name", name, "message", words)), 200);
    }
}
