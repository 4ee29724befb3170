package io.holdpoint.qualityescalation;

import static io.holdpoint.hold.Facts.Fact.count;
import static io.holdpoint.hold.Facts.Fact.flag;
import static io.holdpoint.hold.Facts.Fact.money;
import static io.holdpoint.hold.Facts.Fact.percent;
import static io.holdpoint.hold.Facts.Fact.quantity;
import static io.holdpoint.hold.Facts.Fact.text;
import static io.holdpoint.hold.Numbers.money;
import static io.holdpoint.hold.Numbers.number;
import static io.holdpoint.hold.Numbers.round;
import static java.lang.Math.max;
import static java.lang.Math.min;

import io.holdpoint.followup.FollowUps;
import io.holdpoint.hold.Brief;
import io.holdpoint.hold.DocumentReader;
import io.holdpoint.hold.Facts;
import io.holdpoint.hold.Facts.Barred;
import io.holdpoint.hold.Facts.Fact;
import io.holdpoint.hold.Involved;
import io.holdpoint.odoo.DocumentRef;
import io.holdpoint.odoo.Odoo;
import io.holdpoint.odoo.QualityReport;
import io.holdpoint.odoo.Reference;
import io.holdpoint.odoo.Users;
import io.holdpoint.qualityescalation.DefectReport.Reported;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.stereotype.Component;

/** Turns a defect report and the stock it is about into the facts that policy judges. */
@Component
class DefectFacts implements DocumentReader {

    private final DefectReport defectReport;
    private final Recurrences recurrences;
    private final CaseProgress progress;
    private final Users users;
    private final Odoo odoo;
    private final Settings settings;

    DefectFacts(
            DefectReport defectReport,
            Recurrences recurrences,
            CaseProgress progress,
            Users users,
            Odoo odoo,
            Settings settings) {
        this.defectReport = defectReport;
        this.recurrences = recurrences;
        this.progress = progress;
        this.users = users;
        this.odoo = odoo;
        this.settings = settings;
    }

    /** @param companies ids of the Odoo companies whose stock is handled here; empty for all */
    @ConfigurationProperties("holdpoint.quality-escalation")
    record Settings(@DefaultValue Set<Long> companies) {}

    @Override
    public String workflow() {
        return QualityEscalationProcess.KEY;
    }

    @Override
    public Reading read(String caseId, DocumentRef document) {
        var found = defectReport.find(document, caseId);
        if (found.isEmpty()) {
            return Reading.notThere(document);
        }
        var report = found.get().report();
        var facts = facts(caseId, report, found.get().reported());
        return report.cancelled() && report.quarantined() == 0
                ? Reading.gone(facts, "the transfer was cancelled in Odoo")
                : Reading.open(facts);
    }

    /** What tells one defect from another: product, vendor and kind. */
    static String defectKey(QualityReport report, Reported reported) {
        var product = report.products().isEmpty() ? 0 : report.products().get(0).id();
        var vendor = report.vendor() == null ? 0 : report.vendor().id();
        return product + "/" + vendor + "/" + reported.defect();
    }

    private Facts facts(String caseId, QualityReport report, Reported reported) {
        var values = new LinkedHashMap<String, Fact>();
        var allowed = allowed(report, reported);
        values.put("company", text(report.company().name()));
        if (report.warehouse() != null) {
            values.put("warehouse", text(report.warehouse().name()));
        }
        values.put("companyAllowed", flag(allowed));
        values.put("defect", text(reported.defect()));
        values.put("severity", text(reported.severity()));
        var now = keptNow(caseId, report);
        stock(report, reported, allowed, now, values);
        var key = defectKey(report, reported);
        values.put("repeats", count(max(report.repeats(), recurrences.count(caseId, key))));
        values.put("vendorKnown", flag(report.vendor() != null));
        values.put("supplierLevel", count(report.supplierLevel()));
        values.put("disposition", text(disposition(caseId)));
        var document = report.document();
        var party = report.vendor() == null
                ? document
                : new DocumentRef("res.partner", report.vendor().id());
        var material = Map.<String, Object>of("quarantined", round(report.quarantined()));
        return new Facts(
                values, report.currency(), party, barred(caseId, report), material, brief(report, reported, now));
    }

    /** What is kept apart, without what was disposed of before the document was reported again. */
    private double keptNow(String caseId, QualityReport report) {
        return max(0, report.quarantined() - progress.disposedEarlier(caseId));
    }

    private static double valueOf(QualityReport report, double quantity) {
        return report.quarantined() > 0 ? report.value() * quantity / report.quarantined() : 0;
    }

    private void stock(QualityReport report, Reported reported, boolean allowed, double now, Map<String, Fact> values) {
        var all = reported.quantity() <= 0;
        var isProduct = report.document().model().equals("product.product");
        var wanted =
                all ? report.received() : isProduct ? reported.quantity() : min(reported.quantity(), report.received());
        var affected = all ? report.received() : reported.quantity();
        values.put("reportedQuantity", quantity(affected));
        values.put("receivedQuantity", quantity(report.received()));
        values.put(
                "affectedPercent", percent(report.received() > 0 ? min(100, affected / report.received() * 100) : 0));
        values.put("unexplainedQuantity", quantity(max(0, reported.quantity() - report.received())));
        values.put("quarantinedQuantity", quantity(now));
        // Where quarantine has not been tried for lack of authority nothing is missing yet.
        values.put("missingQuantity", quantity(allowed ? max(0, wanted - report.quarantined()) : 0));
        values.put("shippedQuantity", quantity(max(0, report.shipped())));
        values.put("shipped", flag(report.shipped() > 0));
        values.put("stockValue", money(valueOf(report, now)));
    }

    private boolean allowed(QualityReport report, Reported reported) {
        var company = report.company();
        var ours = DocumentReader.covers(settings.companies(), company);
        var named = reported.company();
        return ours && (named == null || named.equals(company.name()) || named.equals(String.valueOf(company.id())));
    }

    private String disposition(String caseId) {
        return progress.inspection(caseId)
                .map(inspected -> String.valueOf(inspected.content().get("answer")))
                .orElse(QualityEscalationProcess.NONE);
    }

    /** Who reported the defect and who inspected the stock; another person approves. */
    private List<Barred> barred(String caseId, QualityReport report) {
        var barred = new ArrayList<>(new Involved()
                .with(report.requester(), "reported the defect of " + report.name())
                .barred(users));
        progress.inspection(caseId)
                .map(FollowUps.Done::person)
                .ifPresent(person ->
                        barred.add(new Barred(person, null, "inspected " + report.name() + " and proposed this")));
        return barred;
    }

    private Brief brief(QualityReport report, Reported reported, double now) {
        return new Brief(
                report.name(),
                odoo.webUrl(report.document()).orElse(""),
                "Vendor",
                report.vendor() == null ? "not known" : report.vendor().name(),
                money(valueOf(report, now), report.currency()),
                valueOf(report, now),
                report.requester() == null ? "by event" : report.requester().name(),
                List.of(line(report, reported, now)));
    }

    private static Map<String, String> line(QualityReport report, Reported reported, double now) {
        var line = new LinkedHashMap<String, String>();
        line.put("Product", names(report.products()));
        line.put("Lot", report.lots().isEmpty() ? "–" : names(report.lots()));
        line.put("Defect", reported.defect() + ", " + reported.severity());
        line.put("Reported", reported.quantity() <= 0 ? "all" : number(reported.quantity()) + " " + report.unit());
        line.put("In quarantine", number(now) + " " + report.unit());
        line.put("Shipped", number(max(0, report.shipped())) + " " + report.unit());
        line.put("Seen", reported.description());
        return line;
    }

    private static String names(List<Reference> references) {
        return references.stream().map(Reference::name).collect(Collectors.joining(", "));
    }
}
