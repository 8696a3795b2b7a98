/** The check pipeline: one class per check, cheap ones first, stopping at the first that refutes. */
package dev.selfheal.validation.check;
