package dev.selfheal.analysis.service;

import dev.selfheal.analysis.timer.DueIndex;
import dev.selfheal.analysis.timer.StreamClock;
import dev.selfheal.event.ServiceTrend;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Keeps the trend of each service and forwards it when what it means changes, or else at most once per publish interval. A
 * service without errors for long is forgotten: its key is forwarded without a value.
 */
public final class ServiceTrendProcessor implements Processor<String, GroupWindow, String, ServiceTrend> {

    /** Names of the stores it works on. */
    public static final String SERVICES = "services";

    public static final String DUE = "services-due";

    private final ServiceTrends trends;
    private final Duration tick;
    private StreamClock clock = new StreamClock();
    private ProcessorContext<String, ServiceTrend> context;
    private KeyValueStore<String, ServiceLevel> services;
    private DueIndex due;

    /**
     * @param tick how often it looks for minutes to close
     */
    public ServiceTrendProcessor(ServiceTrends trends, Duration tick) {
        this.trends = trends;
        this.tick = tick;
    }

    @Override
    public void init(ProcessorContext<String, ServiceTrend> taskContext) {
        // Initialised again after a transaction was aborted: what it took in then has not happened.
        clock = new StreamClock();
        context = taskContext;
        services = taskContext.getStateStore(SERVICES);
        due = new DueIndex(taskContext.getStateStore(DUE));
        taskContext.schedule(tick, PunctuationType.WALL_CLOCK_TIME, this::passTime);
    }

    @Override
    public void process(Record<String, GroupWindow> record) {
        clock.observe(context.currentStreamTimeMs(), context.currentSystemTimeMs());
        Instant now = clock.streamTime();
        GroupWindow window = record.value();
        Optional<ServiceLevel> known = Optional.ofNullable(services.get(record.key()));
        known.filter(service -> trends.isForgotten(service, now))
                .ifPresent(service -> forget(record.key(), service, now));
        ServiceLevel before =
                Optional.ofNullable(services.get(record.key())).orElseGet(() -> ServiceLevel.first(window.minute()));
        advance(record.key(), before, trends.add(trends.close(before, now), window), now, record.headers());
    }

    private void passTime(long wallTime) {
        clock.observe(context.currentStreamTimeMs(), wallTime);
        if (clock.isRunning()) {
            Instant now = clock.now(wallTime);
            due.takeBefore(now.plusMillis(1))
                    .forEach(service ->
                            Optional.ofNullable(services.get(service)).ifPresent(before -> look(service, before, now)));
        }
    }

    private void look(String service, ServiceLevel before, Instant now) {
        if (trends.isForgotten(before, now)) {
            forget(service, before, now);
        } else {
            advance(service, before, trends.close(before, now), now, new RecordHeaders());
        }
    }

    private void forget(String service, ServiceLevel before, Instant now) {
        before.due().ifPresent(at -> due.remove(at, service));
        services.delete(service);
        context.forward(new Record<>(service, null, now.toEpochMilli()));
    }

    private void advance(String service, ServiceLevel before, ServiceLevel after, Instant now, Headers headers) {
        ServiceLevel told = after;
        ServiceTrend trend = trends.describe(service, after);
        if (trends.isNews(after, trend, now)) {
            told = trends.said(after, trend, now);
            context.forward(new Record<>(service, trend, now.toEpochMilli(), headers));
        }
        Optional<Instant> next = trends.nextLook(told);
        before.due().ifPresent(at -> due.remove(at, service));
        next.ifPresent(at -> due.add(at, service));
        services.put(service, told.due(next));
    }
}
