package dev.selfheal.standalone.topic;

import dev.selfheal.runtime.KafkaClients;
import dev.selfheal.standalone.client.ClientConfig;
import dev.selfheal.standalone.topic.Wanted.From;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Prints records of one topic as lines of JSON, each partition in its order. Committed records alone, as services see them.
 * Reads and writes nothing else. Used by one thread.
 */
public final class TopicReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);
    /** Reading what is there makes progress all the time, or the brokers are away. */
    private static final Duration STUCK = Duration.ofSeconds(30);

    private final ClientConfig config;
    private final ReadableTopic topic;
    private final Optional<Deserializer<? extends SpecificRecord>> avro;
    private final ValueReader values;
    private final org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer;

    public TopicReader(ClientConfig config, ReadableTopic topic) throws TopicException {
        this.config = config;
        this.topic = topic;
        this.avro = topic.origin().equals(config.topics().jsonErrorEvents())
                ? Optional.empty()
                : Optional.of(new KafkaClients(config)
                        .valueDeserializer(topic.origin().type()));
        this.values = new ValueReader(topic.name(), avro);
        this.consumer = TopicConsumer.open(config);
    }

    /**
     * @param printed records
     * @param withoutRegistry whether a value is missing among them because the registry could not be asked
     */
    public record Count(long printed, boolean withoutRegistry) {}

    /**
     * Returns when all that is wanted is printed, when it does not come in time, or when nobody takes the lines any more.
     *
     * @param waiting is told when everything that is written from now on will be seen; only of {@link From#LATEST}
     */
    public Count read(Wanted wanted, PrintWriter out, Runnable waiting) throws TopicException {
        try {
            List<TopicPartition> partitions = assign();
            if (wanted.from() == From.LATEST) {
                consumer.seekToEnd(partitions);
                partitions.forEach(consumer::position);
                waiting.run();
                return new Count(follow(wanted, out), values.registryWasAway());
            }
            long printed = wanted.from() == From.NEWEST ? printNewest(wanted, out) : printAll(wanted, out);
            return new Count(printed, values.registryWasAway());
        } catch (KafkaException e) {
            throw TopicConsumer.unanswered(config, e);
        }
    }

    @Override
    public void close() {
        consumer.close();
        avro.ifPresent(Deserializer::close);
    }

    private List<TopicPartition> assign() throws TopicException {
        List<TopicPartition> partitions = consumer.partitionsFor(topic.name()).stream()
                .map(found -> new TopicPartition(found.topic(), found.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw new TopicException("there is no topic " + topic.name() + " at " + TopicConsumer.brokers(config));
        }
        consumer.assign(partitions);
        return partitions;
    }

    private long printAll(Wanted wanted, PrintWriter out) throws TopicException {
        consumer.seekToBeginning(consumer.assignment());
        long[] printed = {0};
        readTo(
                consumer.endOffsets(consumer.assignment()),
                () -> printed[0] < wanted.max() && !out.checkError(),
                record -> printed[0] += print(record, wanted, printed[0], out));
        return printed[0];
    }

    /** Offsets have gaps, so it begins further back each time until there are enough. */
    private long printNewest(Wanted wanted, PrintWriter out) throws TopicException {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(consumer.assignment());
        NewestRecords newest = new NewestRecords(wanted.max());
        long most = ends.values().stream().mapToLong(Long::longValue).max().orElse(0);
        long back = wanted.key().isPresent() ? most : Math.min(most, wanted.max());
        boolean isAll = false;
        while (!isAll && !newest.isFull()) {
            newest.clear();
            isAll = seekBack(back, begins, ends);
            readTo(ends, () -> !out.checkError(), record -> {
                if (wanted.includes(record)) {
                    newest.add(record);
                }
            });
            back = Math.min(most, back * 4);
        }
        newest.inOrder().forEach(record -> out.println(RecordLine.of(record, values.read(record.value()))));
        return newest.size();
    }

    /** Whether that is all there is. */
    private boolean seekBack(long records, Map<TopicPartition, Long> begins, Map<TopicPartition, Long> ends) {
        boolean isAll = true;
        for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
            long begin = begins.get(end.getKey());
            long start = Math.max(begin, end.getValue() - records);
            consumer.seek(end.getKey(), start);
            isAll &= start == begin;
        }
        return isAll;
    }

    private void readTo(
            Map<TopicPartition, Long> ends, BooleanSupplier goesOn, Consumer<ConsumerRecord<byte[], byte[]>> each)
            throws TopicException {
        long position = -1;
        long moved = System.nanoTime();
        while (!isAtEnd(ends) && goesOn.getAsBoolean()) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (record.offset() < ends.get(new TopicPartition(record.topic(), record.partition()))) {
                    each.accept(record);
                }
            }
            long now =
                    consumer.assignment().stream().mapToLong(consumer::position).sum();
            moved = now == position ? moved : System.nanoTime();
            position = now;
            if (System.nanoTime() - moved > STUCK.toNanos()) {
                throw new TopicException("nothing has come from the brokers at " + TopicConsumer.brokers(config)
                        + " for " + STUCK.toSeconds() + " s; not all of " + topic.name() + " is printed");
            }
        }
    }

    private boolean isAtEnd(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private long follow(Wanted wanted, PrintWriter out) {
        long printed = 0;
        long start = System.nanoTime();
        while (printed < wanted.max()
                && System.nanoTime() - start < wanted.patience().toNanos()
                && !out.checkError()) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                printed += print(record, wanted, printed, out);
            }
        }
        return printed;
    }

    /** How many that makes: 0 or 1. */
    private int print(ConsumerRecord<byte[], byte[]> record, Wanted wanted, long printed, PrintWriter out) {
        if (printed == wanted.max() || !wanted.includes(record)) {
            return 0;
        }
        out.println(RecordLine.of(record, values.read(record.value())));
        return 1;
    }
}
