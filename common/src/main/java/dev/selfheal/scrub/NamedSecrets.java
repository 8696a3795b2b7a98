package dev.selfheal.scrub;

import java.util.List;

/** Secrets that are known by the name before them: headers, assignments, options, elements of XML. */
final class NamedSecrets {

    private static final List<String> HINTS = List.of("pass", "pwd", "secret", "credential", "key");

    private static final String NAME =
            "(?:pass(?:word|wd|code|phrase)|pwd|secret|credentials?|[_-]pass|(?:secret|api|access|account|private|signing|encryption|master)[_-]?key)"
                    + "(?:[_-]?(?:key|base|hash|salt|value|confirm(?:ation)?|[0-9]))?";

    private static final String OTHER_SCHEME = "[a-z][a-z0-9-]{1,31}(?=\\s{1,4}[^\\s\"',;]{0,64}\\d)";
    private static final String SCHEME = "(?:(?:bearer|basic|digest|token|apikey|negotiate|ntlm|oauth|splunk|ssws|key|"
            + OTHER_SCHEME + ")\\s{1,4})";

    /** Schemes that say what they mean in parameters, to the end of the line. */
    private static final String PARAMETERS =
            "(?:digest|oauth|hawk|signature|aws4-hmac-sha256)\\s{1,4}[a-z_-]{1,32}=[^\\r\\n]{1,4096}+";

    private static final String OPENED = "(?:\\[{0,2}" + Values.QUOTE + "|\\[{1,2})?+" + Values.NOT_SCRUBBED;

    private NamedSecrets() {}

    /** Before the shapes: a JWT behind {@code Bearer} is an authorization. */
    static List<ScrubRule> headers() {
        return List.of(
                ScrubRule.of(
                        "authorization",
                        List.of("authorization"),
                        "(?i)authorization" + Values.ASSIGNED + OPENED + "(?<secret>" + PARAMETERS + "|"
                                + Values.NOT_SAID + SCHEME + "?[^\\s\"',;\\]}\\\\]++)"),
                ScrubRule.of(
                        "authorization",
                        List.of("bearer"),
                        "(?i)\\bbearer\\s{1,4}(?<secret>(?=[a-z~+/=_-]{0,128}[\\d.])[a-z0-9._~+/=-]{8,}+|[a-z0-9._~+/=-]{24,}+)"),
                ScrubRule.of(
                        "authorization", List.of("basic"), "(?i)\\bbasic\\s{1,4}(?<secret>[a-z0-9+/]{16,}+={0,2})"),
                ScrubRule.of(
                        "cookie",
                        List.of("cookie"),
                        "(?i)cookies?" + Values.ASSIGNED + "\\{?" + OPENED
                                + "(?<secret>[^\\s=;:,\"'\\[\\]{}]{1,128}=[^\\r\\n\"'\\]},]{1,4096}+)"));
    }

    /** After the shapes, which say more of what was there. */
    static List<ScrubRule> values() {
        return List.of(
                ScrubRule.of("password", HINTS, "(?i)" + NAME + Values.ASSIGNED + "(?<secret>" + Values.ANY + ")"),
                ScrubRule.of(
                        "password",
                        HINTS,
                        "(?i)(?<![a-z0-9-])--[a-z0-9._-]{0,32}?" + NAME + "\\s{1,3}(?!-)(?<secret>" + Values.ANY + ")"),
                ScrubRule.of("password", List.of("-u"), "(?<![\\w-])-u\\s{1,3}[^\\s:]{1,128}:(?<secret>\\S{1,256})"),
                ScrubRule.of(
                        "password",
                        HINTS,
                        "(?i)" + NAME + "(?:" + Values.QUOTE
                                + "|\\s[^<>]{0,256})?>(?<secret>(?!\\[scrubbed:)[^<]{1,512}+)</"),
                ScrubRule.of(
                        "password",
                        HINTS,
                        "(?i)" + NAME + Values.QUOTE + "[\\s,]{1,4}" + Values.QUOTE + "?value" + Values.ASSIGNED
                                + "(?<secret>" + Values.ANY + ")"),
                // `Unexpected token: }` is an everyday parser message: a token's value must look like one there.
                ScrubRule.of(
                        "token",
                        List.of("token"),
                        "(?i)token" + Values.ASSIGNED + OPENED + "(?<secret>" + Values.NOT_SAID
                                + "(?=[a-z._~+/=-]{0,64}\\d)[a-z0-9._~+/=-]{8,}+)"),
                ScrubRule.of(
                        "token",
                        List.of("token"),
                        "(?i)token(?=" + Values.QUOTE + "|\\]?\\s{0,3}:?=)" + Values.ASSIGNED + OPENED + "(?<secret>"
                                + Values.NOT_SAID + "[a-z0-9._~+/=-]{8,}+)"),
                ScrubRule.of(
                        "token",
                        List.of("sess", "connect.sid"),
                        "(?i)(?:session[_-]?id|phpsessid|connect\\.sid)" + Values.ASSIGNED + OPENED + "(?<secret>"
                                + Values.NOT_SAID + "[a-z0-9._~+/=%!-]{8,}+)"),
                ScrubRule.of(
                        "signature",
                        List.of("sig=", "signature="),
                        "(?i)(?<![a-z0-9])(?:sig|signature|x-(?:amz|goog)-signature)=(?<secret>(?!\\[scrubbed:)[a-z0-9%+/=_.~-]{8,}+)"));
    }

    /** Of source code, where only literals are values: {@code password = readPassword()} has to stay what it is. */
    static List<ScrubRule> literals() {
        return List.of(
                ScrubRule.of(
                        "password",
                        HINTS,
                        "(?i)" + NAME + literal("[^\"\\\\\\r\\n]{4,1024}+", "[^'\\\\\\r\\n]{4,1024}+")),
                ScrubRule.of(
                        "token",
                        List.of("token"),
                        "(?i)token" + literal("[a-z0-9._~+/=-]{8,1024}+", "[a-z0-9._~+/=-]{8,1024}+")));
    }

    private static String literal(String inDouble, String inSingle) {
        return Values.ASSIGNED + "[\"'](?<secret>(?!\\[scrubbed:)(?:(?<=\")" + inDouble + "(?=[\"\\\\])|(?<=')"
                + inSingle + "(?=['\\\\])))";
    }
}
