package dev.selfheal.analysis.healing;

import dev.selfheal.analysis.Samples;
import dev.selfheal.analysis.breaker.Outcome;
import dev.selfheal.analysis.intake.IncomingError;
import dev.selfheal.analysis.trend.MinuteCounts;
import dev.selfheal.event.Alert;
import dev.selfheal.event.CaseState;
import dev.selfheal.event.DeploymentStatus;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.ErrorTrend;
import dev.selfheal.event.HealingCase;
import dev.selfheal.event.HealingRequest;
import dev.selfheal.event.TrendState;
import dev.selfheal.event.VerdictKind;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells one group's case what happens, and keeps what it answered. */
final class CaseStory {

    static final Duration POLICY_GRACE = Duration.ofSeconds(2);

    final FakeCircumstances circumstances = new FakeCircumstances();
    private final HealingCases cases = new HealingCases(circumstances, POLICY_GRACE);
    private final List<CaseOutput> outputs = new ArrayList<>();
    private Optional<HealingCase> current = Optional.empty();
    private MinuteCounts counts = MinuteCounts.EMPTY;
    private TrendState trendState = TrendState.STEADY;
    private double forecast;
    private double slope;

    /** What the detector says of the errors from now on. */
    void growing(TrendState state, double forecastPerMinute, double slopePerMinute) {
        trendState = state;
        forecast = forecastPerMinute;
        slope = slopePerMinute;
    }

    CaseStory tell(CaseInput input) {
        Decision decision = cases.decide(current, input);
        current = decision.current();
        outputs.addAll(decision.outputs());
        return this;
    }

    CaseStory see(ErrorEvent event) {
        Instant at = event.getOccurredAt();
        counts = counts.plus(Duration.between(Instant.EPOCH, at).toMinutes());
        Instant window = at.truncatedTo(ChronoUnit.MINUTES);
        ErrorTrend trend = ErrorTrend.newBuilder()
                .setGroup(event.getGroup())
                .setService(event.getService())
                .setWindowStart(window)
                .setWindowEnd(window.plusSeconds(60))
                .setCount(1)
                .setRatePerMinute(1)
                .setState(trendState)
                .setForecastPerMinute(forecast)
                .setSlopePerMinute(slope)
                .setFirstSeen(at)
                .setLastSeen(at)
                .build();
        return tell(new CaseInput.ErrorSeen(IncomingError.of(event), trend, counts));
    }

    /** A case that has just asked for its first patch, at the samples' start. */
    static CaseStory requested() {
        return new CaseStory().see(Samples.reproducible("e1", Samples.START).build());
    }

    /** A case whose patch went out at the samples' start. */
    static CaseStory deployed() {
        CaseStory story = approved();
        return story.tell(story.deployment(DeploymentStatus.SUCCEEDED, Samples.START));
    }

    /** A case whose patch waits for a deployer. */
    static CaseStory approved() {
        CaseStory story = requested();
        return story.tell(Inputs.of(Samples.verdict(story.lastRequest(), VerdictKind.APPROVED, Samples.START)
                .build()));
    }

    CaseInput deployment(DeploymentStatus status, Instant at) {
        return new CaseInput.DeploymentReported(
                Samples.deployment(present().getCaseId(), status, at).build());
    }

    CaseInput review(dev.selfheal.event.Decision decision, Instant at) {
        return new CaseInput.ReviewDecided(
                Samples.review(present().getCaseId(), decision, at).build());
    }

    CaseStory passTimeTo(Instant at) {
        return tell(new CaseInput.TimePassed(at));
    }

    HealingCase present() {
        return current.orElseThrow();
    }

    Optional<HealingCase> current() {
        return current;
    }

    CaseState state() {
        return present().getState();
    }

    String lastReason() {
        return present().getHistory().get(present().getHistory().size() - 1).getReason();
    }

    List<HealingRequest> requests() {
        return outputs(CaseOutput.Requested.class).stream()
                .map(CaseOutput.Requested::request)
                .toList();
    }

    HealingRequest lastRequest() {
        return requests().get(requests().size() - 1);
    }

    List<Outcome> outcomes() {
        return outputs(CaseOutput.Counted.class).stream()
                .map(CaseOutput.Counted::outcome)
                .toList();
    }

    List<String> alerts() {
        return outputs(CaseOutput.Raised.class).stream()
                .map(CaseOutput.Raised::alert)
                .map(Alert::getName)
                .toList();
    }

    List<HealingCase> changes() {
        return outputs(CaseOutput.CaseChanged.class).stream()
                .map(CaseOutput.CaseChanged::healingCase)
                .toList();
    }

    List<CaseOutput.WatchChanged> watchChanges() {
        return outputs(CaseOutput.WatchChanged.class);
    }

    /** Ids of the deployments that are to be taken back. */
    List<String> rollbacks() {
        return outputs(CaseOutput.RollbackWanted.class).stream()
                .map(wanted -> wanted.command().getDeploymentId())
                .toList();
    }

    List<CaseOutput> outputs() {
        return List.copyOf(outputs);
    }

    private <T extends CaseOutput> List<T> outputs(Class<T> kind) {
        return outputs.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
