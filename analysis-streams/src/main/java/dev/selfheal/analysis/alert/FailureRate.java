package dev.selfheal.analysis.alert;

import dev.selfheal.analysis.alert.Outcomes.Count;
import dev.selfheal.analysis.archive.CaseStep;
import dev.selfheal.event.Alert;
import dev.selfheal.event.AlertLevel;
import java.time.Instant;
import java.util.Optional;

/** Says once when too many healings of a subject fail, and once when it is over. Pure. */
final class FailureRate {

    static final String HIGH = "HealingFailureRateHigh";
    static final String NORMAL = "HealingFailureRateNormal";

    /**
     * @param alert for people; empty when nothing changes for them
     */
    record Judgement(FailureWatch watch, Optional<Alert> alert) {}

    private final String subject;
    private final AlertSettings settings;

    /**
     * @param subject a service, or {@code *} for all
     */
    FailureRate(String subject, AlertSettings settings) {
        this.subject = subject;
        this.settings = settings;
    }

    /** One step of a case further. */
    Judgement on(FailureWatch before, CaseStep step) {
        Outcomes outcomes = before.outcomes();
        Outcomes counted = switch (step.effect()) {
            case SUCCEEDED -> outcomes.succeeded(step.at());
            case FAILED -> outcomes.failed(step.at());
            case REVERSED ->
                step.succeededAt()
                        .map(outcomes::withoutSuccess)
                        .orElse(outcomes)
                        .failed(step.at());
            case NONE -> outcomes;
        };
        // Steps of different groups come in any order: an older one must not hide what is newer.
        return judge(counted, before.raised(), counted.notBeforeNewest(step.at()));
    }

    /** Time has moved on: old outcomes leave the window. */
    Judgement at(FailureWatch before, Instant now) {
        return judge(before.outcomes(), before.raised(), now);
    }

    private Judgement judge(Outcomes outcomes, Optional<Instant> raised, Instant now) {
        Count count = outcomes.last(settings.windowMinutes(), now);
        boolean high = settings.isTooHigh(count.failed(), count.ended());
        Optional<Instant> since = high ? raised.or(() -> Optional.of(now)) : Optional.empty();
        Optional<Instant> due = high ? outcomes.nextChange(settings.windowMinutes(), now) : Optional.empty();
        return new Judgement(
                new FailureWatch(outcomes, since, due),
                high == raised.isPresent() ? Optional.empty() : Optional.of(alert(high, count, raised, now)));
    }

    private Alert alert(boolean high, Count count, Optional<Instant> raised, Instant now) {
        String figures = count.failed() + " of " + count.ended() + " cases failed in " + settings.windowMinutes()
                + " minutes, limit " + settings.failureRate();
        // An end belongs to its beginning: the same start never ends twice.
        String cause = raised.orElse(now).toString();
        return high
                ? Alerts.alert(HIGH, AlertLevel.CRITICAL, subject, figures, now, cause)
                : Alerts.alert(NORMAL, AlertLevel.INFO, subject, figures, now, cause);
    }
}
