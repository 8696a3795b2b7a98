package dev.selfheal.patch.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoundsMessageTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Index 5 out of bounds for length 3|5|3",
                "Index -1 out of bounds for length 0|-1|0",
                "index 0, length 0|0|0",
                "Index: 4, Size: 2|4|2",
            })
    void shouldReadAnIndex(String message, int index, int length) {
        assertThat(BoundsMessage.parse(message))
                .isEqualTo(new BoundsMessage(OptionalInt.of(index), OptionalInt.empty(), OptionalInt.of(length)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "begin 1, end 0, length 1|1|0|1",
                "start 2, end 3, length 2|2|3|2",
                "begin -1, end 4, length 9|-1|4|9",
                "Range [3, 2) out of bounds for length 8|3|2|8",
            })
    void shouldReadARange(String message, int begin, int end, int length) {
        assertThat(BoundsMessage.parse(message))
                .isEqualTo(new BoundsMessage(OptionalInt.of(begin), OptionalInt.of(end), OptionalInt.of(length)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"String index out of range: -1|-1", "Array index out of range: 7|7", "12|12"})
    void shouldReadAnIndexWithoutALength(String message, int index) {
        assertThat(BoundsMessage.parse(message))
                .isEqualTo(new BoundsMessage(OptionalInt.of(index), OptionalInt.empty(), OptionalInt.empty()));
    }

    @Test
    void shouldKnowNothingFromOtherText() {
        BoundsMessage nothing = new BoundsMessage(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());

        assertThat(BoundsMessage.parse("")).isEqualTo(nothing);
        assertThat(BoundsMessage.parse("no such line: index 99999999999")).isEqualTo(nothing);
    }
}
