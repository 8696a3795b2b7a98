package dev.selfheal.serde;

import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** Serdes of generated records, for Kafka Streams and for plain clients. */
public final class AvroSerdes {

    private AvroSerdes() {}

    /** A serde of one record type that the caller still has to {@code configure}. */
    public static <T extends SpecificRecord> Serde<T> of(Class<T> type) {
        return Serdes.serdeFrom(new SelfhealAvroSerializer<>(), new SelfhealAvroDeserializer<>(type));
    }

    /**
     * A configured serde for values of one record type.
     *
     * @param config at least {@code schema.registry.url}; see {@link SerdeConfig}
     */
    public static <T extends SpecificRecord> Serde<T> of(Class<T> type, Map<String, ?> config) {
        Serde<T> serde = of(type);
        serde.configure(config, false);
        return serde;
    }
}
