package dev.selfheal.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PartitionProgressTest {

    private final PartitionProgress progress = new PartitionProgress();

    @Test
    void shouldHaveNothingToCommitBeforeTheFirstRecord() {
        assertThat(progress.committable()).isEmpty();
    }

    @Test
    void shouldCommitUpToTheOldestUnfinishedRecord() {
        progress.started(10);
        progress.started(11);
        progress.started(12);
        progress.finished(10);
        progress.finished(12);
        assertThat(progress.committable()).hasValue(11);
        progress.finished(11);
        assertThat(progress.committable()).hasValue(13);
    }

    @Test
    void shouldHaveNothingToCommitWhileTheFirstRecordIsUnfinished() {
        progress.started(10);
        progress.started(11);
        progress.finished(11);
        assertThat(progress.committable()).isEmpty();
    }

    @Test
    void shouldStepOverGapsInTheOffsets() {
        progress.started(10);
        progress.started(20);
        progress.finished(10);
        assertThat(progress.committable()).hasValue(20);
        progress.finished(20);
        assertThat(progress.committable()).hasValue(21);
    }

    @Test
    void shouldNotCommitTheSamePositionTwice() {
        progress.started(0);
        progress.finished(0);
        progress.committed(1);
        assertThat(progress.committable()).isEmpty();
    }

    @Test
    void shouldNeverGoBackWhenAnOldCommitIsConfirmedLate() {
        progress.started(0);
        progress.started(1);
        progress.finished(0);
        progress.finished(1);
        progress.committed(2);
        progress.committed(1);
        assertThat(progress.committable()).isEmpty();
    }

    @Test
    void shouldRefuseRecordsOutOfOrder() {
        progress.started(5);
        assertThatThrownBy(() -> progress.started(4)).isInstanceOf(IllegalStateException.class);
    }
}
