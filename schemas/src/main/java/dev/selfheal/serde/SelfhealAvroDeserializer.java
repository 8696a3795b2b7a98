package dev.selfheal.serde;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads generated records in the Confluent wire format with the schema of the class at hand, so that records of older and
 * newer producers arrive in today's shape. The registry is asked once per schema id. Thread-safe after {@link #configure}.
 *
 * <p>Fails with {@link RegistryUnavailableException} when the registry is away (keep the record, try again), with
 * {@link SerializationException} when the bytes are no such record (poison: trying again cannot help).
 */
public final class SelfhealAvroDeserializer<T extends SpecificRecord> implements Deserializer<T> {

    private static final Duration BACKOFF = Duration.ofMillis(100);

    /** A decoder is its buffer; any instance on this thread may use it for the length of one call. */
    private static final ThreadLocal<BinaryDecoder> DECODERS = new ThreadLocal<>();

    private final Map<Integer, Reading<T>> readings = new ConcurrentHashMap<>();
    private final Optional<Class<T>> expected;
    private RegistryClient registry;

    /** Reads whichever of our records the writer's schema names. Kafka calls this when configured with the class name. */
    public SelfhealAvroDeserializer() {
        this(Optional.empty());
    }

    /** Reads this type alone; records of any other are poison. */
    public SelfhealAvroDeserializer(Class<T> expected) {
        this(Optional.of(expected));
    }

    private SelfhealAvroDeserializer(Optional<Class<T>> expected) {
        this.expected = expected;
        TrustedRecords.trust();
        AvroLimits.apply();
    }

    @Override
    public void configure(Map<String, ?> values, boolean isKey) {
        SerdeConfig config = new SerdeConfig(values);
        registry = new RegistryClient(config.registryUrls(), config.authorization(), BACKOFF);
    }

    @Override
    public T deserialize(String topic, byte[] bytes) {
        if (bytes == null) {
            return null;
        }
        int id = WireFormat.readSchemaId(bytes);
        Reading<T> known = readings.get(id);
        Reading<T> reading = known != null ? known : readings.computeIfAbsent(id, this::newReading);
        try {
            return read(reading, bytes);
        } catch (IOException | RuntimeException e) { // Avro throws many kinds at bytes that do not fit
            throw new SerializationException(
                    "value of " + bytes.length + " bytes from " + topic + " does not fit schema " + id + ": " + e, e);
        }
    }

    private T read(Reading<T> reading, byte[] bytes) throws IOException {
        if (reading.pruning().isEmpty()) {
            return decode(reading.reader(), bytes, WireFormat.HEADER_BYTES);
        }
        return decode(reading.reader(), reading.pruning().get().prune(bytes, WireFormat.HEADER_BYTES), 0);
    }

    private T decode(DatumReader<T> reader, byte[] bytes, int start) throws IOException {
        BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(bytes, start, bytes.length - start, DECODERS.get());
        DECODERS.set(decoder);
        T record = reader.read(null, decoder);
        if (!decoder.isEnd()) {
            throw new IOException("bytes are left over after the record");
        }
        return record;
    }

    private Reading<T> newReading(int id) {
        Schema written = registry.schema(id);
        Class<T> type = expected.orElseGet(() -> generatedClass(written));
        SpecificData model = SpecificData.getForClass(type);
        Schema reader = model.getSchema(type);
        Schema writer = Schema.applyAliases(written, reader);
        if (!writer.getFullName().equals(reader.getFullName())) {
            throw new SerializationException(
                    "schema " + id + " is " + written.getFullName() + ", expected " + reader.getFullName());
        }
        Optional<Pruning> pruning = Pruning.between(writer, reader);
        Schema left = pruning.map(Pruning::schema).orElse(writer);
        return new Reading<>(new SpecificDatumReader<>(left, reader, model), pruning);
    }

    @SuppressWarnings("unchecked") // the caller's T is a claim about the topic, as in every Kafka deserializer
    private Class<T> generatedClass(Schema writer) {
        Class<?> type = SpecificData.get().getClass(writer);
        if (type == null || !SpecificRecord.class.isAssignableFrom(type)) {
            throw new SerializationException("no generated class for " + writer.getFullName());
        }
        return (Class<T>) type;
    }

    /** How records of one schema are read: what is left of their bytes, with what reader. */
    private record Reading<T extends SpecificRecord>(DatumReader<T> reader, Optional<Pruning> pruning) {}
}
