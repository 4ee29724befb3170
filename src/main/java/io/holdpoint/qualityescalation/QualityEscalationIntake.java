package io.holdpoint.qualityescalation;

import io.holdpoint.intake.DocumentWorkflow;
import io.holdpoint.intake.DocumentWorkflow.Documents;
import io.holdpoint.intake.DocumentWorkflow.OutsideRequests;
import io.holdpoint.intake.DocumentWorkflow.Standing;
import io.holdpoint.odoo.QualityReports;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What brings defects here: a report in Odoo, or an event from a laboratory or a test system. */
@Configuration(proxyBeanMethods = false)
class QualityEscalationIntake {

    private static final String REQUESTED = "requested";

    @Bean
    DocumentWorkflow qualityEscalation(QualityReports reports) {
        var documents = new LinkedHashMap<String, Documents>();
        for (var model : QualityEscalationProcess.MODELS) {
            documents.put(
                    model,
                    new Documents(
                            document -> reports.change(document).map(QualityEscalationIntake::standing),
                            from -> reports.changedSince(model, from).stream()
                                    .map(QualityEscalationIntake::standing)
                                    .toList()));
        }
        return new DocumentWorkflow(
                QualityEscalationProcess.KEY,
                documents,
                QualityEscalationProcess.DOCUMENT_CHANGED,
                QualityEscalationProcess.REPORTED_AGAIN,
                Map.of(),
                new OutsideRequests(DefectReport::check));
    }

    private static Standing standing(QualityReports.Change change) {
        return new Standing(change.document(), change.writeDate(), REQUESTED.equals(change.state()));
    }
}
