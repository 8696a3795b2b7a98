package dev.selfheal.ingest.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.selfheal.event.ExceptionInfo;
import dev.selfheal.event.IntakeProtocol;
import dev.selfheal.event.Reproduction;
import dev.selfheal.event.Severity;
import dev.selfheal.event.StackFrame;
import dev.selfheal.ingest.draft.ErrorEventDraft;
import dev.selfheal.ingest.draft.InvalidEventException;
import dev.selfheal.ingest.draft.InvalidEventException.Reason;
import dev.selfheal.ingest.draft.Limits;
import dev.selfheal.ingest.project.Project;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonEventParserTest {

    private static final String MINIMAL = "{\"service\":\"cart\",\"exceptions\":[{\"type\":\"a.E\"}]}";

    private final JsonEventParser parser = new JsonEventParser(new Limits(1 << 20, 100_000, 10, 12, 100));

    @Test
    void shouldNotQuoteWhatIsNoJson() {
        byte[] utf8 = "{\"service\":\"cart\",\"tags\":{\"password\":hunter2}}".getBytes(UTF_8);

        InvalidEventException e =
                catchThrowableOfType(InvalidEventException.class, () -> parser.parse(utf8, 0, utf8.length));

        assertThat(e).hasMessageContaining("a value is expected").hasMessageNotContaining("hunter2");
    }

    @Test
    void shouldReadEveryField() throws InvalidEventException {
        ErrorEventDraft draft = parse("""
                        {"service":"cart","eventId":"e-1","environment":"prod","release":"1.2",
                         "commit":"3B18E512DBA79E4C8300DD08AEB37F8E728B8DAD","platform":"Java","severity":"HIGH",
                         "occurredAt":"2026-11-22T10:15:30.123+01:00","traceId":"4BF92F3577B34DA6A3CE929D0E0E4736",
                         "exceptions":[{"type":"a.E","message":"m","frames":[
                           {"module":"java.base/java.util.List","function":"of","file":"src/List.java","line":7,"inApp":true}]}],
                         "tags":{"a":"b","n":7,"t":true,"z":null},
                         "reproduction":{"selector":"a.BTest#c","module":"sub/mod"}}
                        """).draft();

        assertThat(draft.service()).isEqualTo("cart");
        assertThat(draft.eventId()).contains("e-1");
        assertThat(draft.environment()).isEqualTo("prod");
        assertThat(draft.release()).contains("1.2");
        assertThat(draft.commit()).contains("3b18e512dba79e4c8300dd08aeb37f8e728b8dad");
        assertThat(draft.platform()).isEqualTo("java");
        assertThat(draft.severity()).isEqualTo(Severity.HIGH);
        assertThat(draft.occurredAt()).contains(Instant.parse("2026-11-22T09:15:30.123Z"));
        assertThat(draft.protocol()).isEqualTo(IntakeProtocol.JSON);
        assertThat(draft.traceId()).contains("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(draft.exceptions())
                .containsExactly(new ExceptionInfo(
                        "a.E", "m", java.util.List.of(new StackFrame("java.util.List", "of", "List.java", 7, true))));
        assertThat(draft.tags()).containsOnly(Map.entry("a", "b"), Map.entry("n", "7"), Map.entry("t", "true"));
        assertThat(draft.reproduction()).contains(new Reproduction("a.BTest#c", "sub/mod"));
    }

    @Test
    void shouldNeedNoMoreThanServiceAndType() throws InvalidEventException {
        ParsedEvent event = parse(MINIMAL);

        assertThat(event.draft().exceptions())
                .extracting(ExceptionInfo::getType)
                .containsExactly("a.E");
        assertThat(event.draft().eventId()).isEmpty();
        assertThat(event.ignored()).isEmpty();
    }

    @Test
    void shouldReadStackTraceText() throws InvalidEventException {
        ErrorEventDraft draft = parse(
                        "{\"service\":\"cart\",\"stacktrace\":\"a.E: m\\n\\tat a.B.c(B.java:1)\\nCaused by: a.F\\n\\tat a.B.d(B.java:2)\"}")
                .draft();

        assertThat(draft.exceptions()).extracting(ExceptionInfo::getType).containsExactly("a.E", "a.F");
    }

    @ParameterizedTest
    @CsvSource({"'',python", "'\"platform\":\"python\",',python"})
    void shouldReadStackTraceTextOfOtherLanguages(String platform, String expected) throws InvalidEventException {
        ErrorEventDraft draft = parse(
                        "{\"service\":\"cart\"," + platform
                                + "\"stacktrace\":\"Traceback (most recent call last):\\n  File \\\"cart.py\\\", line 7, in total\\nKeyError: 'x'\"}")
                .draft();

        assertThat(draft.platform()).isEqualTo(expected);
        assertThat(draft.exceptions())
                .containsExactly(new ExceptionInfo(
                        "KeyError", "'x'", java.util.List.of(new StackFrame("cart", "total", "cart.py", 7, true))));
    }

    @Test
    void shouldNameFieldsItDoesNotKnow() throws InvalidEventException {
        ParsedEvent event = parse(
                "{\"service\":\"cart\",\"sevrity\":1,\"exceptions\":[{\"type\":\"a.E\",\"a/b\":1,\"frames\":[{\"module\":\"m\",\"function\":\"f\",\"col\":1}]}]}");

        assertThat(event.ignored())
                .containsExactlyInAnyOrder("/sevrity", "/exceptions/0/a~1b", "/exceptions/0/frames/0/col");
    }

    @Test
    void shouldNameAFieldOfEachFrameOnce() throws InvalidEventException {
        String frame = "{\"module\":\"m\",\"function\":\"f\",\"col\":1}";

        assertThat(parse("{\"service\":\"cart\",\"exceptions\":[{\"type\":\"a.E\",\"frames\":[" + frame + "," + frame
                                + "]}]}")
                        .ignored())
                .containsExactly("/exceptions/0/frames/0/col");
    }

    @ParameterizedTest
    @CsvSource({"31, 31", "32, 32", "33, 32"})
    void shouldNameABoundedNumberOfFields(int sent, int named) throws InvalidEventException {
        String fields =
                IntStream.range(0, sent).mapToObj(i -> "\"f" + i + "\":1").collect(Collectors.joining(","));

        assertThat(parse(with(fields)).ignored()).hasSize(named);
    }

    @ParameterizedTest
    @CsvSource({"a.Oops: no, 1", "a.Oops: no\\n\\tat a.B.c(B.java:1), 0", "a.Oops: no\\n  in a.B#c, 1"})
    void shouldNoteAStackTraceWithoutAFrame(String trace, int notes) throws InvalidEventException {
        assertThat(parse("{\"service\":\"cart\",\"stacktrace\":\"" + trace + "\"}")
                        .notes())
                .hasSize(notes)
                .allSatisfy(note -> assertThat(note.field()).isEqualTo("/stacktrace"))
                .allSatisfy(note -> assertThat(note.message()).doesNotContain("Oops"));
    }

    @ParameterizedTest
    @CsvSource({"Cart Service, cart-service", "Cart, cart", "The Cart, checkout", "cart, cart"})
    void shouldBringTheServicesNameIntoForm(String sent, String expected) throws InvalidEventException {
        Project project = new Project("7", Optional.of("shop"), Map.of("The Cart", "checkout"), Optional.empty());
        byte[] event = MINIMAL.replace("cart", sent).getBytes(UTF_8);

        assertThat(parser.parse(event, 0, event.length, project).draft().service())
                .isEqualTo(expected);
    }

    @Test
    void shouldTakeTheProjectsServiceWhenTheEventNamesNone() throws InvalidEventException {
        Project project = new Project("7", Optional.of("shop"), Map.of(), Optional.empty());
        byte[] event = "{\"exceptions\":[{\"type\":\"a.E\"}]}".getBytes(UTF_8);

        assertThat(parser.parse(event, 0, event.length, project).draft().service())
                .isEqualTo("shop");
    }

    @Test
    void shouldReadTheFingerprint() throws InvalidEventException {
        assertThat(parse(with("\"fingerprint\":[\"{{ default }}\",\"tenant-7\"]"))
                        .draft()
                        .fingerprint())
                .containsExactly("{{ default }}", "tenant-7");
    }

    @ParameterizedTest
    @CsvSource({
        "1795342530123, 2026-11-22T10:15:30.123Z",
        "1795342530.123, 2026-11-22T10:15:30.123Z",
        "1795342530, 2026-11-22T10:15:30Z",
        "0, 1970-01-01T00:00:00Z",
        "\"1971-01-01T00:00:00Z\", 1971-01-01T00:00:00Z",
        "\"2026-11-22T10:15:30Z\", 2026-11-22T10:15:30Z"
    })
    void shouldReadTime(String json, Instant expected) throws InvalidEventException {
        assertThat(parse(with("\"occurredAt\":" + json)).draft().occurredAt()).contains(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "/service|{\"exceptions\":[{\"type\":\"a.E\"}]}",
                "/service|{\"service\":null,\"exceptions\":[{\"type\":\"a.E\"}]}",
                "/service|{\"service\":\"--\",\"exceptions\":[{\"type\":\"a.E\"}]}",
                "/service|{\"service\":\"\",\"exceptions\":[{\"type\":\"a.E\"}]}",
                "/service|{\"service\":7,\"exceptions\":[{\"type\":\"a.E\"}]}",
                "/fingerprint|{\"service\":\"cart\",\"fingerprint\":\"a\",\"exceptions\":[{\"type\":\"a.E\"}]}",
                "/fingerprint|{\"service\":\"cart\",\"fingerprint\":[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17],\"exceptions\":[{\"type\":\"a.E\"}]}",
                "/fingerprint/1|{\"service\":\"cart\",\"fingerprint\":[\"a\",2],\"exceptions\":[{\"type\":\"a.E\"}]}",
                "/exceptions|{\"service\":\"cart\"}",
                "/exceptions|{\"service\":\"cart\",\"exceptions\":[]}",
                "/exceptions|{\"service\":\"cart\",\"exceptions\":{}}",
                "/exceptions/0|{\"service\":\"cart\",\"exceptions\":[\"a.E\"]}",
                "/exceptions/0/type|{\"service\":\"cart\",\"exceptions\":[{}]}",
                "/exceptions/0/type|{\"service\":\"cart\",\"exceptions\":[{\"type\":\" \"}]}",
                "/exceptions/1/type|{\"service\":\"cart\",\"exceptions\":[{\"type\":\"a\"},{\"type\":[]}]}",
                "/exceptions/0/message|{\"service\":\"cart\",\"exceptions\":[{\"type\":\"a\",\"message\":7}]}",
                "/exceptions/0/frames|{\"service\":\"cart\",\"exceptions\":[{\"type\":\"a\",\"frames\":\"x\"}]}",
                "/exceptions/0/frames/0/module|{\"service\":\"cart\",\"exceptions\":[{\"type\":\"a\",\"frames\":[{}]}]}",
                "/exceptions/0/frames/0/line|{\"service\":\"cart\",\"exceptions\":[{\"type\":\"a\",\"frames\":[{\"module\":\"m\",\"function\":\"f\",\"line\":1.5}]}]}",
                "/exceptions/0/frames/0/line|{\"service\":\"cart\",\"exceptions\":[{\"type\":\"a\",\"frames\":[{\"module\":\"m\",\"function\":\"f\",\"line\":99999999999}]}]}",
                "/exceptions/0/frames/0/inApp|{\"service\":\"cart\",\"exceptions\":[{\"type\":\"a\",\"frames\":[{\"module\":\"m\",\"function\":\"f\",\"inApp\":\"yes\"}]}]}",
                "/stacktrace|{\"service\":\"cart\",\"stacktrace\":\"all is well\"}",
                "/stacktrace|{\"service\":\"cart\",\"stacktrace\":\"nonsense\"}",
                "/stacktrace|{\"service\":\"cart\",\"stacktrace\":\"nonsense: at all\"}",
                "/stacktrace|{\"service\":\"cart\",\"stacktrace\":\"nonsense\\nCaused by: nonsense\"}",
                "/stacktrace|{\"service\":\"cart\",\"platform\":\"javascript\",\"stacktrace\":\"nonsense\"}",
                "/stacktrace|{\"service\":\"cart\",\"platform\":\"python\",\"stacktrace\":\"nonsense\"}",
                "/stacktrace|{\"service\":\"cart\",\"platform\":\"go\",\"stacktrace\":\"nonsense\"}",
                "/stacktrace|{\"service\":\"cart\",\"platform\":\"csharp\",\"stacktrace\":\"nonsense\"}",
                "/stacktrace|{\"service\":\"cart\",\"stacktrace\":\"a.E: x\",\"exceptions\":[{\"type\":\"a\"}]}",
                "/stacktrace|{\"service\":\"cart\",\"platform\":\"python\",\"stacktrace\":\"Traceback\"}"
            })
    void shouldNameTheFieldThatIsWrong(String field, String json) {
        assertThat(refusal(json).field()).isEqualTo(field);
        assertThat(refusal(json).reason()).isEqualTo(Reason.INVALID);
    }

    /** A trace that was cut off, or none where the JVM has no room for one, is an error all the same. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "OutOfMemoryError",
                "java.lang.OutOfMemoryError: Java heap space",
                "a.Oops",
                "Oops\\n\\tat a.B.c(B.java:1)"
            })
    void shouldTakeAHeaderAloneWhenItNamesAnException(String trace) throws InvalidEventException {
        assertThat(parse("{\"service\":\"cart\",\"stacktrace\":\"" + trace + "\"}"))
                .isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "/eventId|\"eventId\":\"a b\"",
                "/eventId|\"eventId\":\"\"",
                "/environment|\"environment\":[]",
                "/commit|\"commit\":\"abc123\"",
                "/commit|\"commit\":\"../../etc/passwd\"",
                "/platform|\"platform\":\"cobol\"",
                "/severity|\"severity\":\"fatal\"",
                "/occurredAt|\"occurredAt\":\"yesterday\"",
                "/occurredAt|\"occurredAt\":\"2026-11-22T10:15:30\"",
                "/occurredAt|\"occurredAt\":-1",
                "/occurredAt|\"occurredAt\":1e300",
                "/occurredAt|\"occurredAt\":true",
                "/occurredAt|\"occurredAt\":\"+999999999-01-01T00:00:00Z\"",
                "/traceId|\"traceId\":\"00000000000000000000000000000000\"",
                "/traceId|\"traceId\":\"xyz\"",
                "/tags|\"tags\":[]",
                "/tags/a|\"tags\":{\"a\":{}}",
                "/tags/a~1b|\"tags\":{\"a/b\":[]}",
                "/reproduction|\"reproduction\":\"a.B#c\"",
                "/reproduction/selector|\"reproduction\":{}",
                "/reproduction/selector|\"reproduction\":{\"selector\":\"a.B#c; rm -rf x\"}",
                "/reproduction/module|\"reproduction\":{\"selector\":\"a.B\",\"module\":\"../x\"}",
                "/reproduction/module|\"reproduction\":{\"selector\":\"a.B\",\"module\":\"/x\"}",
                "/reproduction/module|\"reproduction\":{\"selector\":\"a.B\",\"module\":\"a/../../x\"}",
                "/reproduction/module|\"reproduction\":{\"selector\":\"a.B\",\"module\":\"a\\\\b\"}"
            })
    void shouldNameTheOptionalFieldThatIsWrong(String field, String member) {
        assertThat(refusal(with(member)).field()).isEqualTo(field);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "''|{",
                "''|not json",
                "''|{} {}",
                "/service|{\"service\":",
                "/service|{\"service\":\"a\",\"service\":\"b\"}",
                "/exceptions/0/type|{\"exceptions\":[{\"type\":tru}]}",
                "/occurredAt|{\"occurredAt\":NaN}"
            })
    void shouldTellWhereJsonIsBroken(String field, String json) {
        InvalidEventException refusal = refusal(json);

        assertThat(refusal.reason()).isEqualTo(Reason.MALFORMED);
        assertThat(refusal.field()).isEqualTo(field.replace("''", ""));
        assertThat(refusal).hasMessageContaining("at column");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {"|", "[]|an array", "null|null", "7|a number", "\"x\"|a string"})
    void shouldRefuseWhatIsNoObject(String json, String kind) {
        String text = json == null ? "" : json;

        assertThat(refusal(text).field()).isEmpty();
    }

    @Test
    void shouldRefuseBytesThatAreNoUtf8() {
        byte[] bytes = "{\"service\":\"x\"}".getBytes(UTF_8);
        bytes[12] = (byte) 0xff;

        assertThat(refusal(bytes).reason()).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void shouldRefuseEventThatIsTooLong() {
        assertThat(refusal(with("\"release\":\"" + "x".repeat(100_000) + "\"")).reason())
                .isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void shouldRefuseEventThatIsTooDeep() {
        assertThat(refusal(with("\"x\":" + "[".repeat(20) + "]".repeat(20))).reason())
                .isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void shouldRefuseEventWithTooManyFrames() {
        String frames = "{\"module\":\"m\",\"function\":\"f\"},".repeat(101);
        InvalidEventException refusal = refusal("{\"service\":\"cart\",\"exceptions\":[{\"type\":\"a.E\",\"frames\":["
                + frames.substring(0, frames.length() - 1) + "]}]}");

        assertThat(refusal.reason()).isEqualTo(Reason.TOO_LARGE);
        assertThat(refusal.field()).isEqualTo("/exceptions/0/frames");
    }

    @Test
    void shouldNeverQuoteTheValue() {
        assertThat(refusal(with("\"commit\":\"hunter2\""))).hasMessageNotContaining("hunter2");
    }

    private ParsedEvent parse(String json) throws InvalidEventException {
        byte[] bytes = json.getBytes(UTF_8);
        return parser.parse(bytes, 0, bytes.length);
    }

    private InvalidEventException refusal(String json) {
        return refusal(json.getBytes(UTF_8));
    }

    private InvalidEventException refusal(byte[] bytes) {
        InvalidEventException refusal =
                catchThrowableOfType(InvalidEventException.class, () -> parser.parse(bytes, 0, bytes.length));
        assertThat(refusal).isNotNull();
        return refusal;
    }

    private static String with(String member) {
        return MINIMAL.substring(0, MINIMAL.length() - 1) + "," + member + "}";
    }
}
