package dev.selfheal.analysis.regression;

import dev.selfheal.analysis.regression.RateRise.Counts;
import dev.selfheal.analysis.trend.MinuteCounts;
import dev.selfheal.event.RegressionPolicy;
import dev.selfheal.event.RegressionSuspicion;
import dev.selfheal.event.RegressionWatch;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether a whole service throws more since a deployment. Pure. */
final class ServiceRise {

    /** A service's rate follows its traffic; only what more than doubles it is held against a patch. */
    private static final double RATIO = 2;

    /** Minutes before a deployment that the rate before is taken from. */
    static final int MINUTES_BEFORE = 60;

    private static final int LEAST_MINUTES_BEFORE = 5;

    /** Deployments closer than this are held responsible together. */
    static final Duration TOGETHER = Duration.ofMinutes(5);

    private ServiceRise() {}

    /**
     * The watches whose patches a rise is held against: of those it is significant for, the newest, and what went out
     * within {@link #TOGETHER} of it, because minutes do not tell these apart. What went out earlier had its time without
     * the rise; nor is it held responsible afterwards, while the rise goes on until the newest patch is taken back.
     *
     * @param accused when the newest patch went out that was held responsible before; empty for none
     * @param counts errors of the service per minute, {@value #MINUTES_BEFORE} minutes before the deployments included
     * @param minute newest minute that any group has closed
     */
    static List<RegressionWatch> responsible(
            List<RegressionWatch> running,
            Optional<Instant> accused,
            MinuteCounts counts,
            long minute,
            RegressionPolicy policy) {
        List<RegressionWatch> risen = running.stream()
                .filter(watch -> isSignificant(watch, counts, minute, policy))
                .toList();
        Optional<Instant> newest = Stream.concat(risen.stream().map(RegressionWatch::getDeployedAt), accused.stream())
                .max(Comparator.naturalOrder());
        return risen.stream()
                .filter(watch ->
                        !watch.getDeployedAt().isBefore(newest.orElseThrow().minus(TOGETHER)))
                .toList();
    }

    /** What such a rise says about a watch it is significant for. */
    static RegressionSuspicion suspicion(RegressionWatch watch, MinuteCounts counts, long minute) {
        return RegressionSuspicion.newBuilder()
                .setCaseId(watch.getCaseId())
                .setGroup(watch.getGroup())
                .setService(watch.getService())
                .setReason(
                        "the whole service: " + Watches.describe(before(watch, counts), after(watch, counts, minute)))
                .setAt(Watches.endOf(minute))
                .build();
    }

    static boolean isSignificant(RegressionWatch watch, MinuteCounts counts, long minute, RegressionPolicy policy) {
        boolean within = minute >= firstAfter(watch) && minute <= Watches.minuteOf(watch.getUntil());
        return within
                && counts.size() > 0
                && RateRise.isSignificant(before(watch, counts), after(watch, counts, minute), RATIO, policy);
    }

    private static Counts before(RegressionWatch watch, MinuteCounts counts) {
        long deployed = Watches.minuteOf(watch.getDeployedAt());
        long known = deployed - counts.minute(0);
        int minutes = (int) Math.max(LEAST_MINUTES_BEFORE, Math.min(MINUTES_BEFORE, known));
        return new Counts(counts.last(deployed - 1, minutes), minutes);
    }

    private static Counts after(RegressionWatch watch, MinuteCounts counts, long minute) {
        int minutes = (int) (minute - firstAfter(watch) + 1);
        return new Counts(counts.last(minute, minutes), minutes);
    }

    private static long firstAfter(RegressionWatch watch) {
        return Watches.minuteOf(watch.getDeployedAt().plus(Watches.IN_FLIGHT)) + 1;
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
