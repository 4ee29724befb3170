package io.holdpoint.qualityescalation;

import io.holdpoint.breach.HoldPoint;
import io.holdpoint.odoo.Deliveries;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the detective run looks at: what is blocked for a defect is not delivered until its case unblocks it. */
@Configuration(proxyBeanMethods = false)
class BlockedDeliveryHoldPoint {

    @Bean
    HoldPoint blockedDelivery(Deliveries deliveries) {
        return new HoldPoint(
                QualityEscalationProcess.KEY, deliveries.blockedPassages(), "delivered while it was blocked");
    }
}
