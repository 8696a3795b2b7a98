package dev.selfheal.analysis.service;

import dev.selfheal.analysis.trend.MinuteCounts;
import dev.selfheal.analysis.trend.Observation;
import dev.selfheal.event.ErrorTrend;
import dev.selfheal.event.TrendState;
import java.time.Duration;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Turns what is observed of a group into its contributions to its service: each closed minute once, and an alarm raised in
 * a minute still open at once. That is at most a few records per group and minute, however many errors it has.
 *
 * <p>Records carry the time of the minute they close; an alarm raised early carries that of the minute that closes next, so
 * that it does not push the service's time past contributions on their way.
 */
public final class GroupWindows implements Processor<String, Observation, String, GroupWindow> {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Duration grace;
    private ProcessorContext<String, GroupWindow> context;

    /**
     * @param grace how late an error may come and still count in its window
     */
    public GroupWindows(Duration grace) {
        this.grace = grace;
    }

    @Override
    public void init(ProcessorContext<String, GroupWindow> taskContext) {
        context = taskContext;
    }

    @Override
    public void process(Record<String, Observation> record) {
        ErrorTrend trend = record.value().trend();
        MinuteCounts closed = record.value().closed();
        for (int i = 0; i < closed.size(); i++) {
            long minute = closed.minute(i);
            forward(record, window(trend, minute, closed.count(i), true), minute * MINUTE.toMillis());
        }
        boolean early =
                record.value().news() && record.value().error().isPresent() && trend.getState() == TrendState.SPIKING;
        if (early) {
            long start = trend.getWindowStart().toEpochMilli();
            long behind = start - MINUTE.toMillis() - grace.toMillis();
            forward(record, window(trend, start / MINUTE.toMillis(), trend.getCount(), false), Math.max(0, behind));
        }
    }

    private static GroupWindow window(ErrorTrend trend, long minute, long count, boolean closed) {
        return new GroupWindow(
                trend.getGroup().hashCode(), minute, count, trend.getState(), trend.getRelease(), closed);
    }

    private void forward(Record<String, Observation> cause, GroupWindow window, long at) {
        context.forward(cause.withKey(cause.value().trend().getService())
                .withValue(window)
                .withTimestamp(at));
    }
}
