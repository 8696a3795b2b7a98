package dev.selfheal.analysis.breaker;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** {@link Report} as {@code outcome|requested at in ms|partition}, for the repartition topic between cases and breakers. */
public final class ReportSerde implements Serde<Report> {

    private static final int PARTS = 3;

    @Override
    public Serializer<Report> serializer() {
        return (topic, report) -> report == null ? null : write(report).getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public Deserializer<Report> deserializer() {
        return (topic, bytes) -> bytes == null ? null : read(new String(bytes, StandardCharsets.US_ASCII));
    }

    private static String write(Report report) {
        return report.outcome() + "|" + report.requestedAt().toEpochMilli() + "|" + report.partition();
    }

    private static Report read(String text) {
        String[] parts = text.split("\\|", -1);
        if (parts.length != PARTS) {
            throw new SerializationException("'" + text + "' is no report to a breaker");
        }
        try {
            return new Report(
                    Outcome.valueOf(parts[0]),
                    Instant.ofEpochMilli(Long.parseLong(parts[1])),
                    Integer.parseInt(parts[2]));
        } catch (IllegalArgumentException e) {
            throw new SerializationException("'" + text + "' is no report to a breaker", e);
        }
    }
}
