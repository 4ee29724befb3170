package io.holdpoint.engine;

import java.util.concurrent.Callable;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.context.ProcessEngineContext;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What a step of a model does apart from itself: in a transaction that stands or falls alone, and in the name of a
 * person, judged by everything that judges this person.
 */
@Component
public class Apart {

    private final IdentityService identity;
    private final TransactionTemplate own;

    Apart(@Lazy IdentityService identity, PlatformTransactionManager transactions) {
        this.identity = identity;
        this.own = new TransactionTemplate(transactions);
        this.own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /** Does something that stays whatever becomes of the surrounding transaction, and is undone without it. */
    public void inOwnTransaction(Runnable step) {
        own.executeWithoutResult(status -> step.run());
    }

    /**
     * Gives the engine one command as if this person had called from outside, with the rights of the groups that they
     * have now. It joins the current transaction and nothing that the calling step has begun in the engine.
     */
    public void as(String person, Runnable command) {
        var before = identity.getCurrentAuthentication();
        var groups = identity.createGroupQuery().groupMember(person).list().stream()
                .map(Group::getId)
                .toList();
        identity.setAuthentication(person, groups);
        try {
            inNewContext(() -> {
                command.run();
                return null;
            });
        } finally {
            restore(before);
        }
    }

    private void restore(@Nullable Authentication before) {
        if (before == null) {
            identity.clearAuthentication();
        } else {
            identity.setAuthentication(before.getUserId(), before.getGroupIds(), before.getTenantIds());
        }
    }

    private static void inNewContext(Callable<@Nullable Void> command) {
        try {
            ProcessEngineContext.withNewProcessEngineContext(command);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
