package dev.selfheal.analysis.breaker;

import java.time.Instant;

/**
 * One breaker is told of one outcome.
 *
 * @param requestedAt when the case sent its first request: an outcome of an older case says nothing about a probe
 * @param partition of the analysis that holds the case
 */
public record Report(Outcome outcome, Instant requestedAt, int partition) {}
