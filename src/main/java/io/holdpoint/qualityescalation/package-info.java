/**
 * Quality escalation: stock with a reported defect is kept apart, decided on by two people and followed up until the
 * correction has proved itself.
 */
@NullMarked
package io.holdpoint.qualityescalation;

import org.jspecify.annotations.NullMarked;
