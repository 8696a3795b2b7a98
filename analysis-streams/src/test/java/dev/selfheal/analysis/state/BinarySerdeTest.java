package dev.selfheal.analysis.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

class BinarySerdeTest {

    private static final List<Long> NUMBERS =
            List.of(0L, -1L, 63L, 64L, -64L, -65L, (long) Integer.MAX_VALUE, Long.MAX_VALUE, Long.MIN_VALUE);

    private final Mixture serde = new Mixture();

    @Test
    void shouldReadWhatWasWritten() {
        Random random = new Random(7);
        for (int size : new int[] {0, 1, 40, 5_000}) {
            List<Long> numbers = LongStream.concat(
                            NUMBERS.stream().mapToLong(Long::longValue),
                            random.longs(size, Long.MIN_VALUE, Long.MAX_VALUE))
                    .boxed()
                    .toList();
            Values values = new Values("grüße \ud83d\ude00".repeat(size), numbers, random.nextGaussian());

            assertThat(read(write(values))).isEqualTo(values);
        }
    }

    @Test
    void shouldRefuseBytesThatEndTooSoon() {
        byte[] bytes = write(new Values("text", NUMBERS, 1.5));
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> read(cut))
                    .isInstanceOf(SerializationException.class)
                    .hasMessage("mixture of " + length + " bytes cannot be read");
        }
    }

    @Test
    void shouldRefuseALengthBeyondTheBytesWithoutMakingRoomForIt() {
        BinaryWriter out = new BinaryWriter(8);
        out.writeByte(Mixture.VERSION);
        out.writeVarint(Integer.MAX_VALUE);

        assertThatThrownBy(() -> read(out.toBytes())).isInstanceOf(SerializationException.class);
    }

    @Test
    void shouldRefuseANegativeLength() {
        BinaryWriter out = new BinaryWriter(8);
        out.writeByte(Mixture.VERSION);
        out.writeVarint(-1);

        assertThatThrownBy(() -> read(out.toBytes()))
                .isInstanceOf(SerializationException.class)
                .hasRootCauseMessage("a size of -1");
    }

    @Test
    void shouldRefuseOtherVersionsUnlessAStoreForgetsTheOlder() {
        Deserializer<Values> ofStore = serde.forgettingOlder().deserializer();
        byte[] older = {Mixture.VERSION - 1, 0, 3};
        byte[] newer = {Mixture.VERSION + 1, 0, 3};
        byte[] broken = {Mixture.VERSION, 0};

        assertThatThrownBy(() -> read(older)).hasMessage("mixture has version 2, this release reads 3");
        assertThat(ofStore.deserialize("t", older)).isNull();
        for (byte[] refused : List.of(newer, broken, new byte[0])) {
            assertThatThrownBy(() -> ofStore.deserialize("t", refused)).isInstanceOf(SerializationException.class);
        }
    }

    @Test
    void shouldReadItsOwnVersionAndNothingFromAStore() {
        Values values = new Values("text", NUMBERS, 1.5);
        Serde<Values> ofStore = serde.forgettingOlder();

        assertThat(ofStore.deserializer().deserialize("t", ofStore.serializer().serialize("t", values)))
                .isEqualTo(values);
        assertThat(ofStore.deserializer().deserialize("t", null)).isNull();
    }

    private byte[] write(Values values) {
        return serde.serializer().serialize("t", values);
    }

    private Values read(byte[] bytes) {
        return serde.deserializer().deserialize("t", bytes);
    }

    private record Values(String text, List<Long> numbers, double fraction) {}

    private static final class Mixture extends BinarySerde<Values> {

        private static final int VERSION = 3;

        Mixture() {
            super("mixture", VERSION);
        }

        @Override
        protected void write(Values values, BinaryWriter out) {
            out.writeText(values.text());
            out.writeVarint(values.numbers().size());
            for (long number : values.numbers()) {
                out.writeLong(number);
                out.writeVarlong(number);
                out.writeInt((int) number);
                out.writeVarint((int) number);
                out.writeBoolean(number < 0);
            }
            out.writeDouble(values.fraction());
        }

        @Override
        protected Values read(BinaryReader in) {
            String text = in.readText();
            int size = in.readSize();
            List<Long> numbers = LongStream.range(0, size)
                    .map(i -> {
                        long number = in.readLong();
                        assertThat(in.readVarlong()).isEqualTo(number);
                        assertThat(in.readInt()).isEqualTo((int) number);
                        assertThat(in.readVarint()).isEqualTo((int) number);
                        assertThat(in.readBoolean()).isEqualTo(number < 0);
                        return number;
                    })
                    .boxed()
                    .toList();
            return new Values(text, numbers, in.readDouble());
        }
    }
}
