package dev.selfheal.ingest.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.selfheal.ingest.draft.InvalidEventException;
import dev.selfheal.ingest.draft.InvalidEventException.Reason;
import dev.selfheal.ingest.draft.Limits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventFaultTest {

    private final JsonTree trees = new JsonTree(new Limits(1 << 20, 100_000, 10, 12, 100));

    /** Each in full: a parser that words its messages otherwise would show here. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"a\":tru}|/a|6|a value is expected; text needs double quotes",
                "{\"a\":cart}|/a|6|a value is expected; text needs double quotes",
                "{\"a\":comma}|/a|6|a value is expected; text needs double quotes",
                "not json||1|a value is expected; text needs double quotes",
                "'||1|a value is expected",
                "{\"a\":}|/a|6|a value is expected",
                "{\"a\":NaN}|/a|9|the number is none that JSON knows",
                "{\"a\":007}|/a|7|the number is not written as JSON writes numbers",
                "{\"a\":1.}|/a|8|the number is not written as JSON writes numbers",
                "{\"a\":1 \"b\":2}|/a|8|a comma or a closing bracket is missing",
                "{\"a\":[1 2]}|/a/1|9|a comma or a closing bracket is missing",
                "{\"a\" 1}|/a|6|a colon is missing",
                "{a:1}||2|a field's name in double quotes is missing",
                "{\"a\":1,}|/a|8|a field's name in double quotes is missing",
                "{\"a\":[1}|/a/0|8|a closing bracket does not match the one that is open",
                "{\"a\":1,\"a\":2}|/a|12|the field is there twice",
                "{\"a\":{\"b\":[1,{\"c\":{},\"c\":[]}]}}|/a/b/1/c|26|the field is there twice",
                "{\"a\":\"\\x\"}|/a|8|a backslash is followed by what it cannot escape",
                "{\"a\":\"\\u12x\"}|/a|11|\\u is not followed by four hex digits",
                "{\"a\":|/a|6|it ends before it is complete",
                "{\"a\":\"x|/a|8|it ends before it is complete",
                "{} {}||4|something follows the value; write several events one on each line"
            })
    void shouldSayWhatAndWhereInOurOwnWords(String json, String field, int column, String words) {
        InvalidEventException refusal = refusal(json.getBytes(UTF_8));

        assertThat(refusal.reason()).isEqualTo(Reason.MALFORMED);
        assertThat(refusal.field()).isEqualTo(field == null ? "" : field);
        assertThat(refusal).hasMessage("is not valid JSON at column " + column + ": " + words);
    }

    @Test
    void shouldNameTheLineOfAValueThatHasSeveral() {
        assertThat(refusal("{\n \"a\": 1,\r\n \"b\": x\r\n}".getBytes(UTF_8)))
                .hasMessageStartingWith("is not valid JSON at line 3, column 7: ");
    }

    @Test
    void shouldNotTakeTheEndOfALineForALine() {
        assertThat(refusal("{\"a\":\r".getBytes(UTF_8))).hasMessageStartingWith("is not valid JSON at column 7: ");
    }

    @Test
    void shouldCountCharactersAndNotBytes() {
        assertThat(refusal("{\"a\":\"ä€😀\" x}".getBytes(UTF_8)))
                .hasMessageStartingWith("is not valid JSON at column 12: ");
    }

    @Test
    void shouldCountFromWhereTheValueBegins() {
        byte[] batch = "{\"a\":1}\n{\"a\":x}\n".getBytes(UTF_8);

        assertThat(refusal(batch, 8, 7)).hasMessageStartingWith("is not valid JSON at column 6: ");
    }

    @Test
    void shouldTellOfControlCharacters() {
        assertThat(refusal("{\"a\":\"x\ty\"}".getBytes(UTF_8)))
                .hasMessage(
                        "is not valid JSON at column 8: a control character stands in a string; escape it, \\n for one");
    }

    @Test
    void shouldTellOfBytesThatAreNoUtf8() {
        byte[] utf8 = "{\"a\":\"x\"}".getBytes(UTF_8);
        utf8[6] = (byte) 0xff;

        assertThat(refusal(utf8)).hasMessage("is not valid JSON at column 7: a byte is not UTF-8");
    }

    @ParameterizedTest
    @CsvSource({"[[[[[[[[[[[[[, is nested deeper than 12 levels", "{'a':-DIGITS}, has more than 64 digits"})
    void shouldNameTheLimit(String json, String words) {
        InvalidEventException refusal = refusal(
                json.replace('\'', '"').replace("DIGITS", "7".repeat(65)).getBytes(UTF_8));

        assertThat(refusal.reason()).isEqualTo(Reason.TOO_LARGE);
        assertThat(refusal).hasMessage(words);
    }

    private InvalidEventException refusal(byte[] utf8) {
        return refusal(utf8, 0, utf8.length);
    }

    private InvalidEventException refusal(byte[] utf8, int offset, int length) {
        return catchThrowableOfType(InvalidEventException.class, () -> trees.read(utf8, offset, length));
    }
}
