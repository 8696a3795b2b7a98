package dev.selfheal.analysis.query;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.HostInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** As Kafka Streams tells with each rebalance. */
final class StreamsInstances implements Instances {

    private static final Logger LOG = LoggerFactory.getLogger(StreamsInstances.class);

    private final Supplier<Optional<KafkaStreams>> streams;
    private final HostInfo self;
    private final AtomicBoolean warned = new AtomicBoolean();

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
    public HostInfo ownerOf(Cut cut, String key) {
        KeyQueryMetadata owner = ask(running -> running.queryMetadataForKey(cut.store(), key, new StringSerializer()));
        if (owner == null || owner.equals(KeyQueryMetadata.NOT_AVAILABLE)) {
            throw QueryException.unavailable("the instances are taking over each other's work");
        }
        boolean claimed = self.equals(owner.activeHost());
        if (claimed && !worksOn().contains(new TopicPartition(cut.topic(), owner.partition()))) {
            throw QueryException.unavailable("its state moves here, or " + SHARED);
        }
        return owner.activeHost();
    }

    @Override
    public Holders holdersOf(Cut cut) {
        Collection<StreamsMetadata> holders = ask(running -> running.streamsMetadataForStore(cut.store()));
        Set<TopicPartition> here = partitions(worksOn(), cut);
        Set<TopicPartition> held = new HashSet<>(here);
        boolean shared = false;
        for (StreamsMetadata holder : holders) {
            Set<TopicPartition> claimed = partitions(holder.topicPartitions(), cut);
            if (!self.equals(holder.hostInfo())) {
                held.addAll(claimed);
            } else if (!here.containsAll(claimed)) {
                shared = true;
            }
        }
        warn(shared);
        List<HostInfo> instances = holders.stream()
                .filter(holder -> holder.stateStoreNames().contains(cut.store()))
                .map(StreamsMetadata::hostInfo)
                .toList();
        return new Holders(instances, Math.max(0, cut.partitions() - held.size()), shared);
    }

    /** Once, until it is over: a rebalance looks the same for a moment. */
    private void warn(boolean shared) {
        if (!shared) {
            warned.set(false);
        } else if (warned.compareAndSet(false, true)) {
            LOG.warn("{} is not all of this instance: its state moves here, or {}", Instances.name(self), SHARED);
        }
    }

    private static Set<TopicPartition> partitions(Set<TopicPartition> all, Cut cut) {
        return all.stream()
                .filter(partition -> partition.topic().equals(cut.topic()))
                .collect(Collectors.toSet());
    }

    /**
     * What the threads of this very process work on. Streams keeps instances apart by what they advertise alone: of two with
     * one address it makes one.
     */
    private Set<TopicPartition> worksOn() {
        return ask(KafkaStreams::metadataForLocalThreads).stream()
                .flatMap(thread -> thread.activeTasks().stream())
                .flatMap(task -> task.topicPartitions().stream())
                .collect(Collectors.toSet());
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
