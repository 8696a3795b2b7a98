package dev.selfheal.analysis.healing;

import static dev.selfheal.analysis.Samples.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.analysis.Samples;
import dev.selfheal.analysis.breaker.Permission;
import dev.selfheal.analysis.breaker.ScopeKey;
import dev.selfheal.analysis.trend.MinuteCounts;
import dev.selfheal.event.BreakerScope;
import dev.selfheal.event.CaseState;
import dev.selfheal.event.Classification;
import dev.selfheal.event.Decision;
import dev.selfheal.event.ErrorTrend;
import dev.selfheal.event.FaultClass;
import dev.selfheal.event.HealingCase;
import dev.selfheal.event.HealingMode;
import dev.selfheal.event.HealingPolicy;
import dev.selfheal.event.TrendState;
import dev.selfheal.event.TriggerPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OpeningRuleTest {

    private static final Classification CODE =
            Classification.newBuilder().setFaultClass(FaultClass.CODE).build();
    private static final Permission REFUSED =
            new Permission.Refused(new ScopeKey(BreakerScope.SYSTEM, "*"), "breaker is open");
    private static final HealingPolicy POLICY = Samples.policy().build();
    private static final Duration COOL_DOWN = Duration.ofHours(1);

    @Test
    void shouldOpenAtTheThresholdAndWaitBelowIt() {
        assertThat(judge(Optional.empty(), steady(3), known(Permission.GRANTED)))
                .isEqualTo(new Opening.Open(CODE, HealingMode.FULL, false, "3 errors in 5 minutes"));
        assertThat(judge(Optional.empty(), steady(2), known(Permission.GRANTED)))
                .isEqualTo(new Opening.Wait(
                        Opening.Cause.BELOW_TRIGGER, "2 errors in 5 minutes, 3 are needed"));
    }

    @Test
    void shouldLeaveTheModeToTheBreakers() {
        Permission templates = new Permission.Granted(HealingMode.TEMPLATES_ONLY);

        assertThat(judge(Optional.empty(), steady(3), known(templates)))
                .isInstanceOfSatisfying(
                        Opening.Open.class, open -> assertThat(open.mode()).isEqualTo(HealingMode.TEMPLATES_ONLY));
    }

    @Test
    void shouldSuppressWhatWouldBeWorthItWithTheReasonOfTheBreaker() {
        assertThat(judge(Optional.empty(), steady(3), known(REFUSED)).reason()).isEqualTo("breaker is open");
        assertThat(judge(Optional.empty(), steady(2), known(REFUSED))).isInstanceOf(Opening.Wait.class);
    }

    @Test
    void shouldAbstainFromWhatNoPatchMends() {
        Classification outside = Classification.newBuilder()
                .setFaultClass(FaultClass.EXTERNAL_DEPENDENCY)
                .setConfidence(0.9)
                .build();
        OpeningRule.Inquiry inquiry = inquiry(outside, Permission.GRANTED, Permission.GRANTED);

        assertThat(judge(Optional.empty(), steady(3), inquiry))
                .isEqualTo(new Opening.Abstain(outside, "not a code fault: external dependency"));
    }

    @Test
    void shouldPredictWhenAGrowingGroupIsForeseenToCross() {
        Opening rising = judge(Optional.empty(), growing(TrendState.RISING, 0.5, 0.1), known(Permission.GRANTED));

        assertThat(rising)
                .isInstanceOfSatisfying(Opening.Open.class, open -> assertThat(open.predicted())
                        .isTrue());
        assertThat(rising.reason()).startsWith("forecast: ").endsWith("errors in 5 minutes within the next 15");
        assertThat(judge(Optional.empty(), growing(TrendState.STEADY, 0.5, 0.1), known(Permission.GRANTED)))
                .isInstanceOf(Opening.Wait.class);
        assertThat(judge(Optional.empty(), growing(TrendState.RISING, 0.1, 0.001), known(Permission.GRANTED)))
                .isInstanceOf(Opening.Wait.class);
    }

    @Test
    void shouldForeseeNothingWhenTheForecastIsSwitchedOff() {
        HealingPolicy blind = Samples.policy()
                .setTrigger(TriggerPolicy.newBuilder().setForecastMinutes(0).build())
                .build();

        assertThat(OpeningRule.judge(
                        Optional.empty(),
                        growing(TrendState.SPIKING, 0.5, 0.2),
                        Optional.of(blind),
                        known(Permission.GRANTED),
                        START))
                .isInstanceOf(Opening.Wait.class);
    }

    @Test
    void shouldAskTheBreakersAboutAForecastSeparately() {
        OpeningRule.Inquiry busy = inquiry(CODE, Permission.GRANTED, REFUSED);

        assertThat(judge(Optional.empty(), growing(TrendState.RISING, 0.5, 0.1), busy))
                .isInstanceOf(Opening.Suppress.class);
        assertThat(judge(Optional.empty(), steady(3), busy)).isInstanceOf(Opening.Open.class);
    }

    @Test
    void shouldCoolDownToTheMillisecond() {
        HealingCase failed = past(CaseState.EXHAUSTED).build();
        Instant end = START.plus(COOL_DOWN);

        assertThat(judgeAt(failed, end.minusMillis(1)))
                .isEqualTo(new Opening.Wait(
                        Opening.Cause.COOLING_DOWN, "cools down until " + end + " after case case-1"));
        assertThat(judgeAt(failed, end)).isInstanceOf(Opening.Open.class);
    }

    @Test
    void shouldNameWhatAGroupWaitsFor() {
        assertThat(cause(past(CaseState.DEPLOYED))).isEqualTo(Opening.Cause.UNDER_WAY);
        assertThat(cause(past(CaseState.EXHAUSTED).setStanding(Decision.STOP))).isEqualTo(Opening.Cause.STOPPED);
        assertThat(cause(past(CaseState.ROLLED_BACK).setQuarantined(true))).isEqualTo(Opening.Cause.QUARANTINED);
        assertThat(OpeningRule.judge(
                        Optional.empty(), steady(3), Optional.empty(), known(Permission.GRANTED), START))
                .isEqualTo(new Opening.Wait(Opening.Cause.NO_POLICY, "no policy for service shop"));
    }

    private static Opening.Cause cause(HealingCase.Builder previous) {
        return ((Opening.Wait) judgeAt(previous.build(), START.plus(COOL_DOWN))).cause();
    }

    private static Opening judgeAt(HealingCase previous, Instant now) {
        return OpeningRule.judge(
                Optional.of(previous), steady(3), Optional.of(POLICY), known(Permission.GRANTED), now);
    }

    private static Opening judge(Optional<HealingCase> previous, Sighting seen, OpeningRule.Inquiry inquiry) {
        return OpeningRule.judge(previous, seen, Optional.of(POLICY), inquiry, START);
    }

    private static OpeningRule.Inquiry known(Permission permission) {
        return inquiry(CODE, permission, permission);
    }

    private static OpeningRule.Inquiry inquiry(Classification fault, Permission now, Permission ahead) {
        return new OpeningRule.Inquiry() {
            @Override
            public Classification classification() {
                return fault;
            }

            @Override
            public Permission permission() {
                return now;
            }

            @Override
            public Permission permissionAhead() {
                return ahead;
            }
        };
    }

    private static HealingCase.Builder past(CaseState state) {
        return HealingCase.newBuilder()
                .setCaseId("case-1")
                .setGroup(Samples.GROUP)
                .setService(Samples.SERVICE)
                .setState(state)
                .setOpenedAt(START)
                .setUpdatedAt(START);
    }

    private static Sighting steady(int errors) {
        return sighting(errors, TrendState.STEADY, 0, 0);
    }

    /** One error so far. */
    private static Sighting growing(TrendState state, double forecast, double slope) {
        return sighting(1, state, forecast, slope);
    }

    private static Sighting sighting(int errors, TrendState state, double forecast, double slope) {
        long minute = Duration.between(Instant.EPOCH, START).toMinutes();
        ErrorTrend trend = ErrorTrend.newBuilder()
                .setGroup(Samples.GROUP)
                .setService(Samples.SERVICE)
                .setWindowStart(START)
                .setWindowEnd(START.plusSeconds(60))
                .setCount(errors)
                .setRatePerMinute(errors)
                .setForecastPerMinute(forecast)
                .setSlopePerMinute(slope)
                .setState(state)
                .setFirstSeen(START)
                .setLastSeen(START)
                .build();
        return new Sighting(trend, MinuteCounts.EMPTY.plus(minute, errors), Optional.empty());
    }
}
