package dev.selfheal.analysis.trend.series;

/**
 * Judges the rows of one series in the order they come, each by the rows before it alone. Bounded memory, constant time per
 * row. Deterministic. Not thread-safe.
 */
public sealed interface SeriesDetector permits CountSeries, RealSeries {

    /**
     * Judges and takes in the next row.
     *
     * @param at epoch milliseconds; may repeat, go back or jump
     * @param value not finite where it is missing: such a row scores 0 and teaches nothing
     */
    Judgement observe(long at, double value);
}
