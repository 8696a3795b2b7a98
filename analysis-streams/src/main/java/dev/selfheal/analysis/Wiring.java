package dev.selfheal.analysis;

import dev.selfheal.analysis.breaker.BreakerRecords;
import dev.selfheal.analysis.breaker.ScopeKey;
import dev.selfheal.analysis.deadletter.BoundedSerializer;
import dev.selfheal.analysis.healing.CaseProcessor;
import dev.selfheal.analysis.intake.DuplicateFilter;
import dev.selfheal.analysis.intake.Identity;
import dev.selfheal.analysis.intake.IncomingError;
import dev.selfheal.analysis.intake.IncomingErrors;
import dev.selfheal.analysis.intake.RequiredDeserializer;
import dev.selfheal.analysis.table.OutageWait;
import dev.selfheal.analysis.table.TableProcessor;
import dev.selfheal.event.BreakerState;
import dev.selfheal.runtime.KafkaClients;
import dev.selfheal.runtime.RecordKey;
import dev.selfheal.topic.Topic;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.DslStoreFormat;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.KeyValueMapper;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.BuiltInDslStoreSuppliers;
import org.apache.kafka.streams.state.DslKeyValueParams;
import org.apache.kafka.streams.state.DslStoreSuppliers;
import org.apache.kafka.streams.state.Stores;

/** What all steps are made with: serdes, stores, and the few shapes of stream that come up again and again. */
final class Wiring {

    static final Serde<String> KEYS = Serdes.String();

    private static final Serde<String> REQUIRED_KEYS = required("key", KEYS);

    private final StreamsBuilder builder;
    private final AnalysisConfig config;
    private final KafkaClients clients;
    private final int partitions;
    private final DslStoreSuppliers stores;

    Wiring(StreamsBuilder builder, AnalysisConfig config, int partitions) {
        this.builder = builder;
        this.config = config;
        this.clients = new KafkaClients(config);
        this.partitions = partitions;
        this.stores = stores(clients);
    }

    StreamsBuilder builder() {
        return builder;
    }

    AnalysisConfig config() {
        return config;
    }

    /** Of everything that is keyed by group or service. */
    int partitions() {
        return partitions;
    }

    /** A compacted topic as a table on every instance. */
    <T extends SpecificRecord> void know(Topic<T> topic, String store) {
        know(topic, store, key -> Optional.empty());
    }

    private <T extends SpecificRecord> void know(
            Topic<T> topic, String store, Function<String, Optional<T>> substitutes) {
        Serde<T> values = serde(topic.type());
        OutageWait outages = new OutageWait(clients.retryPolicy());
        builder.addGlobalStore(
                Stores.timestampedKeyValueStoreBuilder(Stores.inMemoryKeyValueStore(store), KEYS, values)
                        .withLoggingDisabled(),
                topic.name(),
                Consumed.with(KEYS, Serdes.ByteArray()).withName("from-" + store),
                () -> new TableProcessor<>(store, values.deserializer(), topic::keyOf, outages, substitutes));
    }

    /** The breakers as a table; one that cannot be read lets nothing pass. */
    void knowBreakers(Topic<BreakerState> topic) {
        know(topic, CaseProcessor.BREAKERS, key -> Optional.of(BreakerRecords.unreadable(ScopeKey.parse(key))));
    }

    /** Under the topic's own key. What has no value has that key already, and removes it. */
    <T extends SpecificRecord> void publish(KStream<String, T> records, Topic<T> topic) {
        records.selectKey((key, value) -> value == null ? key : topic.keyOf(value), Named.as("key-of-" + simple(topic)))
                .to(
                        topic.name(),
                        Produced.<String, T>as("to-" + simple(topic))
                                .withKeySerde(KEYS)
                                .withValueSerde(serde(topic.type())));
    }

    /** The topic's keys that are no longer needed, none of them with a value. */
    <T extends SpecificRecord> void remove(KStream<String, T> keys, Topic<T> topic) {
        keys.to(
                topic.name(),
                Produced.<String, T>as("remove-from-" + simple(topic))
                        .withKeySerde(KEYS)
                        .withValueSerde(serde(topic.type())));
    }

    /** Each id once; a record that is not under its own key is none. */
    <T> KStream<String, T> once(
            KStream<String, T> records, String store, Duration window, Identity<T> identity, String name) {
        int mostIds = config.duplicateIds();
        addStore(store, Serdes.Bytes(), Serdes.ByteArray());
        return records.processValues(
                () -> new DuplicateFilter<>(store, window, mostIds, identity), Named.as(name), store);
    }

    /** A topic under its own key. */
    <T extends SpecificRecord> KStream<String, T> answers(Topic<T> topic, String name) {
        return builder.stream(topic.name(), consumed(serde(topic.type()), name));
    }

    /** Answers about cases, brought to their groups; one that is not under its own key is none. */
    <T extends SpecificRecord> KStream<String, T> byGroup(
            KStream<String, T> answers, Topic<T> topic, Function<T, String> group, String name) {
        KeyValueMapper<String, T, String> ownGroup = (key, answer) -> {
            RecordKey.require(key, topic.keyOf(answer));
            return group.apply(answer);
        };
        return byGroup(answers, topic.type(), ownGroup, name);
    }

    /** Brought to their groups. */
    <T extends SpecificRecord> KStream<String, T> byGroup(
            KStream<String, T> records, Class<T> type, KeyValueMapper<String, T, String> group, String name) {
        return records.selectKey(group, Named.as("group-of-" + name))
                .repartition(Repartitioned.<String, T>as(name)
                        .withKeySerde(KEYS)
                        .withValueSerde(serde(type))
                        .withNumberOfPartitions(partitions));
    }

    /** The records of one type, and the removals, which have no type. */
    static <T extends SpecificRecord> KStream<String, T> withRemovals(
            KStream<String, SpecificRecord> records, Class<T> type, String name) {
        return records.flatMapValues(
                record -> record == null || type.isInstance(record)
                        ? Collections.singletonList(type.cast(record))
                        : List.of(),
                Named.as(name));
    }

    /** The outputs of one kind. */
    static <S, O extends S, T> KStream<String, T> only(
            KStream<String, S> outputs, Class<O> kind, Function<O, T> content, String name) {
        return outputs.flatMapValues(
                output -> kind.isInstance(output) ? List.of(content.apply(kind.cast(output))) : List.of(),
                Named.as(name));
    }

    <V> void addStore(String name, Serde<V> values) {
        addStore(name, KEYS, values);
    }

    <K, V> void addStore(String name, Serde<K> keys, Serde<V> values) {
        builder.addStateStore(Stores.keyValueStoreBuilder(
                        stores.keyValueStore(new DslKeyValueParams(name, DslStoreFormat.PLAIN)), keys, values)
                .withCachingEnabled());
    }

    /** Where state is kept: on disk, unless Kafka Streams is configured otherwise. */
    private static DslStoreSuppliers stores(KafkaClients clients) {
        Object configured = clients.streams().get(StreamsConfig.DSL_STORE_SUPPLIERS_CLASS_CONFIG);
        try {
            return configured == null
                    ? BuiltInDslStoreSuppliers.ROCKS_DB
                    : Utils.newInstance(configured.toString(), DslStoreSuppliers.class);
        } catch (ClassNotFoundException e) {
            throw new ConfigException(
                    "streams." + StreamsConfig.DSL_STORE_SUPPLIERS_CLASS_CONFIG, configured, "there is no such class");
        }
    }

    /** How a topic is read on which every record has a key and a value. */
    <T> Consumed<String, T> consumed(Serde<T> values, String name) {
        return Consumed.with(REQUIRED_KEYS, required("value", values)).withName("from-" + name);
    }

    private static <T> Serde<T> required(String part, Serde<T> present) {
        return Serdes.serdeFrom(present.serializer(), new RequiredDeserializer<>(part, present.deserializer()));
    }

    <T extends SpecificRecord> Serde<T> serde(Class<T> type) {
        return Serdes.serdeFrom(new BoundedSerializer<>(clients.<T>valueSerializer()), clients.valueDeserializer(type));
    }

    /** For reading alone. */
    Serde<IncomingError> incomingErrors() {
        return Serdes.serdeFrom(
                (topic, error) -> {
                    throw new UnsupportedOperationException("an incoming error is not written");
                },
                new IncomingErrors(clients));
    }

    /** The name without the prefix. */
    String simple(Topic<?> topic) {
        return topic.name()
                .substring(config.getString(AnalysisConfig.TOPIC_PREFIX).length());
    }
}
