package io.holdpoint.attack;

import io.holdpoint.attack.World.Tried;
import java.util.function.Function;

/**
 * One attempt.
 *
 * @param heldBy what holds it back, in words
 * @param says a part of the answer; empty where the engine has words of its own, or nothing is said on purpose
 */
record Attack(String who, String door, String tries, String heldBy, String says, Function<World, Tried> attempt) {

    static final String ODOO = "Odoo";
    static final String WEBHOOK = "webhook";

    /** Odoo takes back all that a refused transaction wrote, so that nothing of it is left to be read. */
    boolean leavesALine() {
        return !door.equals(ODOO);
    }

    /** Machines that guess are told nothing. */
    boolean isAnsweredInWords() {
        return !door.equals(WEBHOOK);
    }

    @Override
    public String toString() {
        return who + " " + tries + " (" + door + ")";
    }
}
