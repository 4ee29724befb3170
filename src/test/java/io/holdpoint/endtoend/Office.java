package io.holdpoint.endtoend;

import io.holdpoint.odoo.DocumentRef;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;

/**
 * Where the people of a fault run work: they make documents in an Odoo and press its buttons; its books are counted.
 */
interface Office extends AutoCloseable {

    /** Which Odoo it is, for the report. */
    String name();

    String url();

    /** What nodes have to be told to reach it. */
    Map<String, String> settings();

    /** How long nodes wait for an answer. */
    Duration patience();

    /** Makes this Odoo ready for Holdpoint, as an administrator does once. */
    void open(Holdpoint holdpoint) throws Exception;

    /** An order of ten pieces by a customer of its own; {@code number} is that of the document. */
    long order(int number, double discount);

    /** An urgent order of so many pieces at 100 by a vendor of its own. */
    long purchase(int number, double pieces);

    /** A delivery that was invoiced, of which two pieces are to come back. */
    long delivery(int number, String reason, boolean opened);

    /** Ten pieces in the stock, of a product of their own. */
    long lot(int number);

    /** Asks Holdpoint by the button on an order, a purchase or a delivery. */
    void request(DocumentRef document);

    /** Fills in the window of the button <i>Report defect</i>, for all of a lot, and sends it off. */
    void report(DocumentRef lot, String defect, String severity);

    /** Takes in what was bought or comes back by these documents, as far as it is to be received now. */
    void receive(Collection<DocumentRef> documents);

    /**
     * How often something happened to a document, by Odoo's own books.
     *
     * @param effect {@code released} by a command of Holdpoint; {@code confirmed} and {@code delivery} of an order,
     *     {@code purchased} and {@code receipt} of a purchase order, {@code return} and {@code credit} of a delivery,
     *     {@code quarantined}, {@code back in stock} and {@code scrapped} of a lot
     */
    int effects(String effect, DocumentRef document);

    @Override
    void close();
}
