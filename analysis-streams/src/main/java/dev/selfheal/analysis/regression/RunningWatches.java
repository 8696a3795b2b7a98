package dev.selfheal.analysis.regression;

import dev.selfheal.event.RegressionWatch;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.TimestampedKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;

/**
 * The watches of all instances, from the global table. It follows the deployments with a delay; while nothing is watched,
 * asking it costs next to nothing.
 */
final class RunningWatches {

    private final TimestampedKeyValueStore<String, RegressionWatch> table;

    RunningWatches(TimestampedKeyValueStore<String, RegressionWatch> table) {
        this.table = table;
    }

    List<RegressionWatch> of(String service) {
        if (table.approximateNumEntries() == 0) {
            return List.of();
        }
        List<RegressionWatch> running = new ArrayList<>(1);
        try (KeyValueIterator<String, ValueAndTimestamp<RegressionWatch>> all = table.all()) {
            while (all.hasNext()) {
                RegressionWatch watch = all.next().value.value();
                if (watch.getService().equals(service)) {
                    running.add(watch);
                }
            }
        }
        return running;
    }
}
