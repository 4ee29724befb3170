package io.holdpoint;

import java.util.Set;

/**
 * What models and forms may refer to because it exists outside of them.
 *
 * @param delegates names of the beans that the engine can call
 * @param variables names of the process variables that code sets or reads
 * @param groups ids of the groups that may be given a user task
 * @param decisions ids of the decision tables
 * @param forms ids of the forms
 * @param processes keys of the processes
 * @param names other names that code knows: messages, error codes, element ids
 */
record Vocabulary(
        Set<String> delegates,
        Set<String> variables,
        Set<String> groups,
        Set<String> decisions,
        Set<String> forms,
        Set<String> processes,
        Set<String> names) {}
