package dev.selfheal.analysis.breaker;

import java.time.Instant;

/** One outcome of one case, before it is told to each of the breakers. */
public record Told(Subject subject, Outcome outcome, Instant requestedAt) {}
