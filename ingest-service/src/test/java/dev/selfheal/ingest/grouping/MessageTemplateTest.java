package dev.selfheal.ingest.grouping;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTemplateTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "Index 5 out of bounds for length 3|Index <num> out of bounds for length <num>",
                "For input string: \"12x\"|For input string: <str>",
                "user 6ba7b810-9dad-11d1-80b4-00c04fd430c8 is gone|user <uuid> is gone",
                "at 2026-11-22T10:15:30.123Z it failed|at <time> it failed",
                "on 2026-11-22 it failed|on <time> it failed",
                "cannot open /var/lib/app/data-17.db|cannot open <path>",
                "cannot open C:\\data\\x.db now|cannot open <path> now",
                "GET https://example.org/a?b=c failed|GET <url> failed",
                "10.0.0.1:8080 refused|<ip> refused",
                "lock org.example.Lock@1b2c3d is held|lock org.example.Lock@<hash> is held",
                "bad address 0xCAFEBABE|bad address <hex>",
                "digest deadbeef01 differs|digest <hex> differs",
                "took 12.5 ms, -3e7 left|took <num> ms, <num> left",
                "item17 is missing|item<num> is missing",
                "must be in the range [1,28]|must be in the range <list>",
                "none of [a, b] in []|none of <list> in <list>",
                "ids 1, 2,3 are gone|ids <list> are gone",
                "names 'a', 'b' are gone|names <list> are gone",
                "no such User[name=Jo, age=3]|no such User<fields>",
                "no such Item(id=A, tags=[x])|no such Item<fields>",
                "no such Item{id=A}|no such Item<fields>",
                "got {a=b, c=d}|got <map>",
                "Key (email)=(someone) already exists|Key (email)=(<str>) already exists",
                "order 01ARZ3NDEKTSV4RRFFQ69G5FAV is unknown|order <id> is unknown",
                "session V1StGXR8_Z5jdHi6B is over|session <id> is over",
                "getUserByIdV2FromCache failed|getUserByIdV<num>FromCache failed",
                "expected NaN or -Infinity|expected <num> or <num>",
                "maximal count (3,624) exceeded|maximal count (<num>) exceeded",
                "Cannot parse \"2 29\": Value 29|Cannot parse <str>: Value <num>",
                "No qualifying bean of type 'org.example.Cart' available|No qualifying bean of type 'org.example.Cart' available",
                "Unexpected character ('}' (code 125)) at [Source: (String)\"{\"a\": [1]}\"; line: 1, column: 9]|Unexpected character (<str> (code <num>)) at <source>",
                "can't find the user's file|can't find the user's file",
                "the value was accessed|the value was accessed",
                "mail to [scrubbed:email] failed|mail to [scrubbed:email] failed"
            })
    void shouldReplaceWhatVaries(String message, String template) {
        assertThat(MessageTemplate.of(message)).isEqualTo(template);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Cannot invoke \"String.length()\" because \"<local4>\" is null",
                "Cannot invoke \"String.length()\" because \"<local11>\" is null",
                "Cannot invoke \"String.length()\" because \"name\" is null",
                "Cannot invoke \"String.length()\" because \"<parameter1>\" is null"
            })
    void shouldNotDependOnDebugInformationOfLocals(String message) {
        assertThat(MessageTemplate.of(message))
                .isEqualTo("Cannot invoke \"String.length()\" because \"<local>\" is null");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "Cannot invoke \"a.B.c()\" because \"this.field\" is null|Cannot invoke \"a.B.c()\" because \"this.field\" is null",
                "Cannot read field \"x\" because \"<local1>.next\" is null|Cannot read field \"x\" because \"<local>.next\" is null",
                "Cannot load from int array because \"rows[<local2>]\" is null|Cannot load from int array because \"<local>[*]\" is null",
                "Cannot invoke \"a.B.c()\" because the return value of \"a.B.d()\" is null|Cannot invoke \"a.B.c()\" because the return value of \"a.B.d()\" is null",
                "Cannot throw exception|Cannot throw exception"
            })
    void shouldKeepCodeOfHelpfulNullMessages(String message, String template) {
        assertThat(MessageTemplate.of(message)).isEqualTo(template);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'",
                "\"",
                "`",
                "/a",
                "1.",
                "a@",
                "0x",
                "deadbeef",
                "Cannot invoke \"",
                "[",
                "<local1>",
                "a[b=",
                "1a",
                "[Source: ",
                "(=",
                "'a.b.",
                "<num>, "
            })
    void shouldBeQuickOnHostileMessages(String piece) {
        String message = piece.repeat(1_000_000 / piece.length());

        Assertions.assertTimeout(Duration.ofSeconds(2), () -> MessageTemplate.of(message));
    }

    @Test
    void shouldLookAtTheBeginningOnly() {
        String beginning = "x".repeat(MessageTemplate.MAX_LENGTH);

        assertThat(MessageTemplate.of(beginning + "a")).isEqualTo(MessageTemplate.of(beginning + "b"));
    }
}
