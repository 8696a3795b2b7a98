package dev.selfheal.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

class PruningTest {

    private static final Schema INNER = SchemaBuilder.record("Inner")
            .fields()
            .requiredString("text")
            .optionalLong("number")
            .endRecord();

    /** A field of each kind Avro has. */
    private static final Schema WRITER = SchemaBuilder.record("Whole")
            .fields()
            .requiredString("string")
            .name("records")
            .type()
            .array()
            .items(INNER)
            .noDefault()
            .name("map")
            .type()
            .map()
            .values()
            .longType()
            .noDefault()
            .name("nothing")
            .type()
            .nullType()
            .noDefault()
            .requiredBoolean("truth")
            .requiredBytes("bytes")
            .name("fixed")
            .type()
            .fixed("Four")
            .size(4)
            .noDefault()
            .name("kind")
            .type()
            .enumeration("Kind")
            .symbols("A", "B")
            .noDefault()
            .requiredInt("int")
            .requiredFloat("float")
            .requiredDouble("double")
            .optionalString("optional")
            .name("record")
            .type(INNER)
            .noDefault()
            .endRecord();

    @Test
    void shouldLeaveWhatAvroWouldHaveReadWhicheverFieldTheReaderLacks() throws IOException {
        byte[] bytes = write(whole());
        for (Schema.Field lacked : WRITER.getFields()) {
            Schema reader = without(lacked.name());
            Pruning pruning = Pruning.between(WRITER, reader).orElseThrow();

            GenericRecord read = read(pruning.prune(bytes, 0), pruning.schema(), reader);

            assertThat(read).as("without %s", lacked.name()).isEqualTo(read(bytes, WRITER, reader));
        }
    }

    @Test
    void shouldKeepOneFieldOfMany() throws IOException {
        Schema reader =
                SchemaBuilder.record("Whole").fields().requiredDouble("double").endRecord();
        Pruning pruning = Pruning.between(WRITER, reader).orElseThrow();

        assertThat(read(pruning.prune(write(whole()), 0), pruning.schema(), reader)
                        .get("double"))
                .isEqualTo(2.5);
    }

    @Test
    void shouldStartWhereTheRecordDoes() throws IOException {
        byte[] record = write(whole());
        byte[] bytes = new byte[record.length + 5];
        System.arraycopy(record, 0, bytes, 5, record.length);
        Pruning pruning = Pruning.between(WRITER, without("records")).orElseThrow();

        assertThat(pruning.prune(bytes, 5)).isEqualTo(pruning.prune(record, 0)).hasSizeLessThan(record.length);
    }

    @Test
    void shouldNotPruneForAReaderThatKnowsEveryField() {
        assertThat(Pruning.between(WRITER, WRITER)).isEmpty();
    }

    @Test
    void shouldRefuseBytesThatEndTooSoonOrTooLate() {
        Pruning pruning = Pruning.between(WRITER, without("records")).orElseThrow();
        byte[] record = write(whole());
        for (int length = 0; length < record.length; length++) {
            byte[] cut = Arrays.copyOf(record, length);
            assertThatThrownBy(() -> pruning.prune(cut, 0)).isInstanceOf(IOException.class);
        }
        assertThatThrownBy(() -> pruning.prune(Arrays.copyOf(record, record.length + 1), 0))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("left over");
    }

    private static GenericRecord whole() {
        GenericRecord record = new GenericData.Record(WRITER);
        record.put("string", "é");
        record.put("records", List.of(inner("a", 1L), inner("b", null)));
        record.put("map", Map.of("x", 1L));
        record.put("truth", true);
        record.put("bytes", ByteBuffer.wrap(new byte[] {1, 2}));
        record.put("fixed", new GenericData.Fixed(WRITER.getField("fixed").schema(), new byte[] {1, 2, 3, 4}));
        record.put("kind", new GenericData.EnumSymbol(WRITER.getField("kind").schema(), "B"));
        record.put("int", -1);
        record.put("float", 1.5f);
        record.put("double", 2.5);
        record.put("optional", "there");
        record.put("record", inner("c", 3L));
        return record;
    }

    private static GenericRecord inner(String text, Long number) {
        GenericRecord record = new GenericData.Record(INNER);
        record.put("text", text);
        record.put("number", number);
        return record;
    }

    private static Schema without(String name) {
        List<Schema.Field> fields = WRITER.getFields().stream()
                .filter(field -> !field.name().equals(name))
                .map(field -> new Schema.Field(field, field.schema()))
                .toList();
        return Schema.createRecord(WRITER.getFullName(), null, null, false, fields);
    }

    private static byte[] write(GenericRecord record) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        try {
            new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new AssertionError("memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    private static GenericRecord read(byte[] bytes, Schema writer, Schema reader) throws IOException {
        return new GenericDatumReader<GenericRecord>(writer, reader)
                .read(null, DecoderFactory.get().binaryDecoder(bytes, null));
    }
}
