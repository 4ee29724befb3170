package io.holdpoint.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;

/**
 * Tells by the name of Odoo's exception what kind of failure it is. The status code does not tell: JSON-RPC always
 * answers 200, and JSON-2 answers 500 for an unknown field as well as for a lost lock. The traceback that Odoo sends
 * along is dropped.
 */
public final class OdooErrors {

    private static final Pattern UNKNOWN_MODEL =
            Pattern.compile("Object (\\S+) doesn't exist|the model '([^']+)' does not exist", Pattern.CASE_INSENSITIVE);
    private static final Pattern UNKNOWN_FIELD = Pattern.compile("Invalid field '?[\\w.]+'?.*");

    private OdooErrors() {}

    /** @param error Odoo's error object: {@code name} and {@code message} */
    public static OdooException of(JsonNode error, int status) {
        var name = error.path("name").asText("");
        var message = error.path("message").asText("").strip();
        var kind = name.substring(name.lastIndexOf('.') + 1);

        if (UNKNOWN_MODEL.matcher(message).find()) {
            return new OdooContract("Odoo lacks a model that Holdpoint needs: " + message
                    + " Install the Odoo app it belongs to; odoo-check names it.");
        }
        if (name.startsWith("odoo.exceptions.")) {
            return switch (kind) {
                case "AccessError" ->
                    new OdooContract("The Odoo user of Holdpoint lacks a right: " + message
                            + "\nRun odoo-check, or odoo-setup again as an administrator.");
                case "AccessDenied" -> new WrongCredentials();
                case "LockError" -> new OdooUnavailable("Odoo is busy with the same record: " + message);
                default -> new OdooRefused(message.isEmpty() ? "Odoo refused without a reason." : message);
            };
        }
        if (name.startsWith("psycopg2.")) {
            return database(kind, message);
        }
        if (name.startsWith("builtins.")) {
            return switch (kind) {
                case "MemoryError", "OSError", "TimeoutError", "ConnectionError", "ConnectionResetError" ->
                    new OdooUnavailable("Odoo is out of resources: " + kind + " " + message);
                default -> misfit(message.isEmpty() ? kind : message);
            };
        }
        return byStatus(status, message);
    }

    /** For an answer without Odoo's error object, usually an HTML page. */
    static OdooException byStatus(int status, String message) {
        var said = message.isEmpty() ? "" : ": " + message;
        return switch (status) {
            case 401 -> new WrongCredentials();
            case 403 ->
                new OdooContract("Odoo, or a proxy before it, forbids this call (status 403)" + said
                        + ". Check the rights of the technical user with odoo-check.");
            // A web server or proxy has a page of its own where Odoo's answer should be.
            case 200 ->
                new OdooUnavailable("A page came instead of Odoo's answer (status 200)" + said
                        + ". Odoo, or a proxy before it, is being worked on, or ODOO_URL is not its address.");
            case 404 ->
                message.isEmpty()
                        ? new OdooContract("Nothing answers there (status 404). Check that ODOO_URL is the address of"
                                + " Odoo and ODOO_DB names one of its databases.")
                        : misfit(message);
            case 408, 425, 429 -> new OdooUnavailable("Odoo has no time now (status " + status + ")" + said);
            case 422 -> misfit(message);
            default ->
                status >= 500
                        ? new OdooUnavailable("Odoo failed (status " + status + ")" + said)
                        : new OdooContract("Odoo's answer is not understood (status " + status + ")" + said
                                + ". Check that ODOO_URL is the address of Odoo.");
        };
    }

    private static OdooException database(String kind, String message) {
        if (message.contains("database") && message.contains("does not exist")) {
            return new OdooContract("Odoo has no such database. Check ODOO_DB.");
        }
        return switch (kind) {
            case "UniqueViolation", "ForeignKeyViolation", "CheckViolation", "NotNullViolation", "IntegrityError" ->
                new OdooRefused(message);
            case "UndefinedColumn", "UndefinedTable", "ProgrammingError", "DataError" -> misfit(message);
            default -> new OdooUnavailable("Odoo's database is busy: " + message);
        };
    }

    private static OdooContract misfit(String message) {
        var remedy = UNKNOWN_FIELD.matcher(message).find()
                ? " The field, or the right to see it, is missing: run odoo-check, or odoo-setup again as an administrator."
                : " Run odoo-check to see whether this Odoo fits.";
        return new OdooContract("Odoo does not understand what Holdpoint asks: " + message + "." + remedy);
    }
}
