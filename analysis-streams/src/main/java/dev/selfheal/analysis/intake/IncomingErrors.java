package dev.selfheal.analysis.intake;

import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.ErrorHead;
import dev.selfheal.runtime.KafkaClients;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads of each error what it is counted by. A configured deserializer that cannot do that reads the whole at once. Fails as
 * the deserializers it uses.
 */
public final class IncomingErrors implements Deserializer<IncomingError> {

    private final Deserializer<? extends SpecificRecord> heads;
    private final Deserializer<ErrorEvent> events;

    public IncomingErrors(KafkaClients clients) {
        heads = clients.valueDeserializer(ErrorHead.class);
        events = clients.valueDeserializer(ErrorEvent.class);
    }

    @Override
    public IncomingError deserialize(String topic, byte[] bytes) {
        if (bytes == null) {
            return null;
        }
        SpecificRecord read = heads.deserialize(topic, bytes);
        return read instanceof ErrorHead head
                ? new IncomingError(head, () -> events.deserialize(topic, bytes))
                : IncomingError.of((ErrorEvent) read);
    }

    @Override
    public void close() {
        heads.close();
        events.close();
    }
}
