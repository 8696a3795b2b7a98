package dev.selfheal.ingest.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.selfheal.ingest.draft.ErrorEventDraft;
import dev.selfheal.ingest.draft.InvalidEventException;
import dev.selfheal.ingest.grouping.InAppPackages;
import dev.selfheal.ingest.publish.EventAssembler;
import dev.selfheal.scrub.ScrubCount;
import dev.selfheal.scrub.Scrubber;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Small inputs that were made to cost much: each byte costs no more than it may, however the bytes are arranged. */
class AmplificationTest {

    /** What an ordinary trace costs on its way to the topic, a few times over. */
    private static final long MAX_ALLOCATED_EACH_BYTE = 400;

    private static final long MAX_ALLOCATED = 4 << 20;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final EventAssembler assembler =
            new EventAssembler(InAppPackages.parse(List.of()), new Scrubber(List.of()));

    @ParameterizedTest
    @MethodSource("hostile")
    void shouldCostNoMoreThanItsSize(String name, FuzzTarget target, byte[] input) throws Exception {
        publish(target, input); // class loading costs once

        long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
        publish(target, input);
        long allocated = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;

        assertThat(allocated)
                .as("bytes allocated for %d of %s", input.length, name)
                .isLessThan(MAX_ALLOCATED + MAX_ALLOCATED_EACH_BYTE * input.length);
    }

    private void publish(FuzzTarget target, byte[] input) throws InvalidEventException {
        for (ErrorEventDraft draft : target.read(input)) {
            assertThat(assembler
                            .assemble(draft, Instant.EPOCH, new ScrubCount())
                            .getGroup())
                    .isNotEmpty();
        }
    }

    private static Stream<Arguments> hostile() {
        String long1 = "x".repeat(400_000);
        return Stream.of(
                Arguments.of(
                        "frames in common", FuzzTarget.STACK_TRACE, manyCauses().getBytes(UTF_8)),
                Arguments.of("frames in common", FuzzTarget.OTLP_LOGS, logs("cart", "", manyCauses(), 4)),
                Arguments.of("a large resource", FuzzTarget.OTLP_LOGS, logs("cart", long1, "", 1_000)),
                Arguments.of("a long name of a service", FuzzTarget.OTLP_LOGS, logs(long1, "", "", 1_000)),
                Arguments.of(
                        "a blank name of a service", FuzzTarget.OTLP_LOGS, logs(" ".repeat(400_000), "", "", 1_000)));
    }

    /** Each cause says that it shares all frames with the exception it caused. */
    private static String manyCauses() {
        return "a.E: x\n" + "\tat a.B.c(B.java:1)\n".repeat(4_096) + "Caused by: a.E: x\n\t... 4096 more\n".repeat(255);
    }

    private static byte[] logs(String service, String further, String trace, int records) {
        LogRecord record = LogRecord.newBuilder()
                .setTimeUnixNano(1_795_371_703_985_000_000L)
                .addAttributes(attribute("exception.type", "a.E"))
                .addAttributes(attribute("exception.stacktrace", trace))
                .build();
        ScopeLogs.Builder scope = ScopeLogs.newBuilder();
        for (int i = 0; i < records; i++) {
            scope.addLogRecords(record.toBuilder().setTimeUnixNano(record.getTimeUnixNano() + i * 1_000_000L));
        }
        return ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder()
                        .setResource(Resource.newBuilder()
                                .addAttributes(attribute("service.name", service))
                                .addAttributes(attribute("further", further)))
                        .addScopeLogs(scope))
                .build()
                .toByteArray();
    }

    private static KeyValue attribute(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }
}
