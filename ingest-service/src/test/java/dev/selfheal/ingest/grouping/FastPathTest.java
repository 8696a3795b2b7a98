package dev.selfheal.ingest.grouping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is left out because it cannot match changes no name and no message. */
class FastPathTest {

    private static final int TEXTS = 4_000;
    private static final List<String> NAMES = List.of(
            "org.example.",
            "Cart",
            "$$Lambda",
            "$$Lambda$14/0x00000008",
            "$",
            "$$",
            "$$EnhancerBySpring",
            "$$FastClassBy",
            "_$$_jvst",
            "$HibernateProxy$",
            "com.sun.proxy.$Proxy",
            "jdk.proxy2.$Proxy14",
            "GeneratedMethodAccessor27",
            "$3",
            "_closure7",
            "__4711",
            "_ClientProxy",
            ".8f3b2c1d",
            "-BfG3x9Qk",
            "lambda$main$3",
            "main$lambda$3",
            "$anonfun$main$3",
            "access$000",
            "CGLIB$save$4",
            "_aroundBody2",
            "save$$superforward1",
            "Serve.func2.1",
            "é");
    private static final List<String> WORDS = List.of(
            "[Source: (String)\"{}\"; line: 1, column: 2]",
            "2026-11-22T10:15:30.123Z",
            "Sun Nov 22 10:15:30 CET 2026",
            "10:15:30,5",
            "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
            "https://example.org/a?b=c",
            "\"",
            "'a'",
            "`b`",
            "\u201cc\u201d",
            "C:\\data\\x.db",
            "/var/lib/app",
            "10.0.0.1:80",
            "Lock@1b2c3d",
            "0xCAFE",
            "0Xbabe",
            "01ARZ3NDEKTSV4RRFFQ69G5FAV",
            "deadbeef01",
            "-3e7",
            "NaN",
            "-Infinity",
            "[a, b]",
            "User[name=Jo]",
            "Item(id=A)",
            "{a=b}",
            "=(x)",
            "1, 2,3",
            "a \u00a0 b",
            "\t",
            "  ",
            " ",
            ", ",
            "\n",
            "é\u2028");

    @Test
    void shouldLeaveOutOnlyNameRulesThatChangeNothing() {
        names().forEach(name -> Stream.of(FrameNames.MODULES, FrameNames.FUNCTIONS)
                .flatMap(List::stream)
                .forEach(rule -> assertThat(rule.apply(name))
                        .as("%s on %s", rule.pattern(), name)
                        .isEqualTo(rule.search(name))));
    }

    @Test
    void shouldNameAModuleTheSameWhetherSeenBeforeOrNot() {
        names().forEach(name -> {
            String expected = name;
            for (FrameNames.Rule rule : FrameNames.MODULES) {
                expected = rule.search(expected);
            }
            assertThat(FrameNames.module(name)).isEqualTo(expected);
            assertThat(FrameNames.module(name)).isEqualTo(expected);
        });
    }

    @Test
    void shouldLeaveOutOnlyMessageRulesThatChangeNothing() {
        RandomTexts.of(WORDS, TEXTS).forEach(text -> {
            int signs = TextSigns.of(text);
            for (MessageTemplate.Rule rule : MessageTemplate.RULES) {
                if (!rule.mayMatch(signs)) {
                    assertThat(rule.apply(text)).as("%s", rule.pattern()).isEqualTo(text);
                }
            }
        });
    }

    @Test
    void shouldMakeTheSameTemplateAsEveryRuleInTurn() {
        RandomTexts.of(WORDS, TEXTS).forEach(text -> {
            String expected = text;
            for (MessageTemplate.Rule rule : MessageTemplate.RULES) {
                expected = rule.apply(expected);
            }
            assertThat(MessageTemplate.of(text)).isEqualTo(expected.strip());
        });
    }

    private static Stream<String> names() {
        return RandomTexts.of(NAMES, TEXTS);
    }
}
