package dev.selfheal.ingest.scrub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left out because it cannot match hides no secret. */
class ScrubRuleTest {

    private static final int TEXTS = 4_000;
    private static final String ALNUM = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJ";
    private static final List<String> PIECES = List.of(
            "-----BEGIN RSA PRIVATE KEY-----",
            "-----END RSA PRIVATE KEY-----",
            "Authorization: ",
            "BEARER ",
            "bearer ",
            "basic ",
            "eyJ" + ALNUM + ".",
            "sk-ant-",
            "sk-",
            "sk_live_",
            "pk_test_",
            "ghp_",
            "github_pat_",
            "glpat-",
            "npm_",
            "xoxb-",
            "xapp-",
            "hooks.slack.com/services/",
            "AIza",
            "ya29.",
            "AKIA" + "IOSFODNN7EXAMPLE",
            "postgres://app:",
            "@db",
            "PassWord=",
            "pwd: ",
            "api_key=",
            "toKen=",
            "to\u212aen=a1b2c3d4e5",
            "\u0130\u017f",
            "credentials: ",
            "jane.doe@example.org",
            "4111 1111 1111 1111",
            "5500-0000-0000-0004",
            ALNUM,
            "0123456789",
            "[scrubbed:email]",
            "{",
            "`",
            "~",
            "\u007f",
            "\n",
            " ");

    @Test
    void shouldLeaveOutOnlyRulesThatFindNothing() {
        texts().forEach(text -> {
            SearchedText searched = new SearchedText(text);
            for (ScrubRule rule : BuiltInRules.all()) {
                if (!rule.mayBeIn(searched)) {
                    assertThat(Scrubber.apply(rule, text, new ScrubCount()))
                            .as(rule.kind())
                            .isEqualTo(text);
                }
            }
        });
    }

    @Test
    void shouldScrubTheSameAsEveryRuleInTurn() {
        Scrubber scrubber = new Scrubber(List.of());
        texts().forEach(text -> {
            ScrubCount expectedCount = new ScrubCount();
            String expected = text;
            for (ScrubRule rule : BuiltInRules.all()) {
                expected = Scrubber.apply(rule, expected, expectedCount);
            }
            ScrubCount count = new ScrubCount();
            assertThat(scrubber.scrub(text, count)).isEqualTo(expected);
            assertThat(count.byKind()).isEqualTo(expectedCount.byKind());
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"password", "PASSWORD", "a password b", "\u212apassword", "{`~pass|word password"})
    void shouldFindAHintInAnyCase(String text) {
        assertThat(Hints.of(List.of("none", "password")).mayBeIn(new SearchedText(text)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "drowssap", "passwor", "pa\u017fsword"})
    void shouldFindNoHintWhereThereIsNone(String text) {
        assertThat(Hints.of(List.of("none", "password")).mayBeIn(new SearchedText(text)))
                .isFalse();
    }

    private static Stream<String> texts() {
        return RandomTexts.of(PIECES, TEXTS);
    }
}
