package dev.selfheal.ingest.sentry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.selfheal.event.ExceptionInfo;
import dev.selfheal.event.IntakeProtocol;
import dev.selfheal.event.Severity;
import dev.selfheal.event.StackFrame;
import dev.selfheal.ingest.draft.ErrorEventDraft;
import dev.selfheal.ingest.draft.InvalidEventException;
import dev.selfheal.ingest.draft.InvalidEventException.Reason;
import dev.selfheal.ingest.draft.Limits;
import dev.selfheal.ingest.project.Project;
import dev.selfheal.ingest.scrub.DraftScrubber;
import dev.selfheal.scrub.ScrubCount;
import dev.selfheal.scrub.Scrubber;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SentryEventParserTest {

    private static final Limits LIMITS = new Limits(1 << 20, 100_000, 10, 16, 100);

    private static final Project BASKET =
            new Project("2", Optional.of("basket"), Map.of("The Cart", "checkout"), Optional.empty());

    private final SentryEventParser parser = new SentryEventParser(LIMITS);

    @Test
    void shouldReadTheJavaSdksHandledException() throws InvalidEventException {
        ErrorEventDraft draft = fixture("java-handled");

        assertThat(draft.service()).isEqualTo("cart");
        assertThat(draft.eventId()).contains("6267d27fbc8d49519c4ffa3437812d1b");
        assertThat(draft.environment()).isEqualTo("prod");
        assertThat(draft.release()).contains("cart@1.2.3");
        assertThat(draft.platform()).isEqualTo("java");
        assertThat(draft.severity()).isEqualTo(Severity.MEDIUM);
        assertThat(draft.occurredAt()).contains(Instant.parse("2026-11-22T18:21:43.985Z"));
        assertThat(draft.protocol()).isEqualTo(IntakeProtocol.SENTRY);
        assertThat(draft.traceId()).contains("bf9307ac19de41a991d4634edb61172d");
        assertThat(draft.tags()).isEqualTo(Map.of("service", "cart", "server_name", "localhost"));
        assertThat(draft.exceptions())
                .containsExactly(
                        new ExceptionInfo(
                                "java.lang.IllegalStateException",
                                "no price",
                                List.of(new StackFrame("App", "main", "App.java", 7, false))),
                        new ExceptionInfo(
                                "java.lang.NullPointerException",
                                "Cannot invoke \"String.length()\" because \"<parameter1>\" is null",
                                List.of(
                                        new StackFrame("App$Cart", "total", "App.java", 3, false),
                                        new StackFrame("App", "main", "App.java", 7, false))));
    }

    @Test
    void shouldTakeAnUncaughtExceptionForCritical() throws InvalidEventException {
        assertThat(fixture("java-uncaught").severity()).isEqualTo(Severity.CRITICAL);
    }

    @Test
    void shouldIgnoreAMessageWithoutException() throws InvalidEventException {
        assertThat(event("java-message")).isEmpty();
    }

    @Test
    void shouldReadTheNodeSdksException() throws InvalidEventException {
        ErrorEventDraft draft = fixture("node-handled");

        assertThat(draft.platform()).isEqualTo("javascript");
        assertThat(draft.occurredAt()).contains(Instant.parse("2026-11-22T18:21:43.216Z"));
        assertThat(draft.exceptions()).extracting(ExceptionInfo::getType).containsExactly("CartError", "TypeError");
        assertThat(draft.rootCause().getFrames())
                .startsWith(
                        new StackFrame("cart/app", "total", "app.js", 4, true),
                        new StackFrame("cart/app", "price", "app.js", 5, true),
                        new StackFrame("cart/app", "Object.<anonymous>", "app.js", 6, true),
                        new StackFrame("internal/modules/cjs/loader", "Module._compile", "loader", 1521, false));
        assertThat(draft.rootCause().getFrames())
                .extracting(StackFrame::getFunction)
                .contains("Function.executeUserEntryPoint");
    }

    @Test
    void shouldInferOwnFramesByPathWhenPythonDoesNotSay() throws InvalidEventException {
        ErrorEventDraft draft = parse("""
                {"platform":"python","exception":{"values":[{"type":"KeyError","module":"builtins","value":"'price'",
                 "stacktrace":{"frames":[
                  {"filename":"flask/app.py","abs_path":"/srv/.venv/lib/python3.11/site-packages/flask/app.py","module":"flask.app","function":"dispatch","lineno":99},
                  {"filename":"shop/cart.py","abs_path":"/srv/shop/cart.py","function":"total","lineno":5},
                  {"filename":"json/decoder.py","abs_path":"/usr/lib/python3.11/json/decoder.py","module":"json.decoder","function":"decode","lineno":9,"in_app":true}]}}]}}
                """);

        assertThat(draft.rootCause())
                .isEqualTo(new ExceptionInfo(
                        "KeyError",
                        "'price'",
                        List.of(
                                new StackFrame("json.decoder", "decode", "decoder.py", 9, true),
                                new StackFrame("shop.cart", "total", "cart.py", 5, true),
                                new StackFrame("flask.app", "dispatch", "app.py", 99, false))));
    }

    /** Then configured packages have no say. */
    @Test
    void shouldTellWhetherTheSenderCalledAnyFrameItsOwn() throws InvalidEventException {
        String event = """
                {"platform":"python","exception":{"values":[{"type":"KeyError","stacktrace":{"frames":[
                 {"abs_path":"/srv/shop/cart.py","function":"total","lineno":5%s}]}}]}}
                """;

        assertThat(parse(event.formatted("")).markedBySender()).isFalse();
        assertThat(parse(event.formatted(",\"in_app\":false")).markedBySender()).isFalse();
        assertThat(parse(event.formatted(",\"in_app\":true")).markedBySender()).isTrue();
    }

    @Test
    void shouldLeaveOutSuppressedExceptionsAndTheirCauses() throws InvalidEventException {
        ErrorEventDraft draft = parse("""
                {"platform":"java","exception":{"values":[
                  {"type":"Deep","mechanism":{"type":"chained","exception_id":3,"parent_id":2}},
                  {"type":"Root","mechanism":{"type":"chained","exception_id":1,"parent_id":0}},
                  {"type":"Close","mechanism":{"type":"suppressed","exception_id":2,"parent_id":0}},
                  {"type":"Outer","mechanism":{"type":"chained","exception_id":0}}]}}
                """);

        assertThat(draft.exceptions()).extracting(ExceptionInfo::getType).containsExactly("Outer", "Root");
    }

    @Test
    void shouldReadABareListOfExceptions() throws InvalidEventException {
        assertThat(parse("{\"exception\":[{\"type\":\"a.E\"}]}").rootCause().getType())
                .isEqualTo("a.E");
    }

    @Test
    void shouldMarkNativeFramesAndUnknownLines() throws InvalidEventException {
        List<StackFrame> frames = parse("""
                {"platform":"java","exception":{"values":[{"type":"E","stacktrace":{"frames":[
                 {"module":"java.base/a.B","function":"c","filename":"B.java","lineno":-1},
                 {"module":"a.B","function":"d","lineno":7,"native":true},{}]}}]}}
                """).rootCause().getFrames();

        assertThat(frames)
                .containsExactly(
                        new StackFrame("<unknown>", "<unknown>", null, 0, false),
                        new StackFrame("a.B", "d", null, -2, false),
                        new StackFrame("a.B", "c", "B.java", 0, false));
    }

    @ParameterizedTest
    @CsvSource({
        "1, '{}', project-1",
        "1, '{\"tags\":{\"service\":\"Cart\"}}', cart",
        "2, '{\"tags\":[[\"service\",\"cart\"]]}', cart",
        "2, '{\"tags\":[[\"service\",\"The Cart\"]]}', checkout",
        "2, '{\"tags\":{\"service\":\"?!\"}}', basket",
        "cart, '{}', cart",
        "2, '{\"release\":\"cart@1\"}', basket",
        "1, '{\"release\":\"cart@1\"}', cart",
        "1, '{\"release\":\"@acme/cart@1\"}', acme-cart",
        "1, '{\"release\":\"My Cart@1\",\"tags\":{\"service\":\"\"}}', my-cart",
        "é!, '{}', project--"
    })
    void shouldNameTheService(String project, String fields, String service) throws InvalidEventException {
        String event = fields.equals("{}") ? "{" : fields.substring(0, fields.length() - 1) + ",";

        assertThat(parse(event + "\"exception\":{\"values\":[{\"type\":\"E\"}]}}", project)
                        .service())
                .isEqualTo(service);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"3b18e512dba79e4c8300dd08aeb37f8e728b8dad", "cart@3B18E512DBA79E4C8300DD08AEB37F8E728B8DAD"})
    void shouldTakeTheCommitFromTheRelease(String release) throws InvalidEventException {
        assertThat(parse("{\"release\":\"" + release + "\",\"exception\":{\"values\":[{\"type\":\"E\"}]}}")
                        .commit())
                .contains("3b18e512dba79e4c8300dd08aeb37f8e728b8dad");
    }

    @Test
    void shouldCutOrLeaveOutWhatOnlyDescribesTheError() throws InvalidEventException {
        ErrorEventDraft draft = scrubbed("{\"timestamp\":\"yesterday\",\"level\":7,\"release\":[],\"environment\":\""
                + "e".repeat(9_000) + "\",\"contexts\":{\"trace\":{\"trace_id\":\"zz\"}},\"tags\":{\"a\":{},\"b\":\""
                + "v".repeat(9_000) + "\",\"\":\"x\"},\"exception\":{\"values\":[{\"type\":\"E\"}]}}");

        assertThat(draft.occurredAt()).isEmpty();
        assertThat(draft.release()).isEmpty();
        assertThat(draft.environment()).hasSize(256);
        assertThat(draft.traceId()).isEmpty();
        assertThat(draft.tags()).containsOnlyKeys("b");
        assertThat(draft.tags().get("b")).hasSize(1_024);
    }

    @Test
    void shouldKeepNoMoreThan64Tags() throws InvalidEventException {
        StringBuilder tags = new StringBuilder("\"t0\":\"v\"");
        for (int i = 1; i < 100; i++) {
            tags.append(",\"t").append(i).append("\":\"v\"");
        }

        assertThat(parse("{\"server_name\":\"h\",\"tags\":{" + tags
                                + "},\"exception\":{\"values\":[{\"type\":\"E\"}]}}")
                        .tags())
                .hasSize(64)
                .containsKey("server_name");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{|",
                "[]|",
                "{\"event_id\":7,\"exception\":{\"values\":[{\"type\":\"E\"}]}}|/event_id",
                "{\"event_id\":\"x\",\"exception\":{\"values\":[{\"type\":\"E\"}]}}|/event_id",
                "{\"exception\":7}|/exception",
                "{\"exception\":{\"values\":7}}|/exception/values",
                "{\"exception\":{\"values\":[7]}}|/exception/values/0",
                "{\"exception\":{\"values\":[{}]}}|/exception/values/0/type",
                "{\"exception\":{\"values\":[{\"type\":\"E\",\"stacktrace\":[]}]}}|/exception/values/0/stacktrace",
                "{\"exception\":{\"values\":[{\"type\":\"E\",\"stacktrace\":{\"frames\":[1]}}]}}|/exception/values/0/stacktrace/frames/0"
            })
    void shouldNameTheFieldThatIsMalformed(String event, String field) {
        InvalidEventException e = catchThrowableOfType(InvalidEventException.class, () -> parse(event));

        assertThat(e.field()).isEqualTo(field == null ? "" : field);
        assertThat(e.reason()).isNotEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void shouldRefuseInvalidUtf8() {
        byte[] event = "{\"exception\":{\"values\":[{\"type\":\"E#\"}]}}".getBytes(UTF_8);
        event[new String(event, UTF_8).indexOf('#')] = (byte) 0xff;

        EnvelopeItem item = new EnvelopeItem(1, "event", 0, event.length);

        InvalidEventException e = catchThrowableOfType(
                InvalidEventException.class, () -> parser.parse(event, item, Project.OPEN, "1", Optional.empty()));
        assertThat(e.reason()).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void shouldTakeAsManyFramesAsAllowedAndNotOneMore() throws InvalidEventException {
        assertThat(parse(frames(100)).rootCause().getFrames()).hasSize(100);
        assertThat(catchThrowableOfType(InvalidEventException.class, () -> parse(frames(101)))
                        .reason())
                .isEqualTo(Reason.TOO_LARGE);
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 30_000})
    void shouldRefuseDeepNesting(int depth) {
        String event = "{\"extra\":" + "[".repeat(depth) + "]".repeat(depth) + "}";

        assertThat(catchThrowableOfType(InvalidEventException.class, () -> parse(event))
                        .reason())
                .isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void shouldRefuseAnEventOverItsLimit() {
        assertThat(catchThrowableOfType(
                                InvalidEventException.class, () -> parse("{\"x\":\"" + "x".repeat(100_000) + "\"}"))
                        .reason())
                .isEqualTo(Reason.TOO_LARGE);
    }

    private static String frames(int count) {
        return "{\"exception\":{\"values\":[{\"type\":\"E\",\"stacktrace\":{\"frames\":[" + "{},".repeat(count - 1)
                + "{}]}}]}}";
    }

    @Test
    void shouldReadTheFingerprintAndCutItToOurBounds() throws InvalidEventException {
        String parts = "[\"{{ default }}\",7,null,{},\"" + "x".repeat(9_000) + "\"" + ",\"y\"".repeat(20) + "]";
        ErrorEventDraft draft =
                scrubbed("{\"fingerprint\":" + parts + ",\"exception\":{\"values\":[{\"type\":\"a.E\"}]}}");

        assertThat(draft.fingerprint())
                .hasSize(16)
                .startsWith("{{ default }}", "7", "x".repeat(256))
                .endsWith("y");
    }

    @Test
    void shouldPassOverAFingerprintThatIsNone() throws InvalidEventException {
        assertThat(parse("{\"fingerprint\":\"a\",\"exception\":{\"values\":[{\"type\":\"a.E\"}]}}")
                        .fingerprint())
                .isEmpty();
    }

    /** What a secret may stand in is cut once it is scrubbed. */
    private ErrorEventDraft scrubbed(String json) throws InvalidEventException {
        ErrorEventDraft draft = parse(json);
        assertThat(draft.environment()).hasSizeLessThan(5_000);
        assertThat(draft.tags().values()).allMatch(value -> value.length() < 6_000);
        assertThat(draft.fingerprint()).allMatch(part -> part.length() < 5_000);
        return new DraftScrubber(new Scrubber(List.of())).scrub(draft, new ScrubCount());
    }

    private ErrorEventDraft fixture(String name) throws InvalidEventException {
        return event(name).orElseThrow();
    }

    private Optional<ErrorEventDraft> event(String name) throws InvalidEventException {
        byte[] body = SentryFixtures.envelope(name);
        Envelope envelope = new EnvelopeParser(LIMITS).parse(body);
        EnvelopeItem item = envelope.items().get(0);
        return parser.parse(body, item, Project.OPEN, "1", envelope.eventId());
    }

    private ErrorEventDraft parse(String event) throws InvalidEventException {
        return parse(event, "1");
    }

    private ErrorEventDraft parse(String event, String path) throws InvalidEventException {
        byte[] utf8 = event.getBytes(UTF_8);
        EnvelopeItem item = new EnvelopeItem(1, "event", 0, utf8.length);
        Project of = path.equals("2") ? BASKET : Project.OPEN;
        return parser.parse(utf8, item, of, path, Optional.empty()).orElseThrow();
    }
}
