package dev.selfheal.analysis.trend;

import dev.selfheal.analysis.state.RecentValues;
import dev.selfheal.analysis.timer.DueIndex;
import dev.selfheal.analysis.timer.StreamClock;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.ErrorTrend;
import dev.selfheal.event.TrendState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Keeps the trend of each group: with every error, and with time while the group is not quiet. A quiet group costs
 * nothing until its next error.
 */
public final class TrendProcessor implements Processor<String, ErrorEvent, String, Observation> {

    /** Names of the stores it works on. */
    public static final String TRENDS = "trends";

    public static final String DUE = "trends-due";

    private final GroupTrends groupTrends;
    private final Duration tick;
    private final StreamClock clock = new StreamClock();
    private ProcessorContext<String, Observation> context;
    private RecentValues<GroupTrend> trends;
    private DueIndex due;

    /**
     * @param tick how often it looks for windows to close
     */
    public TrendProcessor(GroupTrends groupTrends, Duration tick) {
        this.groupTrends = groupTrends;
        this.tick = tick;
    }

    @Override
    public void init(ProcessorContext<String, Observation> taskContext) {
        context = taskContext;
        trends = new RecentValues<>(taskContext.getStateStore(TRENDS));
        due = new DueIndex(taskContext.getStateStore(DUE));
        taskContext.schedule(tick, PunctuationType.WALL_CLOCK_TIME, this::closeDue);
    }

    @Override
    public void process(Record<String, ErrorEvent> record) {
        clock.observe(context.currentStreamTimeMs(), context.currentSystemTimeMs());
        Instant now = clock.streamTime();
        Instant at = Instant.ofEpochMilli(record.timestamp());
        Optional<GroupTrend> known = Optional.ofNullable(trends.get(record.key()));
        GroupTrend before = known.orElseGet(() -> GroupTrend.first(record.value(), at));
        GroupTrend closed = groupTrends.close(before, now);
        GroupTrend counted = groupTrends.count(closed, record.value(), at, now);
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

    private void closeDue(long wallTime) {
        clock.observe(context.currentStreamTimeMs(), wallTime);
        if (clock.isRunning()) {
            Instant now = clock.now(wallTime);
            due.takeBefore(now).forEach(group -> close(group, now));
        }
    }

    private void close(String group, Instant now) {
        GroupTrend before = trends.get(group);
        GroupTrend closed = groupTrends.close(before, now);
        Instant lastClosed = groupTrends.lastClosed(closed);
        ErrorTrend trend = groupTrends.describe(group, closed, lastClosed);
        trends.put(group, closed.published(trend.getState(), now));
        if (trend.getState() != TrendState.QUIET) {
            due.add(groupTrends.nextClose(closed), group);
        }
        Observation observation =
                new Observation(Optional.empty(), trend, closed.counts(), closedBetween(before, closed), true);
        context.forward(new Record<>(group, observation, lastClosed.toEpochMilli()));
    }

    private static MinuteCounts closedBetween(GroupTrend before, GroupTrend after) {
        return before.counts().between(before.openMinute(), after.openMinute());
    }
}
