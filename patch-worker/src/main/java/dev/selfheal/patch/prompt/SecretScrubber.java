package dev.selfheal.patch.prompt;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes secrets out of text before it leaves for a model. The intake scrubs errors already; sources and test output pass
 * here for the first time. Pure.
 */
final class SecretScrubber {

    static final String MASK = "[secret]";

    /** Shapes that are secrets wherever they stand. All quantifiers are bounded or cannot backtrack. */
    private static final List<Pattern> SHAPES = List.of(
            Pattern.compile(
                    "-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[\\s\\S]{0,20000}?-----END [A-Z ]{0,30}PRIVATE KEY-----"),
            Pattern.compile("\\beyJ[A-Za-z0-9_-]{8,4096}\\.[A-Za-z0-9_-]{8,8192}\\.[A-Za-z0-9_-]{0,4096}"),
            Pattern.compile("\\b(?:AKIA|ASIA)[A-Z0-9]{16}\\b"),
            Pattern.compile("\\bsk-[A-Za-z0-9_-]{16,512}"),
            Pattern.compile("\\b(?:gh[pousr]_|github_pat_|glpat-)[A-Za-z0-9_-]{16,512}"),
            Pattern.compile("\\bxox[abprs]-[A-Za-z0-9-]{10,512}"),
            Pattern.compile("\\bAIza[A-Za-z0-9_-]{30,64}"),
            Pattern.compile("(?i)(?<=\\bbearer )[A-Za-z0-9._~+/=-]{16,8192}"),
            Pattern.compile("(?<=://)[^\\s/@:\"']{1,256}:[^\\s/@\"']{1,256}(?=@)"));

    private static final String NAMES =
            "(?i)(?<name>\\b[\\w.-]{0,64}?(?:password|passwd|pwd|secret|api[_-]?key|access[_-]?key|token|credential)[\\w-]{0,32}\"?\\s{0,8}[=:]\\s{0,8})";

    /** In prose and logs a value runs to the next blank. */
    private static final Pattern IN_PROSE =
            Pattern.compile(NAMES + "(?<value>\"[^\"\\n]{1,1024}\"|[^\\s,;&\"]{4,1024})");

    /** In code only literals are values: {@code password = readPassword()} has to stay what it is. */
    private static final Pattern IN_CODE = Pattern.compile(NAMES + "(?<value>\"[^\"\\n]{4,1024}\")");

    private SecretScrubber() {}

    static String prose(String text) {
        return named(IN_PROSE, shapes(text));
    }

    static String code(String text) {
        return named(IN_CODE, shapes(text));
    }

    private static String shapes(String text) {
        String clean = text;
        for (Pattern shape : SHAPES) {
            clean = shape.matcher(clean).replaceAll(Matcher.quoteReplacement(MASK));
        }
        return clean;
    }

    private static String named(Pattern pattern, String text) {
        return pattern.matcher(text).replaceAll(found -> {
            boolean quoted = found.group(2).startsWith("\"");
            String mask = quoted ? '"' + MASK + '"' : MASK;
            return Matcher.quoteReplacement(found.group(1) + mask);
        });
    }
}
