package dev.selfheal.ingest.scrub;

import java.util.List;

/**
 * The kinds of secrets that are known by their form. Every pattern is linear: it starts at a literal or at a boundary
 * (so a long run is tried once, not from each of its characters), its repetitions are possessive or bounded, and no
 * repetition holds another of the same characters.
 */
final class BuiltInRules {

    /** Not inside a word: the run that follows begins here. */
    private static final String START = "(?<![A-Za-z0-9_-])";

    private static final String VALUE =
            "(?:\"[^\"\\r\\n]{0,4096}+\"?|'[^'\\r\\n]{0,4096}+'?|(?!\\[scrubbed)[^\\s,;&\"')}\\]]++)";

    private BuiltInRules() {}

    /** Most specific first: a JWT behind {@code Bearer} is an authorization. */
    static List<ScrubRule> all() {
        return List.of(
                ScrubRule.of(
                        "private-key",
                        List.of("private key-----"),
                        "-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----[\\s\\S]*?(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|\\z)"),
                ScrubRule.of(
                        "authorization",
                        List.of("authorization"),
                        "(?i)authorization[\"']?\\s{0,4}[:=]\\s{0,4}[\"']?(?!\\[scrubbed)(?<secret>(?:(?:bearer|basic|digest|token|apikey|negotiate|aws4-hmac-sha256)\\s{1,4})?[^\\s\"',;]++)"),
                ScrubRule.of(
                        "authorization", List.of("bearer "), "(?i)\\bbearer\\s{1,4}(?<secret>[A-Za-z0-9._~+/=-]{8,}+)"),
                ScrubRule.of(
                        "authorization", List.of("basic "), "(?i)\\bbasic\\s{1,4}(?<secret>[A-Za-z0-9+/]{16,}+={0,2})"),
                ScrubRule.of(
                        "jwt",
                        List.of("eyj"),
                        START + "eyJ[A-Za-z0-9_-]{5,}+\\.[A-Za-z0-9_-]{5,}+(?:\\.[A-Za-z0-9_-]*+){1,3}"),
                ScrubRule.of("anthropic-key", List.of("sk-ant-"), START + "sk-ant-[A-Za-z0-9_-]{16,}+"),
                ScrubRule.of("openai-key", List.of("sk-"), START + "sk-[A-Za-z0-9_-]{20,}+"),
                ScrubRule.of(
                        "stripe-key", List.of("_live_", "_test_"), START + "[rsp]k_(?:live|test)_[A-Za-z0-9]{16,}+"),
                ScrubRule.of("github-token", List.of("gh"), START + "gh[pousr]_[A-Za-z0-9]{30,}+"),
                ScrubRule.of("github-token", List.of("github_pat_"), START + "github_pat_[A-Za-z0-9_]{22,}+"),
                ScrubRule.of("gitlab-token", List.of("glpat-"), START + "glpat-[A-Za-z0-9_-]{20,}+"),
                ScrubRule.of("npm-token", List.of("npm_"), START + "npm_[A-Za-z0-9]{36,}+"),
                ScrubRule.of(
                        "slack-token", List.of("xox", "xapp-"), START + "(?:xox[abceoprs]|xapp)-[A-Za-z0-9-]{10,}+"),
                ScrubRule.of(
                        "slack-token",
                        List.of("hooks.slack.com"),
                        "hooks\\.slack\\.com/(?:services|workflows)/(?<secret>[A-Za-z0-9/_-]{10,}+)"),
                ScrubRule.of("google-key", List.of("aiza"), START + "AIza[A-Za-z0-9_-]{30,}+"),
                ScrubRule.of("google-token", List.of("ya29."), START + "ya29\\.[A-Za-z0-9_-]{20,}+"),
                ScrubRule.of(
                        "aws-key",
                        List.of("akia", "asia", "aroa", "aida"),
                        "(?<![A-Za-z0-9])(?:AKIA|ASIA|AROA|AIDA)[A-Z2-7]{16}(?![A-Za-z0-9])"),
                ScrubRule.of(
                        "url-password",
                        List.of("://"),
                        "://[^\\s/:@\"'<>]{0,128}:(?!\\[scrubbed)(?<secret>[^\\s/\"'<>]{1,256})@"),
                ScrubRule.of(
                        "password",
                        List.of("pass", "pwd", "secret", "api", "access", "credential"),
                        "(?i)(?:password|passwd|passphrase|pwd|secret(?:[_-]?key)?|api[_-]?key|access[_-]?key|credentials?)[\"']?\\s{0,3}[:=]\\s{0,3}(?<secret>"
                                + VALUE + ")"),
                // `Unexpected token: }` is an everyday parser message: a token's value must look like one.
                ScrubRule.of(
                        "token",
                        List.of("token"),
                        "(?i)token[\"']?\\s{0,3}[:=]\\s{0,3}[\"']?(?<secret>(?!\\[scrubbed)(?=[A-Za-z._~+/=-]{0,64}\\d)[A-Za-z0-9._~+/=-]{8,}+)"),
                ScrubRule.of(
                        "email",
                        List.of("@"),
                        "(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\\.){1,8}[A-Za-z]{2,24}(?![A-Za-z0-9-])"),
                ScrubRule.ofNumber("card", 13, "(?<![A-Za-z0-9.-])[2-6](?:[ -]?\\d){12,18}(?![0-9])"));
    }
}
