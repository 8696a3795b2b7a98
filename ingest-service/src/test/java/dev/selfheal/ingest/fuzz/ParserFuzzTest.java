package dev.selfheal.ingest.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.ingest.draft.ErrorEventDraft;
import dev.selfheal.ingest.draft.InvalidEventException;
import dev.selfheal.ingest.grouping.InAppPackages;
import dev.selfheal.ingest.publish.EventAssembler;
import dev.selfheal.scrub.ScrubCount;
import dev.selfheal.scrub.Scrubber;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever bytes come in: an event or a refusal, in bounded time and memory. The same inputs in every build;
 * {@code -Dselfheal.fuzz.seed=N -Dselfheal.fuzz.inputs=N} tries others. An input that fails is kept in {@code target/fuzz}.
 */
class ParserFuzzTest {

    private static final long SEED = Long.getLong("selfheal.fuzz.seed", 3);
    private static final int INPUTS = Integer.getInteger("selfheal.fuzz.inputs", 1_500);

    /** An input has 100 KB at most; what is linear takes milliseconds. */
    private static final long MAX_CPU_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final long MAX_ALLOCATED = 4 << 20;
    /** The dearest byte is an empty line, at which each of five languages looks with a few patterns. */
    private static final long MAX_ALLOCATED_EACH_BYTE = 6_000;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final EventAssembler assembler =
            new EventAssembler(InAppPackages.parse(List.of()), new Scrubber(List.of()));

    @ParameterizedTest
    @EnumSource
    void shouldAcceptWhatIsUsuallySent(FuzzTarget target) throws Exception {
        for (byte[] input : target.corpus()) {
            target.read(input).forEach(this::publish);
        }
        assertThat(target.read(target.corpus().get(0))).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource
    @Timeout(value = 30, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldAcceptOrRefuseWhateverIsSent(FuzzTarget target) throws Exception {
        Mutator mutator = new Mutator(SEED, target.corpus());
        int accepted = 0;
        for (int i = 0; i < INPUTS; i++) {
            accepted += tried(target, mutator.next(), i);
        }
        // Neither all nothing but noise, nor all harmless.
        assertThat(accepted).isBetween(1, INPUTS - 1);
    }

    private int tried(FuzzTarget target, byte[] input, int number) throws IOException {
        long thread = Thread.currentThread().getId();
        long allocated = THREADS.getThreadAllocatedBytes(thread);
        long time = THREADS.getThreadCpuTime(thread);
        try {
            int accepted = read(target, input);
            allocated = THREADS.getThreadAllocatedBytes(thread) - allocated;
            time = THREADS.getThreadCpuTime(thread) - time;
            assertThat(time).as("nanoseconds of processor time").isLessThan(MAX_CPU_NANOS);
            assertThat(allocated)
                    .as("bytes allocated for %d", input.length)
                    .isLessThan(MAX_ALLOCATED + MAX_ALLOCATED_EACH_BYTE * input.length);
            return accepted;
        } catch (RuntimeException | AssertionError | StackOverflowError | OutOfMemoryError e) {
            Path folder = Files.createDirectories(Path.of("target", "fuzz"));
            Path kept = Files.write(folder.resolve(target + "-" + SEED + "-" + number), input);
            return fail("input " + number + " of seed " + SEED + ", kept as " + kept, e);
        }
    }

    private int read(FuzzTarget target, byte[] input) {
        try {
            List<ErrorEventDraft> drafts = target.read(input);
            drafts.forEach(this::publish);
            return drafts.isEmpty() ? 0 : 1;
        } catch (InvalidEventException e) {
            assertThat(e.getMessage()).isNotBlank();
            return 0;
        }
    }

    /** As far as the bytes of the topic. */
    private void publish(ErrorEventDraft draft) {
        ErrorEvent event = assembler.assemble(draft, Instant.EPOCH, new ScrubCount());
        try {
            assertThat(event.toByteBuffer().remaining()).isPositive();
        } catch (IOException e) {
            throw new AssertionError("memory does not fail", e);
        }
    }
}
