package dev.selfheal.analysis.regression;

import dev.selfheal.analysis.trend.MinuteCounts;
import java.time.Instant;

/**
 * What is known of a group besides its case.
 *
 * @param service that threw the newest
 * @param firstSeen when its first error happened
 * @param lastSeen when its newest error happened
 * @param perMinute errors of the last day
 */
public record PastErrors(String service, Instant firstSeen, Instant lastSeen, MinuteCounts perMinute) {}
