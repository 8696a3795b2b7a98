package dev.selfheal.ingest.otlp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.selfheal.ingest.draft.InvalidEventException;
import dev.selfheal.ingest.draft.Limits;
import dev.selfheal.ingest.json.Fields;
import dev.selfheal.ingest.json.JsonTree;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** OTLP in JSON, by protobuf's mapping: ids in hex, 64-bit numbers as text. Thread-safe. */
final class JsonDecoder implements OtlpDecoder {

    private static final List<String> SCALARS = List.of("stringValue", "boolValue", "intValue", "doubleValue");

    private final JsonTree trees;

    JsonDecoder(Limits limits) {
        this.trees = new JsonTree(limits);
    }

    @Override
    public void decode(Signal signal, byte[] body, OtlpBatch batch) throws InvalidEventException {
        Fields request = new Fields(trees.read(body, 0, body.length), "");
        for (Fields resource : request.objects(signal.resources())) {
            Optional<Fields> described = resource.object("resource");
            Sender sender = Sender.of(described.isPresent() ? attributes(described.get()) : Map.of());
            for (Fields scope : resource.objects(signal.scopes())) {
                for (Fields record : scope.objects(signal.records())) {
                    read(signal, record, sender, batch);
                }
            }
        }
    }

    private static void read(Signal signal, Fields record, Sender sender, OtlpBatch batch)
            throws InvalidEventException {
        String traceId = text(record, "traceId").toLowerCase(Locale.ROOT);
        if (signal == Signal.LOGS) {
            add(record, sender, traceId, severity(record), batch);
            return;
        }
        for (Fields event : events(record, batch)) {
            add(event, sender, traceId, 0, batch);
        }
    }

    private static List<Fields> events(Fields span, OtlpBatch batch) throws InvalidEventException {
        try {
            return span.objects("events");
        } catch (InvalidEventException e) {
            batch.malformed(e);
            return List.of();
        }
    }

    private static void add(Fields record, Sender sender, String traceId, int severity, OtlpBatch batch)
            throws InvalidEventException {
        Map<String, String> attributes;
        try {
            attributes = attributes(record);
        } catch (InvalidEventException e) {
            batch.malformed(e);
            return;
        }
        batch.add(new TelemetryRecord(sender, attributes, traceId, time(record), severity));
    }

    private static Optional<Instant> time(Fields record) {
        long nanos = number(record, "timeUnixNano");
        return EpochNanos.toInstant(nanos == 0 ? number(record, "observedTimeUnixNano") : nanos);
    }

    private static int severity(Fields record) {
        return record.any("severityNumber").map(JsonNode::asInt).orElse(0);
    }

    private static String text(Fields fields, String name) {
        return fields.any(name).map(JsonNode::asText).orElse("");
    }

    /** 0 when it is missing or no number: a record's time is not worth losing it. */
    private static long number(Fields fields, String name) {
        String digits = text(fields, name);
        boolean fits =
                !digits.isEmpty() && digits.length() <= 19 && digits.chars().allMatch(Character::isDigit);
        return fits ? Long.parseUnsignedLong(digits) : 0;
    }

    private static Map<String, String> attributes(Fields fields) throws InvalidEventException {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (Fields attribute : fields.objects("attributes")) {
            String key = text(attribute, "key");
            Optional<Fields> value = attribute.object("value");
            if (value.isPresent()) {
                SCALARS.stream()
                        .flatMap(name -> value.get().any(name).stream())
                        .filter(JsonNode::isValueNode)
                        .findFirst()
                        .ifPresent(scalar -> attributes.put(key, scalar.asText()));
            }
        }
        return attributes;
    }
}
