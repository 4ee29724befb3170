package io.holdpoint.notification;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that people or other systems may hear of.
 *
 * @param occasion the task or the line of evidence that it comes from, by which it is known
 * @param caseId empty where it belongs to none; so is then the document
 * @param taskId the task that somebody is to do; null where there is none
 * @param role who was or is asked; null where nobody is
 * @param content what else is told of it: codes and answers, no names of customers
 */
record Happening(
        String occasion,
        What what,
        String caseId,
        String document,
        @Nullable String taskId,
        @Nullable String holdId,
        @Nullable String role,
        Map<String, Object> content,
        Instant at) {

    /** What it is. The table of policy knows them by these names in small letters. */
    enum What {
        /** somebody has something to decide or to do */
        ASKED,
        /** so, and it is what was returned for correction */
        RETURNED,
        /** so, because somebody else did not answer in time */
        ESCALATED,
        /** somebody who is away was asked, and whoever stands in is from now on */
        HANDED,
        /** it still waits */
        REMINDED,
        /** the next authority was asked, because this one did not answer in time */
        MISSED,
        /** nobody answered in time, and nothing was released */
        EXPIRED,
        /** a hold was released, rejected or returned */
        ANSWERED,
        /** something passed a hold point, or a rule of policy was broken */
        BREACHED,
        /** something stops working soon unless operations does something; it belongs to no case */
        WARNED,
        /** a case ended */
        CLOSED;

        String inTables() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
