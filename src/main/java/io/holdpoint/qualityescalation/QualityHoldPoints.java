package io.holdpoint.qualityescalation;

import io.holdpoint.breach.HoldPoint;
import io.holdpoint.odoo.Deliveries;
import io.holdpoint.odoo.QualityReports;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What the detective run looks at: what is blocked for a defect is not delivered until its case unblocks it, and what
 * is kept apart stays in quarantine until its case decides.
 */
@Configuration(proxyBeanMethods = false)
class QualityHoldPoints {

    @Bean
    HoldPoint blockedDelivery(Deliveries deliveries) {
        return new HoldPoint(
                QualityEscalationProcess.KEY, deliveries.blockedPassages(), "delivered while it was blocked");
    }

    @Bean
    HoldPoint keptApart(QualityReports reports) {
        return new HoldPoint(QualityEscalationProcess.KEY, reports.quarantinePassages(), "taken out of quarantine");
    }
}
