package dev.selfheal.analysis.regression;

import static dev.selfheal.analysis.Samples.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.analysis.Samples;
import dev.selfheal.analysis.trend.MinuteCounts;
import dev.selfheal.event.RegressionPolicy;
import dev.selfheal.event.RegressionWatch;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServiceRiseTest {

    private static final RegressionPolicy POLICY = RegressionPolicy.newBuilder().build();
    private static final long DEPLOYED = Watches.minuteOf(START);

    @Test
    void shouldSuspectPatchWhenItsServiceThrowsManyTimesMore() {
        MinuteCounts counts = rate(2, -60, -1, MinuteCounts.EMPTY);

        assertThat(ServiceRise.suspicion(watch(), rate(20, 1, 2, counts), DEPLOYED + 2, POLICY))
                .hasValueSatisfying(found -> {
                    assertThat(found.getCaseId()).isEqualTo("case-1");
                    assertThat(found.getReason())
                            .isEqualTo("the whole service: 40 errors in 2 minutes since the deployment, 120 in 60 before");
                });
    }

    @Test
    void shouldTakeADoublingForTraffic() {
        MinuteCounts counts = rate(10, -60, -1, MinuteCounts.EMPTY);

        assertThat(ServiceRise.suspicion(watch(), rate(20, 1, 200, counts), DEPLOYED + 200, POLICY))
                .isEmpty();
    }

    @Test
    void shouldLeaveOutTheMinuteOfTheDeploymentItself() {
        MinuteCounts counts = rate(1000, 0, 0, rate(2, -60, -1, MinuteCounts.EMPTY));

        assertThat(ServiceRise.suspicion(watch(), rate(2, 1, 1, counts), DEPLOYED + 1, POLICY))
                .isEmpty();
    }

    @Test
    void shouldJudgeOnlyWhileTheWatchRuns() {
        MinuteCounts counts = rate(50, 1, 241, rate(1, -60, -1, MinuteCounts.EMPTY));

        assertThat(ServiceRise.suspicion(watch(), counts, DEPLOYED, POLICY)).isEmpty();
        assertThat(ServiceRise.suspicion(watch(), counts, DEPLOYED + 240, POLICY)).isPresent();
        assertThat(ServiceRise.suspicion(watch(), counts, DEPLOYED + 241, POLICY)).isEmpty();
    }

    @Test
    void shouldKeepAnHourBeforeTheOldestWatch() {
        assertThat(ServiceRise.oldestNeeded(List.of(), DEPLOYED + 100)).isEqualTo(DEPLOYED + 40);
        assertThat(ServiceRise.oldestNeeded(List.of(watch()), DEPLOYED + 100)).isEqualTo(DEPLOYED - 60);
    }

    private static MinuteCounts rate(int perMinute, int from, int to, MinuteCounts before) {
        MinuteCounts counts = before;
        for (int minute = from; minute <= to; minute++) {
            counts = counts.plus(DEPLOYED + minute, perMinute);
        }
        return counts;
    }

    private static RegressionWatch watch() {
        return RegressionWatch.newBuilder()
                .setCaseId("case-1")
                .setGroup(Samples.GROUP)
                .setService(Samples.SERVICE)
                .setDeploymentId("deployment-1")
                .setDeployedAt(START)
                .setUntil(START.plus(Duration.ofMinutes(240)))
                .build();
    }
}
