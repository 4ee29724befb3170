/** Breaks every rule of {@code ArchitectureTest} on purpose. Nothing here runs. */
package wrong;
