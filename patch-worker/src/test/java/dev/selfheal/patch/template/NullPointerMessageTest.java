package dev.selfheal.patch.template;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NullPointerMessageTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "'Cannot invoke \"String.contains(java.lang.CharSequence)\" because \"authority\" is null', authority",
                "'Cannot load from object array because \"this.children\" is null', this.children",
                "'Cannot read field \"next\" because \"a.b[i].c\" is null', a.b[i].c",
                "'Cannot read the array length because \"shop.Cart.LINES\" is null', shop.Cart.LINES",
            })
    void shouldReadANamedValue(String message, String path) {
        assertThat(NullPointerMessage.parse(message)).isEqualTo(new NullPointerMessage.Named(path));
    }

    @Test
    void shouldReadALocalVariableWithoutAName() {
        assertThat(NullPointerMessage.parse("Cannot invoke \"String.length()\" because \"<local4>\" is null"))
                .isEqualTo(new NullPointerMessage.Slot(4));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "java.nio.file.Path.getFileName()|getFileName|0",
                "shop.Cart.line(int, java.lang.String)|line|2",
                "shop.Cart.map(java.util.function.Function)|map|1",
            })
    void shouldReadAReturnValue(String signature, String method, int arguments) {
        assertThat(NullPointerMessage.parse("Cannot invoke \"Object.toString()\" because the return value of \""
                        + signature + "\" is null"))
                .isEqualTo(new NullPointerMessage.Returned(method, arguments));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "name",
                "Cannot throw exception",
                "because \"\" is null",
                "because the return value of \"x\" is null"
            })
    void shouldKnowNothingFromOtherText(String message) {
        assertThat(NullPointerMessage.parse(message)).isEqualTo(new NullPointerMessage.Unknown());
    }
}
