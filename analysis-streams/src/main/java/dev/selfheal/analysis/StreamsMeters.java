package dev.selfheal.analysis;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.streams.KafkaStreams;

/** The few of Kafka Streams' hundreds of metrics that an operator looks at, summed over the threads and tasks. */
final class StreamsMeters {

    /** Kafka's metric name to ours. */
    private static final Map<String, String> GAUGES = Map.of(
            "process-rate", "selfheal.analysis.records.per.second",
            "dropped-records-total", "selfheal.analysis.records.dropped",
            "ignored-records-total", "selfheal.analysis.records.ignored",
            "failed-stream-threads", "selfheal.analysis.threads.failed",
            "alive-stream-threads", "selfheal.analysis.threads.alive");

    private StreamsMeters() {}

    static void bind(KafkaStreams streams, MeterRegistry meters) {
        GAUGES.forEach((kafka, ours) -> Gauge.builder(ours, streams, source -> sum(source, kafka))
                .description("Kafka Streams " + kafka)
                .register(meters));
        Gauge.builder(
                        "selfheal.analysis.running",
                        streams,
                        source -> source.state() == KafkaStreams.State.RUNNING ? 1 : 0)
                .description("1 while every thread has its partitions")
                .register(meters);
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
