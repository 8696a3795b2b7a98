package dev.selfheal.ingest.topic;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.selfheal.ingest.publish.IngestMeters;
import dev.selfheal.scrub.Scrubber;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScrubbedLetterTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ScrubbedLetter letters =
            new ScrubbedLetter(new Scrubber(List.of(Pattern.compile("Kundennummer \\d+"))), new IngestMeters(registry));

    /** Each with single quotes for double ones. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            quoteCharacter = '`',
            value = {
                "{'message':'mail to a@example.org failed'} > {'message':'mail to [scrubbed:email] failed'}",
                "{'message':'mail to a\\u0040example.org'} > {'message':'mail to [scrubbed:email]'}",
                "{'tags':{'password':'hunter2'}} > {'tags':{'password':'[scrubbed:tag]'}}",
                "{'tags':{'session_id' : 4711 , 'n': 4711}} > {'tags':{'session_id' : '[scrubbed:tag]' , 'n': 4711}}",
                "{'tokens':['x','y'],'n':'x'} > {'tokens':['[scrubbed:tag]','[scrubbed:tag]'],'n':'x'}",
                "{'token':true,'n':null} > {'token':true,'n':null}",
                "{'card': 4111111111111111} > {'card': '[scrubbed:card]'}",
                "{'m':'password=\\'hunter2\\' x'} > {'m':'password=[scrubbed:password] x'}",
                "{'m':'Kundennummer 17 ü'} > {'m':'[scrubbed:custom] \\u00fc'}",
                "{'a@example.org':1} > {'[scrubbed:email]':1}",
                "'a@example.org' > '[scrubbed:email]'"
            })
    void shouldTakeSecretsOutOfJson(String value, String scrubbed) throws Exception {
        String result = letter(value.replace('\'', '"'));

        assertThat(result).isEqualTo(scrubbed.replace('\'', '"'));
        assertThat(new ObjectMapper().readTree(result)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"tags\":{\"password\":\"hunter2\"",
                "{\"tags\":{\"password\":\"hunter2",
                "{\"tags\":{\"session_id\":\"hunter2\"}",
                "{\"tags\":{\"password\":hunter2}}",
                "{password: 'hunter2'}",
                "password=\"hunter2\"",
                "jdbc:x://me:hunter2@db/x",
                "{\"m\":\"x\\u00",
                "\\",
                "\"\\"
            })
    void shouldTakeSecretsOutOfWhatIsNoJson(String value) {
        assertThat(letter(value)).doesNotContain("hunter2").hasSizeGreaterThanOrEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "{\"severity\" : \"h\\u0069gh\",\t\"x\":[1.50e3,-0,null,true]}\r\n",
                "{\"trace\":\"a.E: x\\n\\tat a.B.c(B.java:1)\"}",
                "{\"open\":\"",
                "it's \"quoted",
                "{\"u\":\"\u00fc \\ud83d\"}"
            })
    void shouldKeepEveryByteOfWhatHoldsNoSecret(String value) {
        assertThat(letter(value)).isEqualTo(value);
        assertThat(registry.getMeters())
                .noneMatch(meter -> meter.getId().getName().contains("scrubbed"));
    }

    @Test
    void shouldKeepEveryByteThatIsNoText() {
        byte[] value = new byte[4_096];
        new Random(7).nextBytes(value);

        assertThat(letters.apply(value)).isEqualTo(value);
    }

    @Test
    void shouldTakeSecretsOutOfWhatIsNoUtf8() {
        byte[] value = "{\"m\":\"\u00fc a@example.org \u00ff\",\"n\":\"\u00fc\"}".getBytes(ISO_8859_1);

        assertThat(new String(letters.apply(value), ISO_8859_1))
                .doesNotContain("example.org")
                .endsWith(",\"n\":\"\u00fc\"}");
    }

    @Test
    void shouldCountWhatItFound() {
        letter("{\"m\":\"a@example.org\",\"password\":\"x\"}");

        assertThat(registry.counter("selfheal.ingest.scrubbed", "kind", "email").count())
                .isOne();
        assertThat(registry.counter("selfheal.ingest.scrubbed", "kind", "tag").count())
                .isOne();
    }

    @Test
    void shouldNotExhaustTheStackOrTheDayOnAnythingLarge() {
        assertThat(letter("[".repeat(500_000))).hasSize(500_000);
        assertThat(letter("\\\"".repeat(250_000))).hasSize(500_000);
        assertThat(letter("\"" + "\\n".repeat(250_000) + "\"")).hasSize(500_002);
        assertThat(letter("1".repeat(500_000))).hasSize(500_000);
    }

    private String letter(String value) {
        return new String(letters.apply(value.getBytes(UTF_8)), UTF_8);
    }
}
