package dev.selfheal.analysis.regression;

import static dev.selfheal.analysis.Samples.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.analysis.Samples;
import dev.selfheal.analysis.trend.MinuteCounts;
import dev.selfheal.event.RegressionPolicy;
import dev.selfheal.event.RegressionSuspicion;
import dev.selfheal.event.RegressionWatch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServiceRiseTest {

    private static final RegressionPolicy POLICY = RegressionPolicy.newBuilder().build();
    private static final long DEPLOYED = Watches.minuteOf(START);

    @Test
    void shouldSuspectPatchWhenItsServiceThrowsManyTimesMore() {
        MinuteCounts counts = rate(2, -60, -1, MinuteCounts.EMPTY);

        MinuteCounts risen = rate(20, 1, 2, counts);
        assertThat(suspects(risen, DEPLOYED + 2)).isTrue();
        RegressionSuspicion found = ServiceRise.suspicion(watch(), risen, DEPLOYED + 2);
        assertThat(found.getCaseId()).isEqualTo("case-1");
        assertThat(found.getReason())
                .isEqualTo("the whole service: 40 errors in 2 minutes since the deployment, 120 in 60 before");
    }

    @Test
    void shouldTakeADoublingForTraffic() {
        MinuteCounts counts = rate(10, -60, -1, MinuteCounts.EMPTY);

        assertThat(suspects(rate(20, 1, 200, counts), DEPLOYED + 200)).isFalse();
    }

    @Test
    void shouldLeaveOutTheMinuteOfTheDeploymentItself() {
        MinuteCounts counts = rate(1000, 0, 0, rate(2, -60, -1, MinuteCounts.EMPTY));

        assertThat(suspects(rate(2, 1, 1, counts), DEPLOYED + 1)).isFalse();
    }

    @Test
    void shouldJudgeOnlyWhileTheWatchRuns() {
        MinuteCounts counts = rate(50, 1, 241, rate(1, -60, -1, MinuteCounts.EMPTY));

        assertThat(suspects(counts, DEPLOYED)).isFalse();
        assertThat(suspects(counts, DEPLOYED + 240)).isTrue();
        assertThat(suspects(counts, DEPLOYED + 241)).isFalse();
    }

    @Test
    void shouldKeepAnHourBeforeTheOldestWatch() {
        assertThat(ServiceRise.oldestNeeded(List.of(), DEPLOYED + 100)).isEqualTo(DEPLOYED + 40);
        assertThat(ServiceRise.oldestNeeded(List.of(watch()), DEPLOYED + 100)).isEqualTo(DEPLOYED - 60);
    }

    @Test
    void shouldHoldARiseAgainstTheNewestPatchesOnly() {
        RegressionWatch old = deployedAt(START.minus(Duration.ofHours(2)));
        RegressionWatch justBefore = deployedAt(START.minus(ServiceRise.TOGETHER));
        RegressionWatch tooEarly = deployedAt(START.minus(ServiceRise.TOGETHER).minusMillis(1));
        MinuteCounts counts = rate(1000, 1, 5, rate(2, -240, -1, MinuteCounts.EMPTY));

        assertThat(responsible(List.of(old, tooEarly, justBefore, watch()), Optional.empty(), counts))
                .containsExactly(justBefore, watch());
        assertThat(responsible(List.of(old), Optional.empty(), counts)).containsExactly(old);
    }

    @Test
    void shouldNotTurnToOlderPatchesOnceTheNewestIsTakenBack() {
        RegressionWatch old = deployedAt(START.minus(Duration.ofHours(2)));
        RegressionWatch newer = deployedAt(START.plusSeconds(1));
        MinuteCounts counts = rate(1000, 1, 5, rate(2, -240, -1, MinuteCounts.EMPTY));

        assertThat(responsible(List.of(old), Optional.of(START), counts)).isEmpty();
        assertThat(responsible(List.of(old, newer), Optional.of(START), counts)).containsExactly(newer);
    }

    private static List<RegressionWatch> responsible(
            List<RegressionWatch> running, Optional<Instant> accused, MinuteCounts counts) {
        return ServiceRise.responsible(running, accused, counts, DEPLOYED + 5, POLICY);
    }

    private static boolean suspects(MinuteCounts counts, long minute) {
        return ServiceRise.isSignificant(watch(), counts, minute, POLICY);
    }

    private static MinuteCounts rate(int perMinute, int from, int to, MinuteCounts before) {
        MinuteCounts counts = before;
        for (int minute = from; minute <= to; minute++) {
            counts = counts.plus(DEPLOYED + minute, perMinute);
        }
        return counts;
    }

    private static RegressionWatch watch() {
        return deployedAt(START);
    }

    private static RegressionWatch deployedAt(Instant at) {
        return RegressionWatch.newBuilder()
                .setCaseId("case-1")
                .setGroup(Samples.GROUP)
                .setService(Samples.SERVICE)
                .setDeploymentId("deployment-1")
                .setDeployedAt(at)
                .setUntil(at.plus(Duration.ofHours(4)))
                .build();
    }
}
