/**
 * The healing case: one state machine per error group, from the decision to try to the end. A pure function of the case,
 * what happened, and the circumstances; the processor around it only reads, stores and forwards.
 */
package dev.selfheal.analysis.healing;
