package dev.selfheal.ingest.otlp;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import com.google.protobuf.WireFormat;
import dev.selfheal.ingest.draft.InvalidEventException;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * OTLP in protobuf. Walks the outer messages on the wire and builds objects for one record at a time: most telemetry tells
 * of no exception, and a request made of empty messages would otherwise multiply in memory. Thread-safe.
 */
final class ProtobufDecoder implements OtlpDecoder {

    private final int maxRecordBytes;

    /**
     * @param maxRecordBytes largest log record, span event or resource that is read
     */
    ProtobufDecoder(int maxRecordBytes) {
        this.maxRecordBytes = maxRecordBytes;
    }

    @Override
    public void decode(Signal signal, byte[] body, OtlpBatch batch) throws InvalidEventException {
        try {
            // The field for the resources has the same number in both requests, 1.
            for (ByteString resource : fields(UnsafeByteOperations.unsafeWrap(body), 1)) {
                switch (signal) {
                    case LOGS -> decodeLogs(resource, batch);
                    case TRACES -> decodeSpans(resource, batch);
                }
            }
        } catch (InvalidProtocolBufferException e) {
            throw InvalidEventException.malformed("", "not an OTLP request in protobuf: " + e.getMessage());
        }
    }

    private void decodeLogs(ByteString logs, OtlpBatch batch)
            throws InvalidProtocolBufferException, InvalidEventException {
        Sender sender = sender(logs, ResourceLogs.RESOURCE_FIELD_NUMBER);
        for (ByteString scope : fields(logs, ResourceLogs.SCOPE_LOGS_FIELD_NUMBER)) {
            for (ByteString bytes : fields(scope, ScopeLogs.LOG_RECORDS_FIELD_NUMBER)) {
                read(bytes, batch, () -> {
                    LogRecord log = LogRecord.parseFrom(bytes);
                    long nanos = log.getTimeUnixNano() == 0 ? log.getObservedTimeUnixNano() : log.getTimeUnixNano();
                    return new TelemetryRecord(
                            sender,
                            attributes(log.getAttributesList()),
                            hex(log.getTraceId()),
                            EpochNanos.toInstant(nanos),
                            log.getSeverityNumberValue());
                });
            }
        }
    }

    private void decodeSpans(ByteString spans, OtlpBatch batch)
            throws InvalidProtocolBufferException, InvalidEventException {
        Sender sender = sender(spans, ResourceSpans.RESOURCE_FIELD_NUMBER);
        for (ByteString scope : fields(spans, ResourceSpans.SCOPE_SPANS_FIELD_NUMBER)) {
            for (ByteString span : fields(scope, ScopeSpans.SPANS_FIELD_NUMBER)) {
                String traceId = fields(span, Span.TRACE_ID_FIELD_NUMBER).stream()
                        .findFirst()
                        .map(ProtobufDecoder::hex)
                        .orElse("");
                for (ByteString bytes : fields(span, Span.EVENTS_FIELD_NUMBER)) {
                    read(bytes, batch, () -> {
                        Span.Event event = Span.Event.parseFrom(bytes);
                        Optional<Instant> time = EpochNanos.toInstant(event.getTimeUnixNano());
                        return new TelemetryRecord(sender, attributes(event.getAttributesList()), traceId, time, 0);
                    });
                }
            }
        }
    }

    @FunctionalInterface
    private interface Reading {
        TelemetryRecord read() throws InvalidProtocolBufferException;
    }

    private void read(ByteString bytes, OtlpBatch batch, Reading reading) throws InvalidEventException {
        if (bytes.size() > maxRecordBytes) {
            batch.malformed(InvalidEventException.tooLarge(
                    "", "has " + bytes.size() + " bytes; at most " + maxRecordBytes + " are allowed"));
            return;
        }
        TelemetryRecord record;
        try {
            record = reading.read();
        } catch (InvalidProtocolBufferException e) {
            batch.malformed(InvalidEventException.malformed("", "not valid protobuf: " + e.getMessage()));
            return;
        }
        batch.add(record);
    }

    /** Without the attributes when they are too large: the errors matter more than where they come from. */
    private Sender sender(ByteString message, int field) throws InvalidProtocolBufferException {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (ByteString bytes : fields(message, field)) {
            if (bytes.size() <= maxRecordBytes) {
                attributes.putAll(attributes(Resource.parseFrom(bytes).getAttributesList()));
            }
        }
        return Sender.of(attributes);
    }

    /** The values of one field that holds messages or bytes; they share the memory of the message. */
    private static List<ByteString> fields(ByteString message, int number) throws InvalidProtocolBufferException {
        List<ByteString> values = new ArrayList<>();
        CodedInputStream in = message.newCodedInput();
        in.enableAliasing(true);
        int wanted = number << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
        try {
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                if (tag == wanted) {
                    values.add(in.readBytes());
                } else {
                    in.skipField(tag);
                }
            }
        } catch (InvalidProtocolBufferException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory cannot fail", e);
        }
        return values;
    }

    private static Map<String, String> attributes(List<KeyValue> list) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (KeyValue attribute : list) {
            text(attribute.getValue()).ifPresent(text -> attributes.put(attribute.getKey(), text));
        }
        return attributes;
    }

    private static Optional<String> text(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> Optional.of(value.getStringValue());
            case BOOL_VALUE -> Optional.of(Boolean.toString(value.getBoolValue()));
            case INT_VALUE -> Optional.of(Long.toString(value.getIntValue()));
            case DOUBLE_VALUE -> Optional.of(Double.toString(value.getDoubleValue()));
            default -> Optional.empty();
        };
    }

    private static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }
}
