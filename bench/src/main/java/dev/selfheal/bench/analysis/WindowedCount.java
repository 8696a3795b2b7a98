package dev.selfheal.bench.analysis;

import dev.selfheal.analysis.AnalysisConfig;
import dev.selfheal.analysis.intake.EventTime;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.runtime.KafkaClients;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.state.Stores;

/**
 * The least that counts errors per group and minute exactly once: Kafka Streams' own windowed count on RocksDB with its
 * cache, published to a topic. Settings as the analysis has them.
 */
final class WindowedCount implements AutoCloseable {

    static final String TOPIC = "bench.minute-counts";

    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final Duration GRACE = Duration.ofMinutes(1);

    private final KafkaStreams streams;

    WindowedCount(AnalysisConfig config) {
        streams = new KafkaStreams(topology(config), settings(config));
    }

    void start() {
        CountDownLatch running = new CountDownLatch(1);
        streams.setStateListener((now, before) -> {
            if (now == KafkaStreams.State.RUNNING) {
                running.countDown();
            }
        });
        streams.start();
        try {
            running.await();
        } catch (InterruptedException e) {
            throw new InterruptException(e); // sets the flag
        }
    }

    private static Topology topology(AnalysisConfig config) {
        StreamsBuilder builder = new StreamsBuilder();
        KafkaClients clients = new KafkaClients(config);
        builder.stream(
                        config.topics().errorEvents().name(),
                        Consumed.with(Serdes.String(), clients.valueSerde(ErrorEvent.class))
                                .withTimestampExtractor(new EventTime()))
                .groupByKey()
                .windowedBy(TimeWindows.ofSizeAndGrace(WINDOW, GRACE))
                .count(Materialized.<String, Long>as(
                                Stores.persistentTimestampedWindowStore("counts", WINDOW.plus(GRACE), WINDOW, false))
                        .withKeySerde(Serdes.String())
                        .withValueSerde(Serdes.Long())
                        .withCachingEnabled())
                .toStream((window, count) -> window.key())
                .to(TOPIC, Produced.with(Serdes.String(), Serdes.Long()));
        return builder.build();
    }

    private static Properties settings(AnalysisConfig config) {
        Properties settings = new Properties();
        settings.putAll(new KafkaClients(config).common());
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, config.applicationId());
        settings.put(StreamsConfig.STATE_DIR_CONFIG, config.getString(AnalysisConfig.STATE_DIR));
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 50L);
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        return settings;
    }

    @Override
    public void close() {
        streams.close();
    }
}
