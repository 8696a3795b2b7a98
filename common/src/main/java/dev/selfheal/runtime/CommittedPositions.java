package dev.selfheal.runtime;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;

/** Where a group stands, also for a thread that may not use the group's consumer. */
interface CommittedPositions extends AutoCloseable {

    /**
     * The positions that nothing under way can change any more.
     *
     * @throws KafkaException when they cannot be read now
     */
    Map<TopicPartition, OffsetAndMetadata> read() throws InterruptedException;

    @Override
    default void close() {}

    /** Asks the group's coordinator, over a connection of its own that lasts for one question. */
    static CommittedPositions ofGroup(KafkaClients clients, String clientId, String group) {
        return () -> {
            try (Admin admin = clients.newAdmin(clientId + "-positions")) {
                return admin.listConsumerGroupOffsets(group, new ListConsumerGroupOffsetsOptions().requireStable(true))
                        .partitionsToOffsetAndMetadata()
                        .get();
            } catch (ExecutionException e) {
                throw e.getCause() instanceof KafkaException kafka
                        ? kafka
                        : new KafkaException("the positions of " + group + " cannot be read", e.getCause());
            } catch (ConfigException e) {
                // The same settings have served before: a name does not resolve for now.
                throw new Transactions.UnreachableException(e);
            }
        };
    }
}
