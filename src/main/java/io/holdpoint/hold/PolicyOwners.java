package io.holdpoint.hold;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.EntityTypes;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.history.UserOperationLogEntry;
import org.camunda.bpm.engine.repository.DecisionDefinition;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Who deployed the tables that were asked about a case: they made the rule and do not also approve by it. */
@Component
class PolicyOwners {

    private final PolicyRecord policy;
    private final Authority authority;
    private final HistoryService history;
    private final RepositoryService repository;

    PolicyOwners(
            PolicyRecord policy,
            Authority authority,
            @Lazy HistoryService history,
            @Lazy RepositoryService repository) {
        this.policy = policy;
        this.authority = authority;
        this.history = history;
        this.repository = repository;
    }

    /** A table that was asked about this hold or its document and that this person deployed, in the version asked. */
    Optional<String> deployed(String person, Hold hold) {
        // The log of operations knows who deployed; of deployments at a start of Holdpoint there is nobody to know.
        var deployments = history
                .createUserOperationLogQuery()
                .userId(person)
                .entityType(EntityTypes.DEPLOYMENT)
                .operationType(UserOperationLogEntry.OPERATION_TYPE_CREATE)
                .list()
                .stream()
                .map(UserOperationLogEntry::getDeploymentId)
                .collect(Collectors.toSet());
        if (deployments.isEmpty()) {
            return Optional.empty();
        }
        return Stream.concat(policy.definitions(hold.caseId()).stream(), authority.definitions(hold))
                .map(id -> repository
                        .createDecisionDefinitionQuery()
                        .decisionDefinitionId(id)
                        .singleResult())
                .filter(table -> table != null && deployments.contains(table.getDeploymentId()))
                .map(DecisionDefinition::getKey)
                .findFirst();
    }
}
