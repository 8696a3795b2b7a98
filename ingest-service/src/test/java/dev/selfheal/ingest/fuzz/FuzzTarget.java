package dev.selfheal.ingest.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.ingest.draft.ErrorEventDraft;
import dev.selfheal.ingest.draft.InvalidEventException;
import dev.selfheal.ingest.draft.Limits;
import dev.selfheal.ingest.json.JsonEventParser;
import dev.selfheal.ingest.otlp.Encoding;
import dev.selfheal.ingest.otlp.OtlpParser;
import dev.selfheal.ingest.otlp.Signal;
import dev.selfheal.ingest.project.Project;
import dev.selfheal.ingest.sentry.Envelope;
import dev.selfheal.ingest.sentry.EnvelopeItem;
import dev.selfheal.ingest.sentry.EnvelopeParser;
import dev.selfheal.ingest.sentry.SentryEventParser;
import dev.selfheal.ingest.sentry.SentryFixtures;
import dev.selfheal.ingest.stacktrace.StackTraceParser;
import dev.selfheal.ingest.stacktrace.TraceLanguage;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** One way by which strangers' bytes come in: what is usually sent there, and what reads it. */
enum FuzzTarget {
    SENTRY {
        @Override
        List<byte[]> corpus() {
            return Stream.of("java-handled", "java-uncaught", "java-message", "node-handled", "node-session")
                    .map(SentryFixtures::envelope)
                    .toList();
        }

        @Override
        List<ErrorEventDraft> read(byte[] input) throws InvalidEventException {
            Envelope envelope = ENVELOPES.parse(input);
            List<ErrorEventDraft> drafts = new ArrayList<>();
            int refused = 0;
            for (EnvelopeItem item : envelope.items()) {
                try {
                    SENTRY_EVENTS
                            .parse(input, item, Project.OPEN, "cart", envelope.eventId())
                            .ifPresent(drafts::add);
                } catch (InvalidEventException e) {
                    refused++;
                }
            }
            // One malformed item costs no other.
            assertThat(drafts.size() + refused)
                    .isLessThanOrEqualTo(envelope.items().size());
            return drafts;
        }
    },
    JSON {
        @Override
        List<byte[]> corpus() {
            List<byte[]> corpus = new ArrayList<>();
            corpus.add("""
                    {"service": "cart", "release": "1.4.2", "commit": "3b18e512dba79e4c8300dd08aeb37f8e728b8dad",
                     "severity": "high", "occurredAt": "2026-11-22T10:15:30.123Z", "traceId": "4bf92f3577b34da6a3ce929d0e0e4736",
                     "exceptions": [{"type": "java.lang.NullPointerException", "message": "Cannot invoke \\"String.length()\\"",
                       "frames": [{"module": "org.example.cart.Cart", "function": "total", "file": "Cart.java", "line": 42, "inApp": true}]}],
                     "tags": {"region": "eu-1", "retries": 3, "cached": false},
                     "reproduction": {"selector": "org.example.cart.CartTest#emptyCartHasNoTotal", "module": "core"}}
                    """.getBytes(UTF_8));
            for (String trace : traces()) {
                corpus.add(("{\"service\":\"cart\",\"stacktrace\":\""
                                + trace.replace("\\", "\\\\")
                                        .replace("\"", "\\\"")
                                        .replace("\r", "\\r")
                                        .replace("\n", "\\n")
                                        .replace("\t", "\\t")
                                + "\"}")
                        .getBytes(UTF_8));
            }
            return corpus;
        }

        @Override
        List<ErrorEventDraft> read(byte[] input) throws InvalidEventException {
            return List.of(JSON_EVENTS.parse(input, 0, input.length).draft());
        }
    },
    STACK_TRACE {
        @Override
        List<byte[]> corpus() {
            return traces().stream().map(trace -> trace.getBytes(UTF_8)).toList();
        }

        /** By every language's parser: the text does not choose whose mistake it is. */
        @Override
        List<ErrorEventDraft> read(byte[] input) {
            String text = new String(input, UTF_8);
            TraceLanguage.of(text);
            return Stream.of("java", "python", "javascript", "go", "csharp")
                    .map(platform -> StackTraceParser.of(platform).orElseThrow().parse(text))
                    .filter(chain -> !chain.isEmpty())
                    .map(chain -> ErrorEventDraft.of("cart", chain))
                    .toList();
        }
    },
    OTLP_LOGS {
        @Override
        List<byte[]> corpus() {
            return traces().stream().map(FuzzTarget::logs).toList();
        }

        @Override
        List<ErrorEventDraft> read(byte[] input) throws InvalidEventException {
            return OTLP.parse(Signal.LOGS, Encoding.PROTOBUF, input, Project.OPEN)
                    .drafts();
        }
    },
    OTLP_TRACES {
        @Override
        List<byte[]> corpus() {
            return traces().stream().map(FuzzTarget::spans).toList();
        }

        @Override
        List<ErrorEventDraft> read(byte[] input) throws InvalidEventException {
            return OTLP.parse(Signal.TRACES, Encoding.PROTOBUF, input, Project.OPEN)
                    .drafts();
        }
    },
    OTLP_JSON {
        @Override
        List<byte[]> corpus() {
            return List.of("""
                    {"resourceLogs": [{"resource": {"attributes": [{"key": "service.name", "value": {"stringValue": "cart"}}]},
                      "scopeLogs": [{"logRecords": [{"timeUnixNano": "1795371703985000000", "severityNumber": 17,
                        "traceId": "4bf92f3577b34da6a3ce929d0e0e4736", "body": {"arrayValue": {"values": [{"intValue": "7"}]}},
                        "attributes": [{"key": "exception.type", "value": {"stringValue": "java.lang.IllegalStateException"}},
                          {"key": "exception.stacktrace", "value": {"stringValue": "java.lang.IllegalStateException: x\\n\\tat a.B.c(B.java:3)"}},
                          {"key": "retries", "value": {"doubleValue": 3.5}}, {"key": "ok", "value": {"boolValue": true}}]}]}]}]}
                    """.getBytes(UTF_8));
        }

        @Override
        List<ErrorEventDraft> read(byte[] input) throws InvalidEventException {
            return OTLP.parse(Signal.LOGS, Encoding.JSON, input, Project.OPEN).drafts();
        }
    };

    private static final JsonEventParser JSON_EVENTS = new JsonEventParser(Limits.DEFAULT);
    private static final EnvelopeParser ENVELOPES = new EnvelopeParser(Limits.DEFAULT);
    private static final SentryEventParser SENTRY_EVENTS = new SentryEventParser(Limits.DEFAULT);
    private static final OtlpParser OTLP = new OtlpParser(Limits.DEFAULT);

    private static final String JAVA = """
            java.util.concurrent.ExecutionException: java.lang.IllegalStateException: no price for item 17
            \tat app//org.example.App$$Lambda$14/0x0000000800066840.run(Unknown Source)
            \tat java.base/java.lang.Thread.run(Thread.java:840)
            \tSuppressed: java.io.IOException: closed
            \t\tat org.example.Pool.close(Pool.java:9)
            Caused by: java.lang.IllegalStateException: no price for item 17 of jane@example.org, password=hunter2
            \tat org.example.Cart.lambda$total$0(Cart.java:17)
            \t... 1 more
            """;

    /** Inputs that are accepted. */
    abstract List<byte[]> corpus();

    /**
     * What is made of an input.
     *
     * @throws InvalidEventException when it is refused, the only way to do so
     */
    abstract List<ErrorEventDraft> read(byte[] input) throws InvalidEventException;

    private static List<String> traces() {
        List<String> traces = new ArrayList<>(List.of(JAVA));
        try (Stream<Path> files = Files.list(Path.of("src", "test", "resources", "stacktraces"))) {
            for (Path file : files.sorted().toList()) {
                traces.add(Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return traces;
    }

    private static byte[] logs(String trace) {
        LogRecord record = LogRecord.newBuilder()
                .setTimeUnixNano(1_795_371_703_985_000_000L)
                .setSeverityNumberValue(17)
                .addAttributes(attribute("exception.stacktrace", trace))
                .build();
        return ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder()
                        .setResource(resource())
                        .addScopeLogs(ScopeLogs.newBuilder().addLogRecords(record)))
                .build()
                .toByteArray();
    }

    private static byte[] spans(String trace) {
        Span.Event event = Span.Event.newBuilder()
                .setName("exception")
                .addAttributes(attribute("exception.stacktrace", trace))
                .build();
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder()
                        .setResource(resource())
                        .addScopeSpans(ScopeSpans.newBuilder()
                                .addSpans(Span.newBuilder().addEvents(event))))
                .build()
                .toByteArray();
    }

    private static Resource resource() {
        return Resource.newBuilder()
                .addAttributes(attribute("service.name", "cart"))
                .addAttributes(attribute("service.version", "1.4.2"))
                .build();
    }

    private static KeyValue attribute(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }
}
