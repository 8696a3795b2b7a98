package dev.selfheal.scrub;

import java.util.List;
import java.util.Locale;

/** Secrets that are known by their own form, wherever they stand; linear as {@link Values} says. */
final class SecretShapes {

    /** Not inside a word: the run that follows begins here. */
    private static final String START = "(?<![A-Za-z0-9_-])";

    private SecretShapes() {}

    /** Most specific first. */
    static List<ScrubRule> all() {
        return List.of(
                ScrubRule.of(
                        "private-key",
                        List.of("private key-----", "private key block-----"),
                        "-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----[\\s\\S]*?(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|\\z)"),
                ScrubRule.of("age-key", List.of("age-secret-key-1"), "AGE-SECRET-KEY-1[A-Z0-9]{50,}+"),
                ScrubRule.of(
                        "jwt",
                        List.of("eyj"),
                        START + "eyJ[A-Za-z0-9_-]{5,}+\\.[A-Za-z0-9_-]{5,}+(?:\\.[A-Za-z0-9_-]*+){1,3}"),
                token("anthropic-key", "sk-ant-", "[A-Za-z0-9_-]{16,}+"),
                token("openrouter-key", "sk-or-", "[A-Za-z0-9_-]{16,}+"),
                token("openai-key", "sk-", "[A-Za-z0-9_-]{20,}+"),
                token("groq-key", "gsk_", "[A-Za-z0-9]{32,}+"),
                token("xai-key", "xai-", "[A-Za-z0-9]{40,}+"),
                token("hugging-face-token", "hf_", "[A-Za-z0-9]{20,}+"),
                ScrubRule.of(
                        "stripe-key", List.of("_live_", "_test_"), START + "[rsp]k_(?:live|test)_[A-Za-z0-9]{16,}+"),
                token("webhook-secret", "whsec_", "[A-Za-z0-9+/=]{16,}+"),
                ScrubRule.of("github-token", List.of("gh"), START + "gh[pousr]_[A-Za-z0-9]{30,}+"),
                token("github-token", "github_pat_", "[A-Za-z0-9_]{22,}+"),
                ScrubRule.of(
                        "gitlab-token",
                        List.of(
                                "glpat-",
                                "gloas-",
                                "gldt-",
                                "glrt-",
                                "glcbt-",
                                "glptt-",
                                "glft-",
                                "glimt-",
                                "glagent-",
                                "glsoat-",
                                "glffct-"),
                        START + "gl(?:pat|oas|dt|rt|cbt|ptt|ft|imt|agent|soat|ffct)-[A-Za-z0-9_.-]{16,}+"),
                token("npm-token", "npm_", "[A-Za-z0-9]{36,}+"),
                token("pypi-token", "pypi-", "[A-Za-z0-9_-]{50,}+"),
                token("docker-token", "dckr_pat_", "[A-Za-z0-9_-]{20,}+"),
                ScrubRule.of(
                        "slack-token", List.of("xox", "xapp-"), START + "(?:xox[abceoprs]|xapp)-[A-Za-z0-9-]{10,}+"),
                ScrubRule.of(
                        "slack-token",
                        List.of("hooks.slack.com"),
                        "hooks\\.slack\\.com/(?:services|workflows)/(?<secret>[A-Za-z0-9/_-]{10,}+)"),
                token("google-key", "AIza", "[A-Za-z0-9_-]{30,}+"),
                token("google-token", "ya29.", "[A-Za-z0-9_-]{20,}+"),
                token("google-secret", "GOCSPX-", "[A-Za-z0-9_-]{20,}+"),
                ScrubRule.of(
                        "aws-key",
                        List.of("akia", "asia", "aroa", "aida"),
                        "(?<![A-Za-z0-9])(?:AKIA|ASIA|AROA|AIDA)[A-Z2-7]{16}(?![A-Za-z0-9])"),
                ScrubRule.of("vault-token", List.of("hvs.", "hvb."), START + "hv[sb]\\.[A-Za-z0-9_-]{20,}+"),
                token("digitalocean-token", "dop_v1_", "[a-f0-9]{40,}+"),
                ScrubRule.of("shopify-token", List.of("shp"), START + "shp(?:at|ss|ca|pa)_[A-Fa-f0-9]{32,}+"),
                ScrubRule.of("sendgrid-key", List.of("sg."), START + "SG\\.[A-Za-z0-9_-]{16,}+\\.[A-Za-z0-9_-]{16,}+"),
                ScrubRule.of("grafana-token", List.of("glsa_", "glc_"), START + "gl(?:sa|c)_[A-Za-z0-9_+/=-]{20,}+"),
                ScrubRule.of("sentry-token", List.of("sntry"), START + "sntry[su]_[A-Za-z0-9_+/=-]{20,}+"),
                token("databricks-token", "dapi", "[a-f0-9]{32,}+"),
                token("new-relic-key", "NRAK-", "[A-Z0-9]{20,}+"),
                token("linear-key", "lin_api_", "[A-Za-z0-9]{30,}+"),
                token("atlassian-token", "ATATT3", "[A-Za-z0-9_=-]{40,}+"),
                ScrubRule.of(
                        "telegram-token",
                        List.of(":aa"),
                        "(?<![A-Za-z0-9])\\d{8,10}:AA[A-Za-z0-9_-]{33}(?![A-Za-z0-9_-])"),
                // a port, before a path with an `@` or another address, is no password; a password may hold a slash
                ScrubRule.of(
                        "url-password",
                        List.of("://"),
                        "://(?:\\[scrubbed:[a-z-]{1,24}\\]|[^\\s/:\"'<>\\[]{0,128}):(?!\\[scrubbed:)(?<secret>[^\\s/\"'<>]{1,256}|(?!\\d{1,5}[/?#,;])[^\\s\"'<>]{1,256}?)@"),
                ScrubRule.of(
                        "url-password",
                        List.of("jdbc:oracle:"),
                        "(?i)jdbc:oracle:[a-z0-9]{1,16}:[^\\s/@:\"']{1,128}/(?!\\[scrubbed:)(?<secret>[^\\s@\"'/][^\\s@\"']{0,255})@"));
    }

    private static ScrubRule token(String kind, String prefix, String rest) {
        return ScrubRule.of(kind, List.of(prefix.toLowerCase(Locale.ROOT)), START + prefix.replace(".", "\\.") + rest);
    }
}
