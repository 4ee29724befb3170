package io.holdpoint.followup;

import java.util.Map;
import java.util.Set;

/**
 * A kind of work that a workflow gives to people: what they are shown, and what they have to enter. A workflow provides
 * one bean for each. Who is asked and until when is in the table {@code <workflow>.follow-up}, the form is
 * {@code <workflow>.<step in kebab case>}.
 */
public interface FollowUpStep {

    /** In {@link #notBy}: those who released a hold of the case. */
    String RELEASE = "release";

    /** In {@link #notBy}: those whose own document it is, as with the release of a hold. */
    String REQUEST = "request";

    /**
     * In {@link #show}: what the work is about, in a sentence. It is kept with the assignment, so that a case can tell
     * whether what was done is about the present situation ({@link FollowUps.Done#situation}).
     */
    String SITUATION = "situationText";

    String workflow();

    /** In camelCase, for example inspectGoods. */
    String step();

    /** What a person would call the task, for example "Inspect return RMA-17 – Elbe Metall". */
    String title(FollowUp followUp);

    /** Variables that the form shows, by name. */
    Map<String, Object> show(FollowUp followUp);

    /**
     * Judges what a person entered.
     *
     * @return what is kept as evidence; its entry {@code answer}, if there is one, is what the model branches on
     * @throws io.holdpoint.hold.NotAccepted naming the field and the remedy
     */
    Map<String, Object> accept(FollowUp followUp, Given given);

    /** Steps of the same case whose people may not do this one too; or {@link #RELEASE}, {@link #REQUEST}. */
    default Set<String> notBy() {
        return Set.of();
    }
}
