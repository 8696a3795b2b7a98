package dev.selfheal.analysis;

import dev.selfheal.analysis.healing.CaseProcessor;
import dev.selfheal.event.BreakerPosition;
import dev.selfheal.event.BreakerScope;
import dev.selfheal.event.BreakerState;
import dev.selfheal.metrics.Meters;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;

/** How many breakers of each scope stand where. Groups are left out: there may be too many to count at each scrape. */
final class BreakerMeters {

    private static final Set<BreakerScope> SCOPES =
            EnumSet.complementOf(EnumSet.of(BreakerScope.UNKNOWN, BreakerScope.GROUP));

    private BreakerMeters() {}

    static void bind(KafkaStreams streams, MeterRegistry meters) {
        bind(
                () -> streams.store(StoreQueryParameters.fromNameAndType(
                        CaseProcessor.BREAKERS, QueryableStoreTypes.timestampedKeyValueStore())),
                meters);
    }

    /**
     * @param breakers the table of breakers; may throw {@link InvalidStateStoreException}
     */
    static void bind(
            Supplier<ReadOnlyKeyValueStore<String, ValueAndTimestamp<BreakerState>>> breakers, MeterRegistry meters) {
        for (BreakerScope scope : SCOPES) {
            for (BreakerPosition position : BreakerPosition.values()) {
                Meters.BREAKERS.gauge(
                        meters, () -> count(breakers, scope, position), lower(scope.name()), lower(position.name()));
            }
        }
    }

    private static double count(
            Supplier<ReadOnlyKeyValueStore<String, ValueAndTimestamp<BreakerState>>> breakers,
            BreakerScope scope,
            BreakerPosition position) {
        // All keys of a scope lie between these two, because ';' follows ':'.
        try (KeyValueIterator<String, ValueAndTimestamp<BreakerState>> known =
                breakers.get().range(scope + ":", scope + ";")) {
            int count = 0;
            while (known.hasNext()) {
                count += known.next().value.value().getPosition() == position ? 1 : 0;
            }
            return count;
        } catch (InvalidStateStoreException | IllegalStateException e) {
            return Double.NaN; // starting or stopping
        }
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
