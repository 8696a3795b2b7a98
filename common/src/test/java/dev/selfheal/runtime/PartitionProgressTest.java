package dev.selfheal.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Test;

class PartitionProgressTest {

    private final PartitionProgress progress = new PartitionProgress();

    @Test
    void shouldCommitUpToTheOldestUnfinishedRecord() {
        start(10, 11, 12);
        assertThat(progress.after(List.of(10L)).offset()).isEqualTo(11);
        assertThat(progress.after(List.of(12L)).offset()).isEqualTo(10);
        assertThat(progress.after(List.of(10L, 12L)).offset()).isEqualTo(11);
        assertThat(progress.after(List.of(10L, 11L, 12L)).offset()).isEqualTo(13);
    }

    @Test
    void shouldNotTakeARecordForFinishedBecauseItsEndWasTriedToBeCommitted() {
        start(10, 11);
        progress.after(List.of(10L));
        assertThat(progress.after(List.of(11L)).offset()).isEqualTo(10);
    }

    @Test
    void shouldStepOverGapsInTheOffsets() {
        start(10, 20);
        assertThat(progress.after(List.of(10L)).offset()).isEqualTo(20);
        progress.finished(10);
        assertThat(progress.after(List.of(20L)).offset()).isEqualTo(21);
    }

    @Test
    void shouldLetTheNextOwnerSkipWhatIsFinishedAfterTheOldestOpenRecord() {
        start(10, 11, 12, 13);
        progress.finished(11);
        OffsetAndMetadata committed = progress.after(List.of(13L));
        assertThat(committed.offset()).isEqualTo(10);

        PartitionProgress next = new PartitionProgress();
        next.resume(committed);
        assertThat(next.started(10)).isTrue();
        assertThat(next.started(11)).isFalse();
        assertThat(next.started(12)).isTrue();
        assertThat(next.started(13)).isFalse();
        next.finished(12);
        assertThat(next.after(List.of(10L))).isEqualTo(new OffsetAndMetadata(14, ""));
    }

    @Test
    void shouldTellTheOwnerAfterTheNextWhatItHasNotEvenFetched() {
        PartitionProgress next = new PartitionProgress();
        start(10, 11, 12, 13);
        next.resume(progress.after(List.of(11L, 13L)));
        next.started(10);
        OffsetAndMetadata committed = next.after(List.of(10L));
        assertThat(committed.offset()).isEqualTo(11);
        assertThat(FinishedAhead.read(11, committed.metadata())).containsExactly(11L, 13L);
    }

    @Test
    void shouldBeFullWhileTooMuchIsFinishedAfterTheOldestOpenRecord() {
        start(0);
        for (long offset = 1; offset < FinishedAhead.SPAN / 2 - 1; offset++) {
            start(offset);
            progress.finished(offset);
        }
        assertThat(progress.isFull()).isFalse();
        start(FinishedAhead.SPAN / 2 - 1);
        assertThat(progress.isFull()).isTrue();
        progress.finished(0);
        assertThat(progress.isFull()).isFalse();
    }

    @Test
    void shouldRefuseRecordsOutOfOrder() {
        start(5);
        assertThatThrownBy(() -> progress.started(4)).isInstanceOf(IllegalStateException.class);
    }

    private void start(long... offsets) {
        for (long offset : offsets) {
            assertThat(progress.started(offset)).isTrue();
        }
    }
}
