package dev.selfheal.analysis.regression;

import dev.selfheal.analysis.regression.RateRise.Counts;
import dev.selfheal.event.Deployment;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.HealingCase;
import dev.selfheal.event.RegressionPolicy;
import dev.selfheal.event.RegressionWatch;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** The rules of a regression watch, all on event time. Pure. */
public final class Watches {

    /** Calls that were under way when the patch went out may still fail in the old code. */
    static final Duration IN_FLIGHT = Duration.ofSeconds(30);

    /** A rate is not taken from less than this: one error would make it. */
    private static final int LEAST_MINUTES_BEFORE = 5;

    private static final int MOST_MINUTES_BEFORE = 1440;
    private static final double MILLIS_PER_MINUTE = 60_000;

    private Watches() {}

    /**
     * Starts with the deployment of a case's patch.
     *
     * @param past empty when the group has never been seen here
     */
    public static RegressionWatch begin(
            HealingCase healingCase, Deployment deployment, Optional<PastErrors> past, RegressionPolicy policy) {
        Instant deployedAt = deployment.getAt();
        RegressionWatch.Builder watch = RegressionWatch.newBuilder()
                .setCaseId(healingCase.getCaseId())
                .setGroup(healingCase.getGroup())
                .setService(healingCase.getService())
                .setDeploymentId(deployment.getDeploymentId())
                .setCommit(deployment.getCommit())
                .setDeployedAt(deployedAt)
                .setUntil(deployedAt.plus(Duration.ofMinutes(policy.getWatchMinutes())))
                .setRelease(deployment.getRelease().orElse(null))
                .setPatched(healingCase.getPatched())
                .setMinutesBefore(LEAST_MINUTES_BEFORE);
        past.ifPresent(errors -> count(watch, errors, deployment, policy));
        return watch.build();
    }

    private static void count(
            RegressionWatch.Builder watch, PastErrors past, Deployment deployment, RegressionPolicy policy) {
        Instant deployedAt = deployment.getAt();
        // The minute of the deployment is one of those before while nothing in it came after.
        boolean allBefore = !past.lastSeen().isAfter(deployedAt);
        long lastBefore = allBefore ? minuteOf(deployedAt) : minuteOf(deployedAt) - 1;
        long known = lastBefore - minuteOf(past.firstSeen()) + 1;
        int longest = Math.min(MOST_MINUTES_BEFORE, Math.max(LEAST_MINUTES_BEFORE, policy.getWatchMinutes()));
        int minutes = (int) Math.max(LEAST_MINUTES_BEFORE, Math.min(longest, known));
        watch.setMinutesBefore(minutes).setCountBefore(past.perMinute().last(lastBefore, minutes));
        long firstAfter = minuteOf(deployedAt.plus(IN_FLIGHT)) + 1;
        long newest = minuteOf(past.lastSeen());
        if (newest >= firstAfter && deployment.getRelease().isEmpty()) {
            // The report came after some errors that it makes errors after the deployment.
            int width = (int) Math.min(MOST_MINUTES_BEFORE, newest - firstAfter + 1);
            watch.setCountAfter(past.perMinute().last(newest, width)).setLastErrorAt(past.lastSeen());
        }
    }

    /**
     * Whether an error of a watched group or service speaks about the patch. A known release of the patch tells best; an
     * error that names none is told by its time.
     */
    public static boolean isAfter(RegressionWatch watch, ErrorEvent event) {
        boolean otherRelease = watch.getRelease().isPresent()
                && event.getRelease().isPresent()
                && !watch.getRelease().equals(event.getRelease());
        return !otherRelease && happenedAt(event).isAfter(watch.getDeployedAt().plus(IN_FLIGHT));
    }

    /** With one more error of the group. */
    public static RegressionWatch counted(RegressionWatch watch, ErrorEvent event) {
        Instant at = happenedAt(event);
        Instant newest = watch.getLastErrorAt().filter(last -> last.isAfter(at)).orElse(at);
        return RegressionWatch.newBuilder(watch)
                .setCountAfter(watch.getCountAfter() + 1)
                .setLastErrorAt(newest)
                .build();
    }

    /** Why the group throws significantly more often than before; empty when it does not. */
    public static Optional<String> rise(RegressionWatch watch, RegressionPolicy policy) {
        Instant newest = watch.getLastErrorAt().orElse(watch.getDeployedAt());
        Counts before = new Counts(watch.getCountBefore(), Math.max(1, watch.getMinutesBefore()));
        Counts after = new Counts(watch.getCountAfter(), minutesBetween(watch.getDeployedAt(), newest));
        return RateRise.isSignificant(before, after, 1, policy)
                ? Optional.of(describe(before, after))
                : Optional.empty();
    }

    /** When the watch ends if no further error comes. */
    public static Instant deadline(RegressionWatch watch, RegressionPolicy policy) {
        Instant quiet = quietAt(watch, policy);
        return quiet.isBefore(watch.getUntil()) ? quiet : watch.getUntil();
    }

    /** Whether the group has been quiet for long enough when the watch ends. */
    public static boolean endsQuiet(RegressionWatch watch, RegressionPolicy policy) {
        return watch.getCountAfter() == 0 || !quietAt(watch, policy).isAfter(watch.getUntil());
    }

    /** When the service threw it, but never after the intake saw it. */
    public static Instant happenedAt(ErrorEvent event) {
        return event.getOccurredAt().isBefore(event.getReceivedAt()) ? event.getOccurredAt() : event.getReceivedAt();
    }

    /** Minutes of exposure; a burst within the first minute is not taken for more than that. */
    static double minutesBetween(Instant from, Instant to) {
        return Math.max(1, Duration.between(from, to).toMillis() / MILLIS_PER_MINUTE);
    }

    static String describe(Counts before, Counts after) {
        return String.format(
                Locale.ROOT,
                "%d errors in %.0f minutes since the deployment, %d in %.0f before",
                after.errors(),
                after.minutes(),
                before.errors(),
                before.minutes());
    }

    private static Instant quietAt(RegressionWatch watch, RegressionPolicy policy) {
        return watch.getLastErrorAt().orElse(watch.getDeployedAt()).plus(Duration.ofMinutes(policy.getQuietMinutes()));
    }

    static long minuteOf(Instant at) {
        return Math.floorDiv(at.toEpochMilli(), 60_000L);
    }

    static Instant endOf(long minute) {
        return Instant.ofEpochMilli((minute + 1) * 60_000L);
    }
}
