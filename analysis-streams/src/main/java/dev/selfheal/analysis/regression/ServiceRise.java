package dev.selfheal.analysis.regression;

import dev.selfheal.analysis.regression.RateRise.Counts;
import dev.selfheal.analysis.trend.MinuteCounts;
import dev.selfheal.event.RegressionPolicy;
import dev.selfheal.event.RegressionSuspicion;
import dev.selfheal.event.RegressionWatch;
import java.util.Optional;

/** Whether a whole service throws more since a deployment. Pure. */
final class ServiceRise {

    /** A service's rate follows its traffic; only what more than doubles it is held against a patch. */
    private static final double RATIO = 2;

    /** Minutes before a deployment that the rate before is taken from. */
    static final int MINUTES_BEFORE = 60;

    private static final int LEAST_MINUTES_BEFORE = 5;

    private ServiceRise() {}

    /**
     * @param counts errors of the service per minute, {@value #MINUTES_BEFORE} minutes before the deployment included
     * @param minute newest minute that any group has closed
     */
    static Optional<RegressionSuspicion> suspicion(
            RegressionWatch watch, MinuteCounts counts, long minute, RegressionPolicy policy) {
        long deployed = Watches.minuteOf(watch.getDeployedAt());
        long firstAfter = Watches.minuteOf(watch.getDeployedAt().plus(Watches.IN_FLIGHT)) + 1;
        boolean within = minute >= firstAfter && minute <= Watches.minuteOf(watch.getUntil());
        if (!within || counts.size() == 0) {
            return Optional.empty();
        }
        long known = deployed - counts.minute(0);
        int minutesBefore = (int) Math.max(LEAST_MINUTES_BEFORE, Math.min(MINUTES_BEFORE, known));
        int minutesAfter = (int) (minute - firstAfter + 1);
        Counts before = new Counts(counts.last(deployed - 1, minutesBefore), minutesBefore);
        Counts after = new Counts(counts.last(minute, minutesAfter), minutesAfter);
        return RateRise.isSignificant(before, after, RATIO, policy)
                ? Optional.of(RegressionSuspicion.newBuilder()
                        .setCaseId(watch.getCaseId())
                        .setGroup(watch.getGroup())
                        .setService(watch.getService())
                        .setReason("the whole service: " + Watches.describe(before, after))
                        .setAt(Watches.endOf(minute))
                        .build())
                : Optional.empty();
    }

    /** First minute that is still needed. */
    static long oldestNeeded(Iterable<RegressionWatch> watches, long minute) {
        long oldest = minute;
        for (RegressionWatch watch : watches) {
            oldest = Math.min(oldest, Watches.minuteOf(watch.getDeployedAt()));
        }
        return oldest - MINUTES_BEFORE;
    }
}
