package dev.selfheal.analysis.classification;

import dev.selfheal.event.ServiceTrend;
import dev.selfheal.event.StackFrame;
import dev.selfheal.event.TrendState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Signals that are neither a name nor a text: where the error was thrown, and what else its service throws. */
final class FaultShapes {

    /** Groups below which "all of them" is chance. */
    private static final int LEAST_GROUPS = 4;

    private static final double MOST_GROUPS = 0.6;
    private static final int FLOOD = 5;
    private static final Duration AFTER_RELEASE = Duration.ofHours(1);

    private FaultShapes() {}

    /** What was found in a situation; empty when nothing was. */
    @FunctionalInterface
    interface Finder {

        Optional<String> find(Situation situation);
    }

    static Optional<String> ownThrower(Situation situation) {
        return situation.thrower().filter(StackFrame::getInApp).map(FaultShapes::place);
    }

    static Optional<String> noOwnFrame(Situation situation) {
        boolean own = situation.frames().stream().anyMatch(StackFrame::getInApp);
        return own ? Optional.empty() : situation.thrower().map(FaultShapes::place);
    }

    static Optional<String> reproduced(Situation situation) {
        return situation.event().getReproduction().map(test -> test.getSelector());
    }

    static Optional<String> wholeServiceRises(Situation situation) {
        return situation
                .service()
                .filter(FaultShapes::isRising)
                .filter(trend -> trend.getActiveGroups() >= LEAST_GROUPS)
                .filter(trend -> trend.getRisingGroups() >= MOST_GROUPS * trend.getActiveGroups())
                .map(trend -> trend.getRisingGroups() + " of " + trend.getActiveGroups() + " groups of "
                        + trend.getService() + " rise");
    }

    static Optional<String> floodOfNewGroups(Situation situation) {
        return situation
                .service()
                .filter(trend -> trend.getState() == TrendState.SPIKING)
                .filter(trend -> trend.getNewGroups() >= FLOOD)
                .filter(trend -> trend.getNewGroups() >= MOST_GROUPS * trend.getActiveGroups())
                .map(trend -> trend.getNewGroups() + " new groups of " + trend.getService());
    }

    static Optional<String> newAfterRelease(Situation situation) {
        Instant at = situation.event().getOccurredAt();
        return situation
                .service()
                .filter(trend -> trend.getNewGroups() == 1 && !isRising(trend))
                .filter(trend -> trend.getRelease().equals(situation.event().getRelease()))
                .filter(trend -> trend.getReleasedAt()
                        .filter(released -> !at.isBefore(released) && at.isBefore(released.plus(AFTER_RELEASE)))
                        .isPresent())
                .flatMap(ServiceTrend::getRelease)
                .map(release -> "release " + release);
    }

    private static boolean isRising(ServiceTrend trend) {
        return trend.getState() == TrendState.RISING || trend.getState() == TrendState.SPIKING;
    }

    private static String place(StackFrame frame) {
        return frame.getModule() + "." + frame.getFunction();
    }
}
