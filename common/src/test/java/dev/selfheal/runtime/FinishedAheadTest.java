package dev.selfheal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Test;

class FinishedAheadTest {

    private static final long POSITION = 5_000_000_000L;

    @Test
    void shouldReadWhatItWrote() {
        TreeSet<Long> finished = new TreeSet<>(List.of(POSITION + 1, POSITION + 8, POSITION + FinishedAhead.SPAN - 1));
        String metadata = FinishedAhead.write(POSITION, finished);
        assertThat(FinishedAhead.read(POSITION, metadata)).isEqualTo(finished);
    }

    @Test
    void shouldFitWhatABrokerAllows() {
        TreeSet<Long> all = new TreeSet<>(LongStream.range(POSITION, POSITION + FinishedAhead.SPAN)
                .boxed()
                .toList());
        assertThat(FinishedAhead.write(POSITION, all)).hasSizeLessThanOrEqualTo(4_096);
    }

    @Test
    void shouldLeaveOutWhatIsBeforeThePositionOrTooFarAfterIt() {
        TreeSet<Long> finished = new TreeSet<>(List.of(POSITION - 1, POSITION + FinishedAhead.SPAN));
        assertThat(FinishedAhead.write(POSITION, finished)).isEmpty();
    }

    @Test
    void shouldTakeNothingForFinishedWhenTheMetadataAreNotOurs() {
        assertThat(FinishedAhead.read(POSITION, "")).isEmpty();
        assertThat(FinishedAhead.read(POSITION, "somebody's note")).isEmpty();
        assertThat(FinishedAhead.read(POSITION, "ahead1:" + POSITION + ":?")).isEmpty();
    }

    @Test
    void shouldTakeNothingForFinishedWhenThePositionWasTranslatedToAnotherCluster() {
        String metadata = FinishedAhead.write(POSITION, new TreeSet<>(List.of(POSITION + 1)));
        assertThat(FinishedAhead.read(POSITION - 7, metadata)).isEmpty();
    }

    @Test
    void shouldCoverWhatIsBeforeThePositionOrToldAfterIt() {
        OffsetAndMetadata committed = new OffsetAndMetadata(10, FinishedAhead.write(10, new TreeSet<>(List.of(12L))));
        assertThat(FinishedAhead.covers(committed, 9)).isTrue();
        assertThat(FinishedAhead.covers(committed, 10)).isFalse();
        assertThat(FinishedAhead.covers(committed, 12)).isTrue();
        assertThat(FinishedAhead.covers(null, 0)).isFalse();
    }
}
