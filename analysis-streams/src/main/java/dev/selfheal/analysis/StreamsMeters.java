package dev.selfheal.analysis;

import dev.selfheal.metrics.Meters;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.streams.KafkaStreams;

/** The few of Kafka Streams' hundreds of metrics that an operator looks at, summed over the threads and tasks. */
final class StreamsMeters {

    private static final Map<Meters, String> KAFKAS_NAMES = Map.of(
            Meters.ANALYSIS_RATE, "process-rate",
            Meters.ANALYSIS_DROPPED, "dropped-records-total",
            Meters.ANALYSIS_IGNORED, "ignored-records-total",
            Meters.ANALYSIS_FAILED, "failed-stream-threads",
            Meters.ANALYSIS_ALIVE, "alive-stream-threads");

    private StreamsMeters() {}

    static void bind(KafkaStreams streams, MeterRegistry registry) {
        KAFKAS_NAMES.forEach((meter, kafka) -> meter.gauge(registry, () -> sum(streams, kafka)));
        Meters.ANALYSIS_RUNNING.gauge(registry, () -> streams.state() == KafkaStreams.State.RUNNING ? 1 : 0);
    }

    private static double sum(KafkaStreams streams, String name) {
        double sum = 0;
        for (Metric metric : streams.metrics().values()) {
            if (metric.metricName().name().equals(name) && metric.metricValue() instanceof Number number) {
                double value = number.doubleValue();
                sum += Double.isNaN(value) ? 0 : value;
            }
        }
        return sum;
    }
}
