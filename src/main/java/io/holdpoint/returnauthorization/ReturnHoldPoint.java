package io.holdpoint.returnauthorization;

import io.holdpoint.breach.HoldPoint;
import io.holdpoint.odoo.Deliveries;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the detective run looks at: nothing is taken back without an authorization, which names its own transfer. */
@Configuration(proxyBeanMethods = false)
class ReturnHoldPoint {

    @Bean
    HoldPoint returnReceipt(Deliveries deliveries) {
        return new HoldPoint(
                ReturnAuthorizationProcess.KEY,
                deliveries.returnPassages(),
                "received as a return",
                (passage, answer) -> answer.get("return") instanceof Number made
                        && made.longValue() == passage.document().id());
    }
}
