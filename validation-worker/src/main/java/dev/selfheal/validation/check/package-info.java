/**
 * The check pipeline: one class per check, cheap ones first, stopping at the first that refutes. Checks that need nothing of
 * each other share a {@link dev.selfheal.validation.check.Stage} and run side by side.
 */
package dev.selfheal.validation.check;
