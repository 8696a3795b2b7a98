package dev.selfheal.ingest.grouping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.ingest.grouping.MessageTemplate.Outline;
import dev.selfheal.ingest.grouping.MessageTemplate.Rule;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A rule that is not tried must be one that cannot match. */
class MessageTemplateHintsTest {

    private static final int TEXTS = 20_000;

    /** What the rules look for, and what stands around it. */
    private static final List<String> PIECES = List.of(
            "[Source: (String)\"{\"; line: 1, column: 2]",
            "2026-11-23T07:15:00.123Z",
            "2026-11-23",
            "Mon Nov 23 07:15:00 UTC 2026",
            "07:15:00,5",
            "123e4567-e89b-12d3-a456-426614174000",
            "abcdefab-abcd-abcd-abcd-abcdefabcdef",
            "https://example.org/a?b=c",
            "\"quoted\"",
            "'com.example.Cart'",
            "'two words'",
            "`tick`",
            "\u201cround\u201d",
            "C:\\Users\\x",
            "/var/lib/app/file.txt",
            "../a/b",
            "10.0.0.1:8080",
            "Object@1f2e3d",
            "0xCAFE",
            "0Xcafe",
            "01ARZ3NDEKTSV4RRFFQ69G5FAV",
            "deadbeef1",
            "-12.5e3",
            "x7y",
            "NaN",
            "-Infinity",
            "[a, b]",
            "[scrubbed:email]",
            "Cart[id=1, name=x]",
            "{a=1}",
            "q=(text)",
            "<num>, <num>,<num>",
            " ",
            "  ",
            "\t",
            "\n",
            "\r",
            "\f",
            "\u000b",
            "\u00a0",
            "word",
            ",",
            ":",
            "-",
            ".",
            "=",
            "\u0663\u0664",
            "\ud83d\ude00");

    private final Random random = new Random(20261123);

    @Test
    void shouldHoldAHintWhereverARuleMatches() {
        long matches = 0;
        for (int i = 0; i < TEXTS; i++) {
            String text = text();
            for (Rule rule : MessageTemplate.RULES) {
                if (rule.pattern().matcher(text).find()) {
                    matches++;
                    assertThat(rule.mayMatch(Outline.of(text)) ? text : rule.apply(text))
                            .as("%s on %s", rule, text)
                            .isEqualTo(text);
                }
            }
        }
        assertThat(matches).isGreaterThan(TEXTS);
    }

    @Test
    void shouldMatchEachRuleInSomeText() {
        for (Rule rule : MessageTemplate.RULES) {
            boolean found = false;
            for (int i = 0; i < TEXTS && !found; i++) {
                found = rule.pattern().matcher(text()).find();
            }
            assertThat(found).as("%s is tried by these texts", rule).isTrue();
        }
    }

    @Test
    void shouldReplaceTheSameAsEveryRuleInTurn() {
        for (int i = 0; i < TEXTS; i++) {
            String text = text();
            String expected = text;
            for (Rule rule : MessageTemplate.RULES) {
                expected = rule.apply(expected);
            }
            if (HelpfulNullMessage.normalise(text).isEmpty()) {
                assertThat(MessageTemplate.of(text)).isEqualTo(expected.strip());
            }
        }
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int left = 1 + random.nextInt(6); left > 0; left--) {
            String piece = PIECES.get(random.nextInt(PIECES.size()));
            int cut = random.nextInt(8) == 0 ? random.nextInt(piece.length() + 1) : piece.length();
            text.append(piece, 0, cut).append(random.nextBoolean() ? " " : "");
        }
        return text.toString();
    }
}
