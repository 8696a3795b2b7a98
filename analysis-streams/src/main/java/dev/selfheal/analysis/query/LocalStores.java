package dev.selfheal.analysis.query;

import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreType;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state stores of this instance, read beside the stream threads and never holding them up. What is read may be ahead
 * of the last commit. A store that moves away or is being restored is tried once more, then
 * {@link QueryException#unavailable}. Thread-safe.
 */
public final class LocalStores {

    private static final Logger LOG = LoggerFactory.getLogger(LocalStores.class);

    private final Supplier<Optional<KafkaStreams>> streams;
    private final boolean staleAllowed;

    /**
     * @param streams empty before the start
     * @param staleAllowed whether standbys and stores that are being restored may be read
     */
    public LocalStores(Supplier<Optional<KafkaStreams>> streams, boolean staleAllowed) {
        this.streams = streams;
        this.staleAllowed = staleAllowed;
    }

    /** The value in a store of a task; empty also while this instance has no such task. Never fails. */
    public <V> Optional<V> getIfHere(String store, String key) {
        try {
            return get(store, key);
        } catch (QueryException e) {
            LOG.debug("{} cannot be read now: {}", store, e.getMessage());
            return Optional.empty();
        }
    }

    /** The value in a store of a task. */
    <V> Optional<V> get(String store, String key) {
        return this.<ReadOnlyKeyValueStore<String, V>, Optional<V>>read(
                store, QueryableStoreTypes.keyValueStore(), found -> Optional.ofNullable(found.get(key)));
    }

    /** The value in a global table. */
    <V> Optional<V> getKnown(String table, String key) {
        return this.<ReadOnlyKeyValueStore<String, ValueAndTimestamp<V>>, Optional<V>>read(
                table,
                QueryableStoreTypes.timestampedKeyValueStore(),
                found -> Optional.ofNullable(found.get(key)).map(ValueAndTimestamp::value));
    }

    /** Shows every entry of a task's store; a second time from the beginning when the store moved meanwhile. */
    <V> Page scan(String store, Supplier<Page> newPage, Deadline deadline, Row<V> row) {
        return this.<ReadOnlyKeyValueStore<String, V>, Page>read(store, QueryableStoreTypes.keyValueStore(), found -> {
            Page page = newPage.get();
            try (KeyValueIterator<String, V> entries = found.all()) {
                visit(entries, deadline, (key, value) -> row.offer(page, key, value));
            }
            return page;
        });
    }

    /** As {@link #scan}, for a global table. */
    <V> Page scanKnown(String table, Supplier<Page> newPage, Deadline deadline, Row<V> row) {
        return this.<ReadOnlyKeyValueStore<String, ValueAndTimestamp<V>>, Page>read(
                table, QueryableStoreTypes.timestampedKeyValueStore(), found -> {
                    Page page = newPage.get();
                    try (KeyValueIterator<String, ValueAndTimestamp<V>> entries = found.all()) {
                        visit(entries, deadline, (key, value) -> row.offer(page, key, value.value()));
                    }
                    return page;
                });
    }

    /** A global table, for what reads several entries; {@link InvalidStateStoreException} when it goes meanwhile. */
    <V> ReadOnlyKeyValueStore<String, ValueAndTimestamp<V>> table(String table) {
        return open(parameters(table, QueryableStoreTypes.timestampedKeyValueStore()));
    }

    /** A store of one task, as {@link #table}. */
    <V> ReadOnlyKeyValueStore<String, V> ofPartition(String store, int partition) {
        return open(parameters(store, QueryableStoreTypes.<String, V>keyValueStore())
                .withPartition(partition));
    }

    /** Offers an entry to the page, or leaves it out. */
    @FunctionalInterface
    interface Row<V> {

        void offer(Page page, String key, V value);
    }

    private static <V> void visit(KeyValueIterator<String, V> entries, Deadline deadline, BiConsumer<String, V> entry) {
        while (entries.hasNext()) {
            deadline.check();
            var next = entries.next();
            if (next.value != null) { // what an older release left there
                entry.accept(next.key, next.value);
            }
        }
    }

    private <S, R> R read(String store, QueryableStoreType<S> type, Function<S, R> question) {
        try {
            return question.apply(open(parameters(store, type)));
        } catch (InvalidStateStoreException moved) {
            try {
                return question.apply(open(parameters(store, type)));
            } catch (InvalidStateStoreException e) {
                throw QueryException.unavailable(store + " moves or is being restored: " + e.getMessage());
            }
        }
    }

    private <S> StoreQueryParameters<S> parameters(String store, QueryableStoreType<S> type) {
        StoreQueryParameters<S> parameters = StoreQueryParameters.fromNameAndType(store, type);
        return staleAllowed ? parameters.enableStaleStores() : parameters;
    }

    private <S> S open(StoreQueryParameters<S> parameters) {
        KafkaStreams running = streams.get().orElseThrow(() -> QueryException.unavailable("the analysis is starting"));
        try {
            return running.store(parameters);
        } catch (InvalidStateStoreException e) {
            throw e;
        } catch (IllegalStateException e) {
            throw QueryException.unavailable("the analysis is " + running.state());
        }
    }
}
