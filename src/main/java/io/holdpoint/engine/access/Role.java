package io.holdpoint.engine.access;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The roles of people. Each is a group of the engine and, where it decides, a candidate group of user tasks.
 *
 * <p>Ids are in camelCase: the engine refuses hyphens in group ids.
 */
public enum Role {
    SALES("sales", "Sales", true),
    SALES_MANAGER("salesManager", "Sales manager", true),
    CREDIT_CONTROL("creditControl", "Credit control", true),
    CREDIT_MANAGER("creditManager", "Credit manager", true),
    FINANCE_DIRECTOR("financeDirector", "Finance director", true),
    BUYER("buyer", "Buyer", true),
    PURCHASE_MANAGER("purchaseManager", "Purchase manager", true),
    RETURNS_DESK("returnsDesk", "Returns desk", true),
    WAREHOUSE("warehouse", "Warehouse", true),
    QUALITY("quality", "Quality", true),
    QUALITY_MANAGER("qualityManager", "Quality manager", true),
    /** Keeps the machinery running; gets recovery tasks and holds on which no policy speaks, and decides no others. */
    OPERATIONS("operations", "Operations", true),
    /** Changes tables, forms and models; decides nothing. */
    POLICY_OWNER("policyOwner", "Policy owner", false),
    /** Reads everything and changes nothing. */
    AUDITOR("auditor", "Auditor", false);

    /** The engine's own group of administrators. */
    public static final String ADMINISTRATORS = "camunda-admin";

    private final String id;
    private final String label;
    private final boolean decides;

    Role(String id, String label, boolean decides) {
        this.id = id;
        this.label = label;
        this.decides = decides;
    }

    /** The id of the group, as in DMN outputs and candidate groups. */
    public String id() {
        return id;
    }

    /** What people call it. */
    public String label() {
        return label;
    }

    /** Whether user tasks may be given to this role. */
    public boolean decides() {
        return decides;
    }

    /** Whether people may be put into this group: a role, or the administrators. */
    static boolean isGroup(String id) {
        return id.equals(ADMINISTRATORS) || byId(id).isPresent();
    }

    /** The groups there are, for a message. */
    static String choice() {
        return Arrays.stream(values()).map(Role::id).collect(Collectors.joining(", ", "There are ", "")) + " and "
                + ADMINISTRATORS + ".";
    }

    /** The role with this group id; empty when there is none. */
    public static Optional<Role> byId(String id) {
        return Arrays.stream(values()).filter(role -> role.id.equals(id)).findFirst();
    }
}
