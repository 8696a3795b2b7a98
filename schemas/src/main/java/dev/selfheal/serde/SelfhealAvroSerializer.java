package dev.selfheal.serde;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Writes generated records in the Confluent wire format under the subject {@code <topic>-value} (or {@code -key}). The
 * registry is asked once per topic and type. Thread-safe after {@link #configure}.
 *
 * <p>Fails with {@link RegistryUnavailableException} when the registry is away, with {@link SerializationException} when
 * the schema is refused or the record lacks a required field.
 */
public final class SelfhealAvroSerializer<T extends SpecificRecord> implements Serializer<T> {

    private static final Duration BACKOFF = Duration.ofMillis(100);
    private static final int USUAL_BYTES = 2048;
    /** A thread's buffer above this is dropped after use, so that one large record does not stay in memory. */
    private static final int LARGEST_KEPT_BUFFER = 1 << 20;

    private final Map<Target, Writer> writers = new ConcurrentHashMap<>();
    private final ThreadLocal<Buffer> buffers = ThreadLocal.withInitial(Buffer::new);
    private RegistryClient registry;
    private String subjectSuffix;
    private boolean autoRegister;

    public SelfhealAvroSerializer() {
        TrustedRecords.trust();
    }

    @Override
    public void configure(Map<String, ?> values, boolean isKey) {
        SerdeConfig config = new SerdeConfig(values);
        registry = new RegistryClient(config.registryUrls(), config.authorization(), BACKOFF);
        subjectSuffix = isKey ? "-key" : "-value";
        autoRegister = config.autoRegister();
    }

    @Override
    public byte[] serialize(String topic, T data) {
        if (data == null) {
            return null;
        }
        Buffer buffer = buffers.get();
        try {
            return buffer.encode(writer(topic, data.getClass()), data);
        } catch (IOException | AvroRuntimeException | ClassCastException | NullPointerException e) {
            throw new SerializationException(
                    "cannot write " + data.getSchema().getFullName() + " to " + topic + ": " + e.getMessage(), e);
        } finally {
            if (buffer.size() > LARGEST_KEPT_BUFFER) {
                buffers.remove();
            }
        }
    }

    private Writer writer(String topic, Class<?> type) {
        Target target = new Target(topic, type);
        Writer known = writers.get(target);
        return known != null ? known : writers.computeIfAbsent(target, this::newWriter);
    }

    private Writer newWriter(Target target) {
        SpecificData model = SpecificData.getForClass(target.type());
        // SCHEMA$ and not a parsed copy: stringType=String puts avro.java.string into it, and ids would split.
        Schema schema = model.getSchema(target.type());
        String subject = target.topic() + subjectSuffix;
        int id = autoRegister ? registry.register(subject, schema) : registry.lookUp(subject, schema);
        return new Writer(id, new SpecificDatumWriter<>(schema, writing(model)));
    }

    /** A model of its own, for it lets records that can write themselves do so: reading goes by the reader's schema. */
    private static SpecificData writing(SpecificData model) {
        SpecificData own = new SpecificData(model.getClassLoader());
        model.getConversions().forEach(own::addLogicalTypeConversion);
        own.setCustomCoders(true);
        return own;
    }

    private record Target(String topic, Class<?> type) {}

    private record Writer(int schemaId, SpecificDatumWriter<Object> datumWriter) {}

    /** One thread's output and encoder, reused from record to record. */
    private static final class Buffer {

        private final ByteArrayOutputStream out = new ByteArrayOutputStream(USUAL_BYTES);
        private BinaryEncoder encoder;

        byte[] encode(Writer writer, Object data) throws IOException {
            out.reset();
            WireFormat.writeHeader(writer.schemaId(), out);
            encoder = EncoderFactory.get().binaryEncoder(out, encoder);
            writer.datumWriter().write(data, encoder);
            encoder.flush();
            return out.toByteArray();
        }

        int size() {
            return out.size();
        }
    }
}
