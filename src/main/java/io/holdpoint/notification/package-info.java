/** Who hears of what: mails to people, webhooks to other systems; never in the path of a decision. */
@NullMarked
package io.holdpoint.notification;

import org.jspecify.annotations.NullMarked;
