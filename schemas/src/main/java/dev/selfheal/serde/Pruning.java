package dev.selfheal.serde;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/**
 * Takes out of a record's bytes the fields that its reader does not know. Avro's own reader passes over them too, but through
 * its resolving parser, symbol by symbol: slower than reading them. Thread-safe.
 */
final class Pruning {

    private static final ThreadLocal<BinaryDecoder> DECODERS = new ThreadLocal<>();

    private final Schema writer;
    private final Set<String> kept;

    private Pruning(Schema writer, Set<String> kept) {
        this.writer = writer;
        this.kept = kept;
    }

    /**
     * Empty when the reader knows every field.
     *
     * @param writer with the names the reader has for it: see {@link Schema#applyAliases}
     */
    static Optional<Pruning> between(Schema writer, Schema reader) {
        Set<String> kept = writer.getFields().stream()
                .map(Schema.Field::name)
                .filter(name -> reader.getField(name) != null)
                .collect(Collectors.toUnmodifiableSet());
        return kept.size() == writer.getFields().size() ? Optional.empty() : Optional.of(new Pruning(writer, kept));
    }

    /** What {@link #prune} leaves was written with. */
    Schema schema() {
        List<Schema.Field> fields = writer.getFields().stream()
                .filter(field -> kept.contains(field.name()))
                .map(field -> new Schema.Field(field, field.schema()))
                .toList();
        return Schema.createRecord(writer.getFullName(), writer.getDoc(), null, writer.isError(), fields);
    }

    /**
     * @param start where the record begins; it goes to the end
     * @throws IOException when the bytes are no such record, or more than one
     */
    byte[] prune(byte[] bytes, int start) throws IOException {
        BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(bytes, start, bytes.length - start, DECODERS.get());
        DECODERS.set(decoder);
        ByteArrayOutputStream left = new ByteArrayOutputStream(Math.min(bytes.length, 256));
        int from = start;
        for (Schema.Field field : writer.getFields()) {
            GenericDatumReader.skip(field.schema(), decoder);
            int to = bytes.length - decoder.inputStream().available();
            if (kept.contains(field.name())) {
                left.write(bytes, from, to - from);
            }
            from = to;
        }
        if (!decoder.isEnd()) {
            throw new IOException("bytes are left over after the record");
        }
        return left.toByteArray();
    }
}
