package dev.selfheal.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PushbackInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrotliWindowTest {

    /** Every code of RFC 7932, section 9.1, with bits of what follows it set or not; codes as they lie in the byte. */
    @ParameterizedTest
    @CsvSource({
        "0b00000000, 16",
        "0b11111110, 16",
        "0b00000001, 17",
        "0b10000001, 17",
        "0b00000011, 18",
        "0b11110101, 19",
        "0b00000111, 20",
        "0b00001001, 21",
        "0b11001011, 22",
        "0b00001101, 23",
        "0b00001111, 24",
        "0b00100001, 10",
        "0b00110001, 11",
        "0b01000001, 12",
        "0b01010001, 13",
        "0b01100001, 14",
        "0b11110001, 15"
    })
    void shouldBeWhatTheFirstByteSays(String first, int bits) throws Exception {
        assertThat(window(Integer.parseInt(first.substring(2), 2))).isEqualTo(1 << bits);
    }

    @Test
    void shouldBeTheSmallestWhenTheFirstByteMeansNothing() throws Exception {
        assertThat(window(0b0001_0001)).isEqualTo(1 << 10);
    }

    @Test
    void shouldBeTheSmallestWhenThereIsNothing() throws Exception {
        assertThat(BrotliWindow.of(new PushbackInputStream(new ByteArrayInputStream(new byte[0]), 1)))
                .isEqualTo(1 << 10);
    }

    @Test
    void shouldLeaveTheFirstByteToBeRead() throws Exception {
        PushbackInputStream sent = new PushbackInputStream(new ByteArrayInputStream(new byte[] {11, 12}), 1);
        BrotliWindow.of(sent);

        assertThat(sent.readAllBytes()).containsExactly(11, 12);
    }

    private static int window(int first) throws IOException {
        return BrotliWindow.of(new PushbackInputStream(new ByteArrayInputStream(new byte[] {(byte) first}), 1));
    }
}
