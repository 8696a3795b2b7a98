package dev.selfheal.analysis.service;

import dev.selfheal.analysis.service.ServiceLevel.Release;
import dev.selfheal.analysis.trend.TrendDetector;
import dev.selfheal.analysis.trend.TrendLevel;
import dev.selfheal.event.ServiceTrend;
import dev.selfheal.event.TrendState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The sum over a service's groups, minute by minute, judged by the same detector as each group. Pure. The service's time is
 * that of the minutes its groups close; a contribution that comes after its minute has settled is left out.
 */
public final class ServiceTrends {

    private static final Duration WINDOW = Duration.ofMinutes(1);

    /** How long after the first contribution to a minute the others may come: tasks are not all equally far. */
    static final Duration SETTLE = Duration.ofSeconds(10);

    private final TrendDetector detector;
    private final Duration publishInterval;
    private final Duration forgetAfter;

    /**
     * @param publishInterval least time between two trends of a service whose state does not change
     * @param forgetAfter without an error a service is forgotten
     */
    public ServiceTrends(TrendDetector detector, Duration publishInterval, Duration forgetAfter) {
        this.forgetAfter = forgetAfter;
        this.detector = detector;
        this.publishInterval = publishInterval;
    }

    /** Takes a contribution in; one to a closed minute changes nothing. */
    ServiceLevel add(ServiceLevel before, GroupWindow group) {
        if (group.minute() < before.openMinute()) {
            return before;
        }
        List<ServiceWindow> open = new ArrayList<>(before.open());
        int at = 0;
        while (at < open.size() && open.get(at).minute() < group.minute()) {
            at++;
        }
        if (at < open.size() && open.get(at).minute() == group.minute()) {
            open.set(at, open.get(at).plus(group));
        } else {
            open.add(at, ServiceWindow.empty(group.minute()).plus(group));
        }
        return before.opened(open, newest(before.release(), group));
    }

    /** Closes every minute that has settled at {@code now}, in the service's time. */
    ServiceLevel close(ServiceLevel before, Instant now) {
        long firstOpen = minuteOf(now.minus(SETTLE)) + 1;
        if (firstOpen <= before.openMinute()) {
            return before;
        }
        TrendLevel level = before.level();
        ServiceWindow last = before.last();
        long minute = before.openMinute();
        List<ServiceWindow> stillOpen = new ArrayList<>();
        for (ServiceWindow window : before.open()) {
            if (window.minute() >= firstOpen) {
                stillOpen.add(window);
                continue;
            }
            level = detector.observeEmpty(level, window.minute() - minute);
            level = detector.observe(level, (double) window.soFar(), 1);
            minute = window.minute() + 1;
            last = window;
        }
        level = detector.observeEmpty(level, firstOpen - minute);
        return before.closed(firstOpen, level, last, stillOpen);
    }

    /** Where the service is going; alarms of a minute still open count, since it can only grow. */
    TrendState judge(ServiceLevel service) {
        TrendState closed = detector.judge(service.level());
        Optional<ServiceWindow> window = newest(service);
        if (window.isEmpty()) {
            return closed;
        }
        TrendLevel provisional =
                detector.observe(service.level(), (double) window.get().soFar(), 1);
        return provisional.alarming() || closed == TrendState.QUIET ? detector.judge(provisional) : closed;
    }

    /** True when consumers should hear of it now: what it means has changed, or the last word is old enough. */
    boolean isNews(ServiceLevel service, ServiceTrend trend, Instant now) {
        return trend.getState() != service.word().state()
                || Breadth.isWholeServiceRising(trend) != service.word().broad()
                || (service.word().stale() && !now.isBefore(service.word().at().plus(publishInterval)));
    }

    /** The service once that was said. */
    ServiceLevel said(ServiceLevel service, ServiceTrend trend, Instant now) {
        return service.said(trend.getState(), Breadth.isWholeServiceRising(trend), now);
    }

    /** When to look again although nothing comes: to close the next minute, or to say what was held back. */
    Optional<Instant> nextLook(ServiceLevel service) {
        Instant close = startOf(service.openMinute()).plus(SETTLE);
        if (service.word().stale()) {
            Instant word = service.word().at().plus(publishInterval);
            return Optional.of(word.isBefore(close) ? word : close);
        }
        return Optional.of(judge(service) == TrendState.QUIET ? forgottenAt(service) : close);
    }

    /** True when it has thrown nothing for so long that its next error is its first. */
    boolean isForgotten(ServiceLevel service, Instant now) {
        return service.open().isEmpty() && !forgottenAt(service).isAfter(now);
    }

    private Instant forgottenAt(ServiceLevel service) {
        return startOf(service.last().minute()).plus(forgetAfter);
    }

    ServiceTrend describe(String name, ServiceLevel service) {
        ServiceWindow window = newest(service).orElse(service.last());
        int alarmed = window.early().size();
        // Of a minute still open only the alarms are known: the groups of the last closed one are there as well.
        int active = Math.max(window.active() + alarmed, service.last().active());
        Instant start = startOf(window.minute());
        return ServiceTrend.newBuilder()
                .setService(name)
                .setWindowStart(start)
                .setWindowEnd(start.plus(WINDOW))
                .setCount(window.soFar())
                .setActiveGroups(active)
                .setRisingGroups(window.rising() + alarmed)
                .setNewGroups(window.fresh())
                .setBaselinePerMinute(service.level().baseline())
                .setScore(service.level().score())
                .setState(judge(service))
                .setRelease(service.release().name().orElse(null))
                .setReleasedAt(service.release().since().orElse(null))
                .build();
    }

    private static Optional<ServiceWindow> newest(ServiceLevel service) {
        return service.open().isEmpty()
                ? Optional.empty()
                : Optional.of(service.open().get(service.open().size() - 1));
    }

    /** While two releases are thrown from side by side, the older one is not taken for a new one. */
    private static Release newest(Release known, GroupWindow group) {
        return group.release()
                .map(release -> known.seen(release, startOf(group.minute())))
                .orElse(known);
    }

    static Instant startOf(long minute) {
        return Instant.ofEpochMilli(minute * WINDOW.toMillis());
    }

    static long minuteOf(Instant at) {
        return Math.floorDiv(at.toEpochMilli(), WINDOW.toMillis());
    }
}
