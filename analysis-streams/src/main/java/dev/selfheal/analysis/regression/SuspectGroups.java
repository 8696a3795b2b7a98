package dev.selfheal.analysis.regression;

import dev.selfheal.analysis.trend.Observation;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.RegressionSuspicion;
import dev.selfheal.event.RegressionWatch;
import dev.selfheal.event.StackFrame;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Looks among the errors of new groups for those out of freshly patched lines. Every error of such a group is looked at,
 * because the watch may be known here only after the first.
 */
public final class SuspectGroups implements Processor<String, Observation, String, RegressionSuspicion> {

    /** Name of the global table it reads. */
    public static final String WATCHES = "regression-watches";

    private ProcessorContext<String, RegressionSuspicion> context;
    private RunningWatches watches;

    @Override
    public void init(ProcessorContext<String, RegressionSuspicion> taskContext) {
        context = taskContext;
        watches = new RunningWatches(taskContext.getStateStore(WATCHES));
    }

    @Override
    public void process(Record<String, Observation> record) {
        Instant firstSeen = record.value().trend().getFirstSeen();
        record.value()
                .error()
                .ifPresent(error -> watches.of(error.head().getService()).stream()
                        .flatMap(watch -> suspicion(watch, error.event(), firstSeen).stream())
                        .forEach(found ->
                                context.forward(record.withKey(found.getGroup()).withValue(found))));
    }

    /** What a group that was first seen then says about this watch's patch. */
    static Optional<RegressionSuspicion> suspicion(RegressionWatch watch, ErrorEvent event, Instant firstSeen) {
        boolean isNew =
                firstSeen.isAfter(watch.getDeployedAt()) && !event.getGroup().equals(watch.getGroup());
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
