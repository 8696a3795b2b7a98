/**
 * Breakers on the healer itself: it stops where healing does not work, probes at a pace, and waits longer each time. The gate
 * asks them, the budget and the workers' load, and says how much the healer may do.
 */
package dev.selfheal.analysis.breaker;
