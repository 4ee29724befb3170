package io.holdpoint.demo;

import io.holdpoint.odoo.OdooContract;
import io.holdpoint.odoo.OdooRefused;

/** Odoo's refusals, of the same kind and in the same words as the real one gives them. */
final class Errors {

    private Errors() {}

    static OdooRefused refused(String words) {
        return new OdooRefused(words);
    }

    static OdooRefused missing(String model, long id, long uid) {
        return new OdooRefused(
                "Record does not exist or has been deleted.\n(Record: " + model + "(" + id + ",), User: " + uid + ")");
    }

    static OdooRefused required(Model model, String field) {
        return new OdooRefused("The operation cannot be completed: Missing required value for the field '"
                + model.field(field).label() + "' (" + field + ").\nModel: '" + model.label + "' (" + model.name
                + ")\n- create/update: a mandatory field is not set");
    }

    static OdooContract contract(String words) {
        return new OdooContract(words);
    }

    static OdooContract unknownModel(String model) {
        return new OdooContract("Object " + model + " doesn't exist");
    }

    static OdooContract unknownMethod(String model, String method) {
        return new OdooContract("The method '" + model + "." + method + "' does not exist");
    }

    static OdooContract privateMethod(String model, String method) {
        return new OdooContract("Private methods (such as '" + model + "." + method + "') cannot be called remotely.");
    }

    static OdooContract unknownField(String model, String field) {
        return new OdooContract("Invalid field '" + field + "' on '" + model + "'");
    }

    static OdooContract wrongValue(String model, String field, Object value) {
        return new OdooContract("Wrong value for " + model + "." + field + ": '" + value + "'");
    }

    static OdooContract noAccess(Model model, String operation) {
        return new OdooContract(
                "You are not allowed to " + operation + " '" + model.label + "' (" + model.name + ") records.");
    }

    static OdooContract noAccessToField(Model model, String field) {
        return new OdooContract("You do not have enough rights to access the field \"" + field + "\" on " + model.label
                + " (" + model.name + ").");
    }

    static OdooContract noAccessToRecord(Model model, long id, Row user) {
        return new OdooContract("Uh-oh! Looks like you have stumbled upon some top-secret records.\n\nSorry, "
                + user.text("login") + " (id=" + user.id() + ") doesn't have access to:\n- " + model.label + ", "
                + model.name + ": " + id);
    }

    static OdooContract noAccessToCompany() {
        return new OdooContract("Access to unauthorized or invalid companies.");
    }
}
