/** When people work: calendars of companies and warehouses, and moments counted in working time. */
@NullMarked
package io.holdpoint.engine.calendar;

import org.jspecify.annotations.NullMarked;
