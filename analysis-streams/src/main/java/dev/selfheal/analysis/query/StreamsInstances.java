package dev.selfheal.analysis.query;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.HostInfo;

/** As Kafka Streams tells with each rebalance. */
final class StreamsInstances implements Instances {

    private final Supplier<Optional<KafkaStreams>> streams;
    private final HostInfo self;

    /**
     * @param streams empty before the start
     * @param self what this instance advertises
     */
    StreamsInstances(Supplier<Optional<KafkaStreams>> streams, HostInfo self) {
        this.streams = streams;
        this.self = self;
    }

    @Override
    public HostInfo self() {
        return self;
    }

    @Override
    public HostInfo ownerOf(String store, String key) {
        KeyQueryMetadata owner = ask(running -> running.queryMetadataForKey(store, key, new StringSerializer()));
        if (owner == null || owner.equals(KeyQueryMetadata.NOT_AVAILABLE)) {
            throw QueryException.unavailable("the instances are taking over each other's work");
        }
        return owner.activeHost();
    }

    @Override
    public Holders holdersOf(Cut cut) {
        Collection<StreamsMetadata> holders = ask(running -> running.streamsMetadataForStore(cut.store()));
        Set<TopicPartition> held = new HashSet<>();
        holders.forEach(holder -> holder.topicPartitions().stream()
                .filter(partition -> partition.topic().equals(cut.topic()))
                .forEach(held::add));
        List<HostInfo> instances = holders.stream()
                .filter(holder -> holder.stateStoreNames().contains(cut.store()))
                .map(StreamsMetadata::hostInfo)
                .toList();
        return new Holders(instances, Math.max(0, cut.partitions() - held.size()));
    }

    private <R> R ask(Function<KafkaStreams, R> question) {
        KafkaStreams running = streams.get().orElseThrow(() -> QueryException.unavailable("the analysis is starting"));
        try {
            return question.apply(running);
        } catch (InvalidStateStoreException | IllegalStateException e) {
            throw QueryException.unavailable("the analysis is " + running.state());
        }
    }
}
