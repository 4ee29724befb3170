package io.holdpoint.engine.access;

import static org.camunda.bpm.engine.authorization.Authorization.ANY;
import static org.camunda.bpm.engine.authorization.Authorization.AUTH_TYPE_GRANT;
import static org.camunda.bpm.engine.authorization.Permissions.ACCESS;
import static org.camunda.bpm.engine.authorization.Permissions.ALL;
import static org.camunda.bpm.engine.authorization.Permissions.CREATE;
import static org.camunda.bpm.engine.authorization.Permissions.READ;
import static org.camunda.bpm.engine.authorization.Permissions.READ_HISTORY;

import io.holdpoint.engine.StartGuard;
import java.util.List;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.authorization.SystemPermissions;
import org.camunda.bpm.engine.authorization.UserOperationLogCategoryPermissions;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/**
 * Makes the roles and their rights whole at each start, before the web server and the job executor start.
 *
 * <p>Rights are given to roles, never to persons; to give a person less, take them out of the role. Rights on a single
 * task come from its candidate groups.
 */
@Component
class AccessSetup implements SmartInitializingSingleton {

    /** The group of Odoo's technical user: starts workflows, and nothing else. */
    static final String ODOO = "odooTechnical";

    private static final Permission[] READ_EVERYTHING_OF_A_PROCESS = {
        ProcessDefinitionPermissions.READ,
        ProcessDefinitionPermissions.READ_INSTANCE,
        ProcessDefinitionPermissions.READ_INSTANCE_VARIABLE,
        ProcessDefinitionPermissions.READ_TASK,
        ProcessDefinitionPermissions.READ_TASK_VARIABLE,
        ProcessDefinitionPermissions.READ_HISTORY,
        ProcessDefinitionPermissions.READ_HISTORY_VARIABLE
    };

    private final IdentityService identities;
    private final AuthorizationService authorizations;
    private final FirstUsers firstUsers;
    private final List<StartGuard> startGuards;

    AccessSetup(
            IdentityService identities,
            AuthorizationService authorizations,
            FirstUsers firstUsers,
            List<StartGuard> startGuards) {
        this.identities = identities;
        this.authorizations = authorizations;
        this.firstUsers = firstUsers;
        this.startGuards = startGuards;
    }

    @Override
    public void afterSingletonsInstantiated() {
        RoleGroup.all().forEach(this::group);
        for (var resource : Resources.values()) {
            grant(Role.ADMINISTRATORS, resource, ANY, ALL);
        }
        for (var role : Role.values()) {
            if (role.decides()) {
                letDecide(role);
            }
        }
        letOperate();
        letOwnPolicy();
        letAudit();
        letStart(ODOO);
        firstUsers.create();
    }

    private void letDecide(Role role) {
        applications(role, "tasklist");
        // READ for the diagram and the form, READ_HISTORY for comments and the history tab. Neither shows numbers:
        // those are variables, and variables are read by the right on the single task.
        grant(
                role.id(),
                Resources.PROCESS_DEFINITION,
                ANY,
                ProcessDefinitionPermissions.READ,
                ProcessDefinitionPermissions.READ_HISTORY);
        // The engine asks for both, and without the first the second opens nothing.
        startGuards.forEach(guard -> grant(
                role.id(),
                Resources.PROCESS_DEFINITION,
                guard.process(),
                ProcessDefinitionPermissions.CREATE_INSTANCE));
        grant(role.id(), Resources.PROCESS_INSTANCE, ANY, CREATE);
    }

    private void letOperate() {
        var operations = Role.OPERATIONS;
        applications(operations, "cockpit");
        readEverything(operations);
        grant(
                operations.id(),
                Resources.PROCESS_DEFINITION,
                ANY,
                ProcessDefinitionPermissions.RETRY_JOB,
                ProcessDefinitionPermissions.SUSPEND,
                ProcessDefinitionPermissions.SUSPEND_INSTANCE);
        grant(operations.id(), Resources.SYSTEM, ANY, SystemPermissions.READ);
    }

    private void letOwnPolicy() {
        var owner = Role.POLICY_OWNER;
        applications(owner, "cockpit");
        grant(owner.id(), Resources.DEPLOYMENT, ANY, CREATE, READ);
        grant(owner.id(), Resources.PROCESS_DEFINITION, ANY, READ);
        // What a table answered in real cases is what its owner learns from.
        grant(owner.id(), Resources.DECISION_DEFINITION, ANY, READ, READ_HISTORY);
        grant(owner.id(), Resources.DECISION_REQUIREMENTS_DEFINITION, ANY, READ);
    }

    private void letAudit() {
        var auditor = Role.AUDITOR;
        applications(auditor, "cockpit", "admin");
        readEverything(auditor);
        // Who could decide is part of the evidence.
        grant(auditor.id(), Resources.USER, ANY, READ);
        grant(auditor.id(), Resources.GROUP, ANY, READ);
        grant(auditor.id(), Resources.AUTHORIZATION, ANY, READ);
        grant(auditor.id(), Resources.OPERATION_LOG_CATEGORY, ANY, UserOperationLogCategoryPermissions.READ);
    }

    private void readEverything(Role role) {
        grant(role.id(), Resources.PROCESS_DEFINITION, ANY, READ_EVERYTHING_OF_A_PROCESS);
        grant(role.id(), Resources.DECISION_DEFINITION, ANY, READ, READ_HISTORY);
        grant(role.id(), Resources.DECISION_REQUIREMENTS_DEFINITION, ANY, READ);
        grant(role.id(), Resources.DEPLOYMENT, ANY, READ);
        grant(role.id(), Resources.BATCH, ANY, READ);
    }

    private void letStart(String group) {
        // Any workflow: which models there are is the policy owner's affair, and starting one only asks for a check.
        grant(
                group,
                Resources.PROCESS_DEFINITION,
                ANY,
                ProcessDefinitionPermissions.READ,
                ProcessDefinitionPermissions.CREATE_INSTANCE);
        grant(group, Resources.PROCESS_INSTANCE, ANY, CREATE);
    }

    private void applications(Role role, String... names) {
        for (var name : names) {
            grant(role.id(), Resources.APPLICATION, name, ACCESS);
        }
    }

    private void group(RoleGroup wanted) {
        if (!identities.isReadOnly()
                && identities.createGroupQuery().groupId(wanted.id()).count() == 0) {
            var group = identities.newGroup(wanted.id());
            group.setName(wanted.label());
            group.setType(wanted.type());
            identities.saveGroup(group);
        }
        // The engine gives this to groups that it makes. Without it the lists of tasks of its members are empty.
        grant(wanted.id(), Resources.GROUP, wanted.id(), READ);
    }

    /** Adds what is missing; what an administrator granted besides stays. */
    private void grant(String group, Resource resource, String resourceId, Permission... permissions) {
        var grant = authorizations
                .createAuthorizationQuery()
                .authorizationType(AUTH_TYPE_GRANT)
                .groupIdIn(group)
                .resourceType(resource)
                .resourceId(resourceId)
                .singleResult();
        if (grant == null) {
            grant = authorizations.createNewAuthorization(AUTH_TYPE_GRANT);
            grant.setGroupId(group);
            grant.setResource(resource);
            grant.setResourceId(resourceId);
        }
        var complete = true;
        for (var permission : permissions) {
            complete &= grant.isPermissionGranted(permission);
            grant.addPermission(permission);
        }
        if (!complete) {
            authorizations.saveAuthorization(grant);
        }
    }
}
