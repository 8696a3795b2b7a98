package dev.selfheal.analysis.regression;

import dev.selfheal.analysis.trend.Observation;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.RegressionSuspicion;
import dev.selfheal.event.RegressionWatch;
import dev.selfheal.event.StackFrame;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.TimestampedKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;

/**
 * Looks among the errors of new groups for those out of freshly patched lines. While nothing is watched it costs one look
 * at an empty table. The table follows the deployments with a delay, so an error is held against every watch that runs,
 * and the next error of the group is looked at again.
 */
public final class SuspectGroups implements Processor<String, Observation, String, RegressionSuspicion> {

    /** Name of the global table it reads. */
    public static final String WATCHES = "regression-watches";

    private ProcessorContext<String, RegressionSuspicion> context;
    private TimestampedKeyValueStore<String, RegressionWatch> watches;

    @Override
    public void init(ProcessorContext<String, RegressionSuspicion> taskContext) {
        context = taskContext;
        watches = taskContext.getStateStore(WATCHES);
    }

    @Override
    public void process(Record<String, Observation> record) {
        Optional<ErrorEvent> event = record.value().event();
        if (event.isEmpty()) {
            return;
        }
        Instant firstSeen = record.value().trend().getFirstSeen();
        try (KeyValueIterator<String, ValueAndTimestamp<RegressionWatch>> running = watches.all()) {
            while (running.hasNext()) {
                KeyValue<String, ValueAndTimestamp<RegressionWatch>> next = running.next();
                RegressionWatch watch = next.value.value();
                suspicion(watch, event.get(), firstSeen)
                        .ifPresent(found ->
                                context.forward(record.withKey(found.getGroup()).withValue(found)));
            }
        }
    }

    /** What a group that was first seen then says about this watch's patch. */
    static Optional<RegressionSuspicion> suspicion(RegressionWatch watch, ErrorEvent event, Instant firstSeen) {
        boolean isNew = firstSeen.isAfter(watch.getDeployedAt())
                && !event.getGroup().equals(watch.getGroup())
                && event.getService().equals(watch.getService());
        Instant at = Watches.happenedAt(event);
        if (!isNew || at.isAfter(watch.getUntil()) || !Watches.isAfter(watch, event)) {
            return Optional.empty();
        }
        return PatchedFrames.find(event, watch.getPatched())
                .map(frame -> RegressionSuspicion.newBuilder()
                        .setCaseId(watch.getCaseId())
                        .setGroup(watch.getGroup())
                        .setService(watch.getService())
                        .setReason(
                                "new error out of the patched lines: group " + event.getGroup() + " at " + place(frame))
                        .setAt(at)
                        .build());
    }

    private static String place(StackFrame frame) {
        return frame.getModule() + "." + frame.getFunction() + ":" + frame.getLine();
    }
}
