package dev.selfheal.analysis.trend.series;

import dev.selfheal.event.TrendState;

/**
 * What a detector makes of one row.
 *
 * @param score 0..1; an alarm begins at {@link dev.selfheal.analysis.trend.TrendScore#ALARM}
 */
public record Judgement(double score, TrendState state) {}
