package dev.selfheal.analysis.kpi;

import dev.selfheal.metrics.Meters;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** The figures over all services as gauges, over the last day of event time. */
public final class KpiMeters {

    private static final int HOURS = 24;
    private static final double MS_PER_SECOND = 1_000;
    private static final double MICROS = 1_000_000;

    private static final Map<String, Figure> CASES = Map.of(
            "opened", Figure.OPENED,
            "succeeded", Figure.SUCCEEDED,
            "failed", Figure.FAILED,
            "healed", Figure.HEALED,
            "abstained", Figure.ABSTAINED,
            "suppressed", Figure.SUPPRESSED,
            "rejected_after_approval", Figure.REJECTED_AFTER_APPROVAL);

    private KpiMeters() {}

    /**
     * @param overall read at each scrape; empty where this instance does not keep them
     */
    public static void bind(Supplier<Optional<Kpis>> overall, MeterRegistry meters) {
        Meters.HEALING_SUCCESS.gauge(
                meters, value(overall, day -> day.successRate().orElse(Double.NaN)));
        CASES.forEach((name, figure) ->
                Meters.HEALING_CASES.gauge(meters, value(overall, day -> (double) day.sum(figure)), name));
        Meters.HEALING_TIME_TO_APPROVED.gauge(
                meters, value(overall, day -> seconds(day, Figure.MS_TO_APPROVED, Figure.TIMED_APPROVED)));
        Meters.HEALING_TIME_TO_HEALED.gauge(
                meters, value(overall, day -> seconds(day, Figure.MS_TO_HEALED, Figure.TIMED_HEALED)));
        Meters.HEALING_COST.gauge(meters, value(overall, day -> day.sum(Figure.COST_MICRO_USD) / MICROS));
    }

    private static Supplier<Number> value(Supplier<Optional<Kpis>> overall, Function<Tally, Double> figure) {
        return () -> overall.get().map(kpis -> kpis.last(HOURS)).map(figure).orElse(Double.NaN);
    }

    private static double seconds(Tally day, Figure sum, Figure number) {
        return day.mean(sum, number).orElse(Double.NaN) / MS_PER_SECOND;
    }
}
