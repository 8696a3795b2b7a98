package dev.selfheal.ingest.stacktrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.selfheal.event.ExceptionInfo;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for the parsers of all languages. */
class StackTraceParserTest {

    private static final List<String> PLATFORMS = List.of("java", "python", "javascript", "go", "csharp");
    private static final long SEED = 20_261_122L;
    private static final int MUTANTS = 400;

    @ParameterizedTest
    @CsvSource({
        "python-cause, python",
        "python-group, python",
        "node-cause, javascript",
        "node-lib, javascript",
        "firefox, javascript",
        "go-panic, go",
        "go-stack, go",
        "csharp-inner, csharp",
        "csharp-framework, csharp"
    })
    void shouldTellTheLanguage(String fixture, String platform) {
        assertThat(TraceLanguage.of(TraceFixtures.text(fixture))).isEqualTo(platform);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "java.lang.Error: x\n\tat a.B.c(B.java:1)\n",
                "org.example.E: at 10:20:30\n\tat app//a.B.c(B.java:1)\nCaused by: a.F\n\t... 1 more\n"
            })
    void shouldTakeAnythingElseForJava(String text) {
        assertThat(TraceLanguage.of(text)).isEqualTo("java");
    }

    @Test
    void shouldHaveNoParserForOtherPlatforms() {
        assertThat(StackTraceParser.of("other")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("platforms")
    void shouldNeverFailWhateverTheTextIs(String platform) {
        StackTraceParser parser = StackTraceParser.of(platform).orElseThrow();
        Random random = new Random(SEED);

        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            for (String fixture : TraceFixtures.names()) {
                String text = TraceFixtures.text(fixture);
                for (int i = 0; i < MUTANTS; i++) {
                    text = i % 20 == 0 ? TraceFixtures.text(fixture) : mutated(text, random);
                    assertThat(wellFormed(parser.parse(text))).isTrue();
                }
            }
        });
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void shouldTakeLinearTime(String platform, String text) {
        StackTraceParser parser = StackTraceParser.of(platform).orElseThrow();

        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            TraceLanguage.of(text);
            assertThat(wellFormed(parser.parse(text))).isTrue();
        });
    }

    private static Stream<String> platforms() {
        return PLATFORMS.stream();
    }

    private static Stream<Arguments> hostile() {
        int size = 1 << 20;
        List<String> texts = List.of(
                " ".repeat(size),
                "a".repeat(size),
                "at ".repeat(size / 3),
                "    at " + "(".repeat(size),
                "    at a (" + "eval at b (".repeat(size / 11),
                "    at " + "a.".repeat(size / 2) + "()",
                "E: x\n" + "    at f (/a.js:1:1)\n".repeat(size / 21),
                "E\n" + " ---> System.E: x\n".repeat(size / 18),
                ("    at " + ") in ".repeat(600) + "\n").repeat(size / 3_008),
                "E: " + "---> a: ".repeat(size / 8),
                "E\n" + "[cause]: E: x\n".repeat(size / 14),
                "Traceback (most recent call last):\n".repeat(size / 35),
                "Traceback (most recent call last):\n  File \"" + "/".repeat(size),
                "goroutine 1 [running]:\n" + "panic(\n\ta.go:1\n".repeat(size / 15),
                "goroutine 1 [" + "x".repeat(size),
                "a@".repeat(size / 2),
                ":1:1".repeat(size / 4));
        return PLATFORMS.stream().flatMap(platform -> texts.stream().map(text -> Arguments.of(platform, text)));
    }

    private static String mutated(String text, Random random) {
        if (text.isEmpty()) {
            return "x";
        }
        int from = random.nextInt(text.length());
        int to = Math.min(text.length(), from + random.nextInt(40));
        String piece = text.substring(from, to);
        return switch (random.nextInt(5)) {
            case 0 -> text.substring(0, from) + text.substring(to);
            case 1 -> text.substring(0, to) + piece + text.substring(to);
            case 2 -> text.substring(0, from) + (char) random.nextInt(0xffff) + text.substring(from);
            case 3 -> text.substring(0, from);
            default -> text.substring(0, from) + "\n" + piece + text.substring(random.nextInt(text.length()));
        };
    }

    private static boolean wellFormed(List<ExceptionInfo> chain) {
        return chain.size() <= StackTraceParser.MAX_CAUSES
                && chain.stream()
                        .allMatch(exception -> !exception.getType().isEmpty()
                                && exception.getFrames().size() <= StackTraceParser.MAX_FRAMES
                                && exception.getFrames().stream()
                                        .noneMatch(frame -> frame.getModule().isEmpty()
                                                || frame.getFunction().isEmpty()
                                                || frame.getLine() < -2));
    }
}
