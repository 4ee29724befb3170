/** Several holds of one rule, decided at once by one person: each judged by itself, each with its own result. */
@NullMarked
package io.holdpoint.bulkdecision;

import org.jspecify.annotations.NullMarked;
