/** Breakers on the healer itself: it stops where healing does not work, probes at a pace, and waits longer each time. */
package dev.selfheal.analysis.breaker;
