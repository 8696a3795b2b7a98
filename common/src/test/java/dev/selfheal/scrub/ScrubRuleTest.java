package dev.selfheal.scrub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

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
            "glrt-",
            "GOCSPX-",
            "hvs.",
            "SG." + ALNUM + ".",
            "AGE-SECRET-KEY-1",
            "Set-Cookie: a=",
            "sessionid=",
            "&sig=",
            "jdbc:oracle:thin:a/",
            "--password ",
            "-u a:",
            "<password>",
            "</",
            "\\\"",
            "=>",
            "Digest a=",
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
        List<ScrubRule> rules = Scrubber.all();
        RuleSet set = new RuleSet(rules);
        texts().forEach(text -> {
            for (int i = 0; i < rules.size(); i++) {
                if (!set.mayMatch(i, text)) {
                    assertThat(RuleSet.apply(rules.get(i), text, new ScrubCount()))
                            .as(rules.get(i).kind())
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
            for (ScrubRule rule : Scrubber.all()) {
                expected = RuleSet.apply(rule, expected, expectedCount);
            }
            ScrubCount count = new ScrubCount();
            assertThat(scrubber.scrub(text, count)).isEqualTo(expected);
            assertThat(count.byKind()).isEqualTo(expectedCount.byKind());
        });
    }

    private static Stream<String> texts() {
        return RandomTexts.of(PIECES, TEXTS);
    }
}
