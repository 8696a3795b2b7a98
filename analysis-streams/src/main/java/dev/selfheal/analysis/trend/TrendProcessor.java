package dev.selfheal.analysis.trend;

import dev.selfheal.analysis.intake.IncomingError;
import dev.selfheal.analysis.state.RecentValues;
import dev.selfheal.analysis.timer.DueIndex;
import dev.selfheal.analysis.timer.StreamClock;
import dev.selfheal.event.ErrorTrend;
import dev.selfheal.event.TrendState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Keeps the trend of each group: with every error, and with time while the group is not quiet. A quiet group costs
 * nothing until its next error, and is forgotten when that does not come for long.
 */
public final class TrendProcessor implements Processor<String, IncomingError, String, Observation> {

    /** Names of the stores it works on. */
    public static final String TRENDS = "trends";

    public static final String DUE = "trends-due";
    public static final String NEWEST = "newest-error";
    public static final String IDLE = "trends-idle";

    private final GroupTrends groupTrends;
    private final Duration tick;
    private final Retention retention;
    private StreamClock clock = new StreamClock();
    private ProcessorContext<String, Observation> context;
    private RecentValues<GroupTrend> trends;
    private DueIndex due;
    private QuietGroups quiet;
    private KeyValueStore<String, Long> newestMinute;

    /**
     * @param tick how often it looks for windows to close
     */
    public TrendProcessor(GroupTrends groupTrends, Duration tick, Retention retention) {
        this.retention = retention;
        this.groupTrends = groupTrends;
        this.tick = tick;
    }

    @Override
    public void init(ProcessorContext<String, Observation> taskContext) {
        // Initialised again after a transaction was aborted: what it took in then has not happened.
        clock = new StreamClock();
        context = taskContext;
        trends = new RecentValues<>(taskContext.getStateStore(TRENDS));
        due = new DueIndex(taskContext.getStateStore(DUE));
        quiet = new QuietGroups(retention, taskContext);
        newestMinute = taskContext.getStateStore(NEWEST);
        Optional.ofNullable(newestMinute.get(NEWEST))
                .ifPresent(newest -> clock.observe(newest, taskContext.currentSystemTimeMs()));
        taskContext.schedule(tick, PunctuationType.WALL_CLOCK_TIME, this::closeDue);
    }

    @Override
    public void process(Record<String, IncomingError> record) {
        follow(record.timestamp());
        Instant now = clock.streamTime();
        Instant at = Instant.ofEpochMilli(record.timestamp());
        Optional<GroupTrend> known = Optional.ofNullable(trends.get(record.key()))
                .filter(trend -> !quiet.isForgotten(record.key(), trend, now));
        GroupTrend before =
                known.orElseGet(() -> GroupTrend.first(record.value().head(), at));
        GroupTrend closed = groupTrends.close(before, now);
        GroupTrend counted = groupTrends.count(closed, record.value().head(), at, now);
        boolean atRest =
                known.filter(trend -> trend.state() != TrendState.QUIET).isEmpty();
        if (atRest) {
            due.add(groupTrends.nextClose(counted), record.key());
        }
        ErrorTrend trend = groupTrends.describe(record.key(), counted, at);
        boolean news = groupTrends.isNews(counted, trend.getState(), now);
        trends.put(record.key(), news ? counted.published(trend.getState(), now) : counted);
        context.forward(record.withValue(new Observation(
                Optional.of(record.value()), trend, counted.counts(), closedBetween(before, closed), news)));
    }

    /**
     * Errors alone move its time, not the answers that the task reads too: a worker or a reviewer whose clock runs ahead must
     * not close everybody's windows. Written down once a minute, for a task that starts without an error.
     */
    private void follow(long errorTime) {
        boolean newMinute = !clock.isRunning()
                || GroupTrends.minuteOf(Instant.ofEpochMilli(errorTime)) > GroupTrends.minuteOf(clock.streamTime());
        clock.observe(errorTime, context.currentSystemTimeMs());
        if (newMinute) {
            newestMinute.put(NEWEST, errorTime);
        }
    }

    private void closeDue(long wallTime) {
        if (clock.isRunning()) {
            Instant now = clock.now(wallTime);
            due.takeBefore(now).forEach(group -> close(group, now));
            // By errors alone: a silent system forgets nothing.
            Instant newest = clock.streamTime();
            quiet.takeIdle(newest).forEach(group -> forget(group, newest));
        }
    }

    private void forget(String group, Instant now) {
        Optional.ofNullable(trends.get(group)).ifPresent(trend -> {
            if (quiet.isForgotten(group, trend, now)) {
                trends.delete(group);
            } else {
                quiet.keep(group, trend, now);
            }
        });
    }

    private void close(String group, Instant now) {
        GroupTrend before = trends.get(group);
        if (before == null) {
            return; // forgotten, with windows that nobody has come to close
        }
        GroupTrend closed = groupTrends.close(before, now);
        Instant lastClosed = groupTrends.lastClosed(closed);
        ErrorTrend trend = groupTrends.describe(group, closed, lastClosed);
        trends.put(group, closed.published(trend.getState(), now));
        if (trend.getState() != TrendState.QUIET) {
            due.add(groupTrends.nextClose(closed), group);
        } else {
            quiet.add(group, closed);
        }
        Observation observation =
                new Observation(Optional.empty(), trend, closed.counts(), closedBetween(before, closed), true);
        context.forward(new Record<>(group, observation, lastClosed.toEpochMilli()));
    }

    private static MinuteCounts closedBetween(GroupTrend before, GroupTrend after) {
        return before.counts().between(before.openMinute(), after.openMinute());
    }
}
