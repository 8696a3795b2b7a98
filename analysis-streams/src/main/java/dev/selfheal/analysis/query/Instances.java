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

/** Which instance holds what, as Kafka Streams tells with each rebalance. */
final class Instances {

    private final Supplier<Optional<KafkaStreams>> streams;
    private final HostInfo self;

    /**
     * @param streams empty before the start
     * @param self what this instance advertises
     */
    Instances(Supplier<Optional<KafkaStreams>> streams, HostInfo self) {
        this.streams = streams;
        this.self = self;
    }

    boolean isSelf(HostInfo instance) {
        return self.equals(instance);
    }

    HostInfo self() {
        return self;
    }

    static String name(HostInfo instance) {
        String host = instance.host().indexOf(':') < 0 ? instance.host() : "[" + instance.host() + "]";
        return host + ":" + instance.port();
    }

    /** The instance whose task has the key in this store. */
    HostInfo ownerOf(String store, String key) {
        KeyQueryMetadata owner = ask(running -> running.queryMetadataForKey(store, key, new StringSerializer()));
        if (owner == null || owner.equals(KeyQueryMetadata.NOT_AVAILABLE)) {
            throw QueryException.unavailable("the instances are taking over each other's work");
        }
        return owner.activeHost();
    }

    /**
     * Every instance with a part of the store.
     *
     * @param store of a task
     * @param topic what its tasks read, the one by whose partitions the store is cut
     * @param partitions how many there are
     */
    Holders holdersOf(String store, String topic, int partitions) {
        Collection<StreamsMetadata> holders = ask(running -> running.streamsMetadataForStore(store));
        Set<TopicPartition> held = new HashSet<>();
        holders.forEach(holder -> holder.topicPartitions().stream()
                .filter(partition -> partition.topic().equals(topic))
                .forEach(held::add));
        List<HostInfo> instances = holders.stream()
                .filter(holder -> holder.stateStoreNames().contains(store))
                .map(StreamsMetadata::hostInfo)
                .toList();
        return new Holders(instances, Math.max(0, partitions - held.size()));
    }

    /**
     * @param missingPartitions that no instance works on now
     */
    record Holders(List<HostInfo> instances, int missingPartitions) {}

    private <R> R ask(Function<KafkaStreams, R> question) {
        KafkaStreams running = streams.get().orElseThrow(() -> QueryException.unavailable("the analysis is starting"));
        try {
            return question.apply(running);
        } catch (InvalidStateStoreException | IllegalStateException e) {
            throw QueryException.unavailable("the analysis is " + running.state());
        }
    }
}
