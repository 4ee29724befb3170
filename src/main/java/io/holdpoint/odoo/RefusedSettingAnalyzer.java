package io.holdpoint.odoo;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Whoever starts Holdpoint with a setting that cannot be reads about that setting, and not through a stack trace. */
class RefusedSettingAnalyzer extends AbstractFailureAnalyzer<RefusedSetting> {

    @Override
    protected FailureAnalysis analyze(Throwable failure, RefusedSetting refused) {
        return new FailureAnalysis(refused.getMessage(), "Correct this setting and start again.", refused);
    }
}
