package dev.selfheal.ingest.sentry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.selfheal.ingest.draft.InvalidEventException;
import dev.selfheal.ingest.draft.InvalidEventException.Reason;
import dev.selfheal.ingest.draft.Limits;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeParserTest {

    private static final String ID = "9ec79c33ec9942ab8353589fcb2e04dc";
    private static final String HEADER = "{\"event_id\":\"" + ID + "\"}\n";

    private final EnvelopeParser parser = new EnvelopeParser(new Limits(1 << 20, 100_000, 4, 12, 100));

    @Test
    void shouldTakePayloadsByTheirLengthOrToTheLineFeed() throws InvalidEventException {
        String body = HEADER
                + "{\"type\":\"a\",\"length\":5}\n{\n \n}\n{\"type\":\"b\"}\n{\"x\":1}\n{\"type\":\"c\",\"length\":2}\n{}";

        assertThat(parser.parse(body.getBytes(UTF_8)).eventId()).contains(ID);
        assertThat(payloads(body)).containsExactly("1 a {\n \n}", "2 b {\"x\":1}", "3 c {}");
    }

    @Test
    void shouldTakeAnEmptyPayload() throws InvalidEventException {
        assertThat(payloads("{}\n{\"type\":\"a\",\"length\":0}\n\n{\"type\":\"b\"}\n\n{\"type\":\"c\"}\nz\n\n"))
                .containsExactly("1 a ", "2 b ", "3 c z");
    }

    @Test
    void shouldCountLengthInBytes() throws InvalidEventException {
        assertThat(payloads("{}\n{\"type\":\"a\",\"length\":9}\n{\"ä€\"}\n{\"type\":\"b\"}\ny"))
                .containsExactly("1 a {\"ä€\"}", "2 b y");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{}\n", "{}\n\n\r\n"})
    void shouldTakeAnEnvelopeWithoutItems(String body) throws InvalidEventException {
        assertThat(payloads(body)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "[]\n", "{", "nonsense\n{\"type\":\"a\"}\nx", "{\"event_id\":\"short\"}\n"})
    void shouldRefuseAnEnvelopeWithoutHeader(String body) {
        assertThatExceptionOfType(InvalidEventException.class).isThrownBy(() -> parser.parse(body.getBytes(UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no json",
                "[]",
                "{}",
                "{\"type\":7}",
                "{\"type\":\"a\",\"length\":\"3\"}",
                "{\"type\":\"a\",\"length\":-2}",
                "{\"type\":\"a\",\"length\":1}",
                "{\"type\":\"a\",\"length\":12}",
                "{\"type\":\"a\",\"length\":99999}",
                "{\"type\":\"a\",\"length\":99999999999999}"
            })
    void shouldLoseNoOtherItemToAMalformedOne(String header) throws InvalidEventException {
        Envelope envelope = parser.parse((HEADER + header + "\n{\"x\":1}\n{\"type\":\"b\"}\nz").getBytes(UTF_8));

        assertThat(envelope.malformed())
                .extracting(Envelope.MalformedItem::number)
                .containsExactly(1);
        assertThat(envelope.items()).extracting(EnvelopeItem::number).containsExactly(2);
        assertThat(envelope.items()).extracting(EnvelopeItem::type).containsExactly("b");
    }

    @Test
    void shouldSayThatAnEnvelopeWasCutShort() throws InvalidEventException {
        Envelope envelope = parser.parse((HEADER + "{\"type\":\"event\",\"length\":40}\n{\"exc").getBytes(UTF_8));

        InvalidEventException reason = envelope.malformed().get(0).reason();
        assertThat(reason.field()).isEqualTo("/length");
        assertThat(reason).hasMessageContaining("40").hasMessageContaining("only 5");
    }

    @Test
    void shouldTakeAsManyItemsAsAllowedAndNotOneMore() throws InvalidEventException {
        assertThat(payloads("{}\n" + "{\"type\":\"a\"}\nx\n".repeat(4))).hasSize(4);
        assertThatExceptionOfType(InvalidEventException.class)
                .isThrownBy(() -> payloads("{}\n" + "{\"type\":\"a\"}\nx\n".repeat(5)))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE));
    }

    private List<String> payloads(String body) throws InvalidEventException {
        byte[] bytes = body.getBytes(UTF_8);
        Envelope envelope = parser.parse(bytes);
        assertThat(envelope.malformed()).isEmpty();
        return envelope.items().stream()
                .map(item -> item.number() + " " + item.type() + " "
                        + new String(bytes, item.offset(), item.length(), UTF_8))
                .toList();
    }
}
