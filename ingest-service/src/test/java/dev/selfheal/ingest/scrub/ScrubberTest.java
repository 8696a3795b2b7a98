package dev.selfheal.ingest.scrub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.event.ExceptionInfo;
import dev.selfheal.event.StackFrame;
import dev.selfheal.ingest.draft.ErrorEventDraft;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScrubberTest {

    private final Scrubber scrubber = new Scrubber(List.of());
    private final ScrubCount count = new ScrubCount();

    // Secrets are put together here so that no scanner takes this file for a leak.
    private static final String ALNUM = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJ";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "mail to jane.doe+x@mail.example.org failed|mail to [scrubbed:email] failed",
                "Authorization: Bearer abc.def-123|Authorization: [scrubbed:authorization]",
                "{\"authorization\":\"Basic dXNlcjpwYXNz\"}|{\"authorization\":\"[scrubbed:authorization]\"}",
                "sent bearer 0123456789abcdef to x|sent bearer [scrubbed:authorization] to x",
                "postgres://app:s3cr@t!@db:5432/x|postgres://app:[scrubbed:url-password]@db:5432/x",
                "redis://:pw@cache|redis://:[scrubbed:url-password]@cache",
                "Server=db;User=sa;Password=s3cret;Timeout=3|Server=db;User=sa;Password=[scrubbed:password];Timeout=3",
                "DB_PASSWORD=hunter2 is wrong|DB_PASSWORD=[scrubbed:password] is wrong",
                "{\"password\": \"two words\"}|{\"password\": [scrubbed:password]}",
                "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG|aws_secret_access_key = [scrubbed:password]",
                "api-key: 12ab|api-key: [scrubbed:password]",
                "access_token=ya1b2c3d4e5|access_token=[scrubbed:token]",
                "card 4111 1111 1111 1111 declined|card [scrubbed:card] declined",
                "card 5500-0000-0000-0004 declined|card [scrubbed:card] declined"
            })
    void shouldReplaceSecretAndKeepTheShape(String text, String expected) {
        assertThat(scrubber.scrub(text, count)).isEqualTo(expected);
        assertThat(count.total()).isOne();
    }

    @ParameterizedTest
    @CsvSource({
        "github-token, ghp_, 36",
        "github-token, github_pat_, 40",
        "gitlab-token, glpat-, 20",
        "npm-token, npm_, 36",
        "slack-token, xoxb-, 24",
        "anthropic-key, sk-ant-api03-, 40",
        "openai-key, sk-proj-, 40",
        "stripe-key, sk_live_, 24",
        "google-key, AIza, 35",
        "google-token, ya29., 30"
    })
    void shouldKnowTokensOfProviders(String kind, String prefix, int length) {
        String secret = prefix + ALNUM.substring(0, length);

        assertThat(scrubber.scrub("before '" + secret + "' after", count))
                .isEqualTo("before '[scrubbed:" + kind + "]' after");
    }

    @Test
    void shouldKnowAwsKeys() {
        assertThat(scrubber.scrub("key AKIA" + "IOSFODNN7EXAMPLE is revoked", count))
                .isEqualTo("key [scrubbed:aws-key] is revoked");
    }

    @Test
    void shouldKnowJsonWebTokens() {
        String jwt = "eyJhbGciOiJIUzI1NiJ9" + ".eyJzdWIiOiIxIn0" + ".dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U";

        assertThat(scrubber.scrub("bad token " + jwt + ".", count)).isEqualTo("bad token [scrubbed:jwt]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n-----END RSA PRIVATE KEY-----\nafter", "\nand no end"})
    void shouldReplacePrivateKeysAlsoWhenCutShort(String end) {
        String text = "before\n-----BEGIN RSA PRIVATE " + "KEY-----\nMIIEpAIBAAKCAQEA\nabc" + end;

        assertThat(scrubber.scrub(text, count))
                .startsWith("before\n[scrubbed:private-key]")
                .doesNotContain("MIIE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Index 5 out of bounds for length 3",
                "Unexpected token: '<' at position 12",
                "org.example.Lock@1b2c3d is held",
                "order 1234567890123456 is unknown",
                "took 1700000000000000000 ns",
                "4111 1111 1111 1112 is no card",
                "http://localhost:8080/a@b",
                "passenger list is empty",
                "no such method sk-short"
            })
    void shouldLeaveEverydayMessagesAlone(String text) {
        assertThat(scrubber.scrub(text, count)).isEqualTo(text);
        assertThat(count.total()).isZero();
    }

    @Test
    void shouldChangeNothingWhenScrubbedAgain() {
        String once = scrubber.scrub(
                "Authorization: Bearer abcdefgh, password=\"x y\", a@example.org, jdbc://u:p@h, token=abc12345678",
                count);
        ScrubCount second = new ScrubCount();

        assertThat(scrubber.scrub(once, second)).isEqualTo(once);
        assertThat(second.total()).isZero();
    }

    @Test
    void shouldScrubMessagesTagsAndReleaseOfAnEvent() {
        List<StackFrame> frames = List.of(new StackFrame("a.B", "c", "B.java", 1, true));
        ErrorEventDraft plain =
                ErrorEventDraft.of("cart", List.of(new ExceptionInfo("a.E", "to jane@example.org", frames)));
        ErrorEventDraft draft = new ErrorEventDraft(
                plain.service(),
                plain.eventId(),
                "prod",
                Optional.of("1.0 by jane@example.org"),
                plain.commit(),
                plain.platform(),
                plain.severity(),
                plain.occurredAt(),
                plain.protocol(),
                plain.exceptions(),
                Map.of("user", "jane@example.org", "session_id", "17", "region", "eu-1"),
                plain.traceId(),
                plain.reproduction(),
                List.of("{{ default }}", "jane@example.org"));

        ErrorEventDraft clean = scrubber.scrub(draft, count);

        assertThat(clean.exceptions()).containsExactly(new ExceptionInfo("a.E", "to [scrubbed:email]", frames));
        assertThat(clean.tags())
                .containsOnly(
                        Map.entry("user", "[scrubbed:email]"),
                        Map.entry("session_id", "[scrubbed:tag]"),
                        Map.entry("region", "eu-1"));
        assertThat(clean.release()).contains("1.0 by [scrubbed:email]");
        assertThat(clean.fingerprint()).containsExactly("{{ default }}", "[scrubbed:email]");
        assertThat(count.byKind()).containsOnly(Map.entry("email", 4), Map.entry("tag", 1));
    }

    @Test
    void shouldReplaceWhatConfiguredPatternsMatch() {
        Scrubber configured = new Scrubber(List.of(Pattern.compile("customer-\\d+")));

        assertThat(configured.scrub("customer-17 and customer-4", count))
                .isEqualTo("[scrubbed:custom] and [scrubbed:custom]");
        assertThat(count.byKind()).containsEntry("custom", 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a+)+b", "(a|aa)+$", "(a|b|c)*d"})
    void shouldReplaceWholeTextWhenConfiguredPatternDoesNotEnd(String pattern) {
        Scrubber configured = new Scrubber(List.of(Pattern.compile(pattern)));
        String text = "a".repeat(100_000) + "c!";

        String result = Assertions.assertTimeout(Duration.ofSeconds(20), () -> configured.scrub(text, count));

        assertThat(result).isEqualTo("[scrubbed:custom]");
    }

    /** One megabyte of what each pattern begins with must not take quadratic time: that would be hours. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "a.",
                "a@",
                "a@a.",
                "@",
                "eyJ",
                "eyJaaaaa.",
                "-----BEGIN RSA PRIVATE KEY-----",
                "-----BEGIN ",
                "://",
                "://a:",
                "://a:b",
                "4",
                "4 ",
                "41-",
                "password",
                "password=",
                "password=\"",
                "token=",
                "token=a",
                "authorization:",
                "bearer ",
                "bearer a",
                "basic ",
                "sk-",
                "sk-ant-",
                "ghp_",
                "xoxb-",
                "AKIA",
                "AIza",
                "ya29.",
                "hooks.slack.com/services/",
                "\u00e9",
                "\ud83d\ude00",
                " ",
                "\n"
            })
    void shouldTakeLinearTimeOnHostileText(String piece) {
        String text = piece.repeat(1_000_000 / piece.length());

        Assertions.assertTimeout(Duration.ofSeconds(10), () -> scrubber.scrub(text, count));
    }
}
