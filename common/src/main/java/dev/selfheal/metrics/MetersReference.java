package dev.selfheal.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.prometheusmetrics.PrometheusNamingConvention;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;

/** Renders {@link Meters} as Markdown: docs/metrics.md is generated from it and cannot drift. */
public final class MetersReference {

    private static final PrometheusNamingConvention PROMETHEUS = new PrometheusNamingConvention();

    private MetersReference() {}

    public static String markdown() {
        return "# Metrics\n\n"
                + "Every service answers `GET /metrics` in Prometheus' text format. Besides these it shows Micrometer's\n"
                + "meters of the JVM (`jvm_*`, `process_*`, `system_*`). Generated from `dev.selfheal.metrics.Meters`.\n\n"
                + "| Prometheus name | kind | unit | labels | what it tells |\n"
                + "|---|---|---|---|---|\n"
                + Arrays.stream(Meters.values())
                        .sorted(Comparator.comparing(Meters::meterName))
                        .map(MetersReference::row)
                        .collect(Collectors.joining());
    }

    private static String row(Meters meter) {
        Meter.Type type = Meter.Type.valueOf(meter.kind().toUpperCase(Locale.ROOT));
        String unit = type == Meter.Type.TIMER ? null : meter.unit();
        String labels = meter.tagKeys().stream().map(key -> "`" + key + "`").collect(Collectors.joining(", "));
        // The exposition format adds this ending, not the naming convention.
        String ending = type == Meter.Type.COUNTER ? "_total" : "";
        return "| `" + PROMETHEUS.name(meter.meterName(), type, unit) + ending + "` | " + meter.kind() + " | "
                + meter.unit() + " | " + labels + " | " + meter.doc() + " |\n";
    }
}
