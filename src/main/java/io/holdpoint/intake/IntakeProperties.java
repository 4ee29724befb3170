package io.holdpoint.intake;

import io.holdpoint.odoo.Secret;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How events come in.
 *
 * @param webhookSecrets secrets in the path of Odoo's webhooks; two at a time, so that one can be rotated out
 * @param eventSecrets secrets of other senders, as bearer token or HMAC key; two at a time likewise
 * @param automatic whether events are worked off and sweeps run by themselves; tests drive them by hand
 * @param sweepEvery how often it is looked for what webhooks lost
 * @param sweepOverlap how far each sweep looks back behind the last one: Odoo commits later than it stamps
 */
@ConfigurationProperties("holdpoint.intake")
record IntakeProperties(
        @DefaultValue List<Secret> webhookSecrets,
        @DefaultValue List<Secret> eventSecrets,
        @DefaultValue("true") boolean automatic,
        @DefaultValue("PT1M") Duration sweepEvery,
        @DefaultValue("PT5M") Duration sweepOverlap) {

    /** A variable that is set but empty counts as absent. */
    IntakeProperties {
        webhookSecrets =
                webhookSecrets.stream().filter(secret -> !secret.isEmpty()).toList();
        eventSecrets = eventSecrets.stream().filter(secret -> !secret.isEmpty()).toList();
    }
}
