package dev.selfheal.analysis;

import dev.selfheal.analysis.archive.CaseArchive;
import dev.selfheal.analysis.archive.VerdictArchive;
import dev.selfheal.analysis.healing.CaseProcessor;
import dev.selfheal.analysis.kpi.KpiProcessor;
import dev.selfheal.analysis.kpi.Kpis;
import dev.selfheal.embedded.LocalRegistry;
import dev.selfheal.event.Alert;
import dev.selfheal.event.BreakerState;
import dev.selfheal.event.ErrorTrend;
import dev.selfheal.event.HealingCase;
import dev.selfheal.event.HealingPolicy;
import dev.selfheal.event.HealingRequest;
import dev.selfheal.event.PatchVerdict;
import dev.selfheal.runtime.KafkaClients;
import dev.selfheal.topic.Topic;
import dev.selfheal.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.BuiltInDslStoreSuppliers;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;
import org.apache.kafka.streams.test.TestRecord;

/** The whole topology on the test driver, with the real serdes and a registry on loopback. */
final class LoopDriver implements AutoCloseable {

    static final int PARTITIONS = 2;

    private static final Duration LONGEST_STEP = Duration.ofSeconds(30);

    private final AnalysisConfig config;
    private final KafkaClients clients;
    private final TopologyTestDriver driver;

    LoopDriver(LocalRegistry registry, Path stateDir) {
        this(registry, stateDir, Map.of());
    }

    LoopDriver(LocalRegistry registry, Path stateDir, Map<String, String> overrides) {
        this(registry, stateDir, overrides, Samples.START);
    }

    /**
     * @param wallTime at the start
     */
    LoopDriver(LocalRegistry registry, Path stateDir, Map<String, String> overrides, Instant wallTime) {
        config = config(registry.url(), stateDir, overrides);
        clients = new KafkaClients(config);
        Properties settings = StreamsSettings.of(config);
        driver = new TopologyTestDriver(AnalysisTopology.build(config, PARTITIONS), settings, wallTime);
    }

    static AnalysisConfig config(String registryUrl, Path stateDir, Map<String, String> overrides) {
        Map<String, String> values = new HashMap<>();
        values.put(AnalysisConfig.SCHEMA_REGISTRY_URL, registryUrl);
        values.put(AnalysisConfig.STATE_DIR, stateDir.toString());
        // The test driver drops what a handler sends before the first record of a transaction; AnalysisIT runs
        // exactly-once.
        values.put("streams.processing.guarantee", "at_least_once");
        // The test driver commits after each record, which has RocksDB write a file for each store.
        values.put(
                "streams." + StreamsConfig.DSL_STORE_SUPPLIERS_CLASS_CONFIG,
                BuiltInDslStoreSuppliers.InMemoryDslStoreSuppliers.class.getName());
        values.putAll(overrides);
        return new AnalysisConfig(values);
    }

    Topics topics() {
        return config.topics();
    }

    void know(HealingPolicy policy) {
        send(topics().policies(), policy, policy.getUpdatedAt());
    }

    <T extends SpecificRecord> void send(Topic<T> topic, T value, Instant at) {
        driver.createInputTopic(topic.name(), new StringSerializer(), clients.<T>valueSerializer())
                .pipeInput(topic.keyOf(value), value, at);
    }

    /** As somebody who does not know the topic's key. */
    <T extends SpecificRecord> void sendUnder(String key, Topic<T> topic, T value) {
        driver.createInputTopic(topic.name(), new StringSerializer(), clients.<T>valueSerializer())
                .pipeInput(key, value, Samples.START);
    }

    void sendBytes(Topic<?> topic, String key, byte[] value) {
        driver.createInputTopic(topic.name(), new StringSerializer(), new ByteArraySerializer())
                .pipeInput(key, value, Samples.START);
    }

    /** Tick by tick, as a running instance sees it. */
    void passTime(Duration time) {
        Duration left = time;
        while (!left.isZero()) {
            Duration step = left.compareTo(LONGEST_STEP) > 0 ? LONGEST_STEP : left;
            driver.advanceWallClockTime(step);
            left = left.minus(step);
        }
    }

    List<HealingRequest> requests() {
        return values(topics().healingRequests());
    }

    List<HealingRequest> urgentRequests() {
        return values(topics().urgentHealingRequests());
    }

    List<HealingCase> cases() {
        return values(topics().healingCases());
    }

    List<ErrorTrend> trends() {
        return values(topics().errorTrends());
    }

    List<BreakerState> breakers() {
        return values(topics().breakerStates());
    }

    /** The breakers as every task sees them. */
    ReadOnlyKeyValueStore<String, ValueAndTimestamp<BreakerState>> breakerTable() {
        return driver.getTimestampedKeyValueStore(CaseProcessor.BREAKERS);
    }

    /** What every task knows of a compacted topic. */
    ReadOnlyKeyValueStore<String, ValueAndTimestamp<Object>> table(String name) {
        return driver.getTimestampedKeyValueStore(name);
    }

    /** How many records the tables have not taken in. */
    int ignoredRecords() {
        return driver.metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals("ignored-records-total"))
                .mapToInt(metric -> ((Number) metric.metricValue()).intValue())
                .sum();
    }

    List<Alert> alerts() {
        return values(topics().alerts());
    }

    /** Key figures of a service, or of all. */
    Kpis kpis(String service) {
        return driver.<String, Kpis>getKeyValueStore(KpiProcessor.STORE).get(service);
    }

    <V> ReadOnlyKeyValueStore<String, V> store(String name) {
        return driver.getKeyValueStore(name);
    }

    /** What a reviewer of the case is shown. */
    Optional<PatchVerdict> archivedVerdict(String caseId) {
        return Optional.ofNullable(driver.<String, PatchVerdict>getKeyValueStore(VerdictArchive.VERDICTS)
                .get(caseId));
    }

    /** Cases whose history can be asked for. */
    List<String> archivedCases() {
        List<String> ids = new ArrayList<>();
        try (KeyValueIterator<String, HealingCase> cases = driver.<String, HealingCase>getKeyValueStore(
                        CaseArchive.RECORDS)
                .all()) {
            cases.forEachRemaining(entry -> ids.add(entry.key));
        }
        return ids;
    }

    <T extends SpecificRecord> List<TestRecord<String, T>> records(Topic<T> topic) {
        return driver.createOutputTopic(topic.name(), new StringDeserializer(), clients.valueDeserializer(topic.type()))
                .readRecordsToList();
    }

    List<TestRecord<byte[], byte[]>> bytes(String topic) {
        return driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    private <T extends SpecificRecord> List<T> values(Topic<T> topic) {
        return records(topic).stream().map(TestRecord::value).toList();
    }

    @Override
    public void close() {
        driver.close();
    }
}
