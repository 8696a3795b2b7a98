package dev.selfheal.analysis.trend.series;

import dev.selfheal.analysis.trend.TrendScore;
import dev.selfheal.event.TrendState;
import java.util.OptionalDouble;

/**
 * Real values of any sign, unit and sampling interval. A row is as odd as the oddest of two views, the values themselves and
 * the values without their daily or weekly course, each judged against its own past, so that one threshold fits all series.
 * Rises and drops count alike.
 */
public final class RealSeries implements SeriesDetector {

    /** Beyond this a value is cut: squares must stay finite. */
    private static final double LARGEST = 1e100;

    /** A tail learned from few rows is believed less: half after so many, nine tenths after nine times as many. */
    private static final double YOUTH = 150;

    /** Usual spreads the short mean must be away from the long-run level to be called rising or falling. */
    private static final double DISPLACED = 1;

    private final RealSettings settings;
    private final Seasons seasons = new Seasons();
    private final Channel plain;
    private final Channel seasonal;
    private final StuckRun stuck = new StuckRun();
    private final Refractory refractory;
    private int rows;
    private int seasonalRows;
    private int missing;
    private int alarmRows;

    public RealSeries(RealSettings settings) {
        this.settings = settings;
        plain = new Channel(settings.memoryRows());
        seasonal = new Channel(settings.memoryRows());
        refractory = new Refractory(settings.refractoryRows());
    }

    @Override
    public Judgement observe(long at, double value) {
        if (!Double.isFinite(value)) {
            missing = Math.min(missing + 1, settings.quietRows());
            return new Judgement(0, state());
        }
        missing = 0;
        double nats = nats(at, Math.max(-LARGEST, Math.min(LARGEST, value)));
        if (rows <= settings.learningRows()) {
            return new Judgement(0, TrendState.NEW);
        }
        double believed = stuck.isTold() ? 0 : nats * rows / (rows + YOUTH);
        double score = TrendScore.of(refractory.damp(believed), settings.alarmThreshold());
        alarmRows = alarmRows(score, nats);
        return new Judgement(score, state());
    }

    private double nats(long at, double value) {
        rows = Math.min(rows + 1, Integer.MAX_VALUE - 1);
        double nats = Math.max(plain.observe(value), stuck.observe(value));
        OptionalDouble residual = seasons.residual(at, value);
        if (residual.isPresent()) {
            double seasonalNats = seasonal.observe(residual.getAsDouble());
            seasonalRows = Math.min(seasonalRows + 1, settings.learningRows() + 1);
            nats = seasonalRows > settings.learningRows() ? Math.max(nats, seasonalNats) : nats;
        }
        return nats;
    }

    /** An alarm begins with the score; it lasts while the rows stay half as odd, and not longer than it takes to relearn. */
    private int alarmRows(double score, double nats) {
        if (score >= TrendScore.ALARM) {
            stuck.tell();
            return 1;
        }
        boolean lasts = alarmRows > 0 && alarmRows < settings.refractoryRows();
        return lasts && nats >= settings.alarmThreshold() / 2 ? alarmRows + 1 : 0;
    }

    private TrendState state() {
        if (missing >= settings.quietRows()) {
            return TrendState.QUIET;
        }
        if (rows <= settings.learningRows()) {
            return TrendState.NEW;
        }
        if (alarmRows > 0) {
            return TrendState.SPIKING;
        }
        double displacement = plain.displacement();
        if (displacement > DISPLACED) {
            return TrendState.RISING;
        }
        return displacement < -DISPLACED ? TrendState.FALLING : TrendState.STEADY;
    }
}
