package dev.selfheal.ingest.publish;

import dev.selfheal.event.ErrorEvent;
import dev.selfheal.serde.TrustedRecords;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;

/**
 * Events as the spool keeps them: plain Avro, with the writer's schema beside them, for the registry may be away and the
 * next version of this service may be the one that reads them. Encoding is thread-safe; decoding is for one thread.
 */
public final class EventCodec {

    private static final SpecificData MODEL = SpecificData.getForClass(ErrorEvent.class);
    private static final Schema CURRENT = ErrorEvent.getClassSchema();

    private byte[] writerJson = {};
    private SpecificDatumReader<ErrorEvent> reader = new SpecificDatumReader<>(CURRENT, CURRENT, MODEL);

    EventCodec() {
        TrustedRecords.trust();
    }

    /** The schema that {@link #encode} writes with. */
    public static byte[] schema() {
        return CURRENT.toString().getBytes(StandardCharsets.UTF_8);
    }

    static byte[] encode(ErrorEvent event) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(2048);
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        try {
            new SpecificDatumWriter<ErrorEvent>(CURRENT, MODEL).write(event, encoder);
        } catch (IOException e) {
            throw new IllegalStateException("memory does not take an event", e);
        }
        return out.toByteArray();
    }

    /**
     * @param schema what {@link #schema()} was when it was written
     * @throws IOException when this version cannot read it
     */
    ErrorEvent decode(byte[] schema, byte[] entry) throws IOException {
        try {
            if (!Arrays.equals(schema, writerJson)) {
                Schema writer = new Schema.Parser().parse(new String(schema, StandardCharsets.UTF_8));
                reader = new SpecificDatumReader<>(writer, CURRENT, MODEL);
                writerJson = schema;
            }
            return reader.read(null, DecoderFactory.get().binaryDecoder(entry, null));
        } catch (AvroRuntimeException e) {
            throw new IOException("the entry is no event of a schema this version reads: " + e.getMessage(), e);
        }
    }
}
