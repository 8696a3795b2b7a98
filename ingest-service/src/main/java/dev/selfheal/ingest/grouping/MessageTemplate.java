package dev.selfheal.ingest.grouping;

import static dev.selfheal.ingest.grouping.TextSigns.APOSTROPHE;
import static dev.selfheal.ingest.grouping.TextSigns.AT;
import static dev.selfheal.ingest.grouping.TextSigns.BACKSLASH;
import static dev.selfheal.ingest.grouping.TextSigns.BACKTICK;
import static dev.selfheal.ingest.grouping.TextSigns.BRACE;
import static dev.selfheal.ingest.grouping.TextSigns.BRACKET;
import static dev.selfheal.ingest.grouping.TextSigns.CAPITAL_N_OR_I;
import static dev.selfheal.ingest.grouping.TextSigns.COLON;
import static dev.selfheal.ingest.grouping.TextSigns.COMMA;
import static dev.selfheal.ingest.grouping.TextSigns.CURLY_QUOTE;
import static dev.selfheal.ingest.grouping.TextSigns.DASH;
import static dev.selfheal.ingest.grouping.TextSigns.DIGIT;
import static dev.selfheal.ingest.grouping.TextSigns.DOT;
import static dev.selfheal.ingest.grouping.TextSigns.EQUALS;
import static dev.selfheal.ingest.grouping.TextSigns.LESS;
import static dev.selfheal.ingest.grouping.TextSigns.LETTER_X;
import static dev.selfheal.ingest.grouping.TextSigns.LONG_HEX;
import static dev.selfheal.ingest.grouping.TextSigns.LONG_WORD;
import static dev.selfheal.ingest.grouping.TextSigns.ODD_SPACE;
import static dev.selfheal.ingest.grouping.TextSigns.PARENTHESIS;
import static dev.selfheal.ingest.grouping.TextSigns.QUOTE;
import static dev.selfheal.ingest.grouping.TextSigns.SLASH;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A message with placeholders for what varies from one occurrence of an error to the next. Pure; looks at the first
 * {@value #MAX_LENGTH} characters only, so its cost is bounded whatever was thrown.
 */
final class MessageTemplate {

    static final int MAX_LENGTH = 1_000;
    /** A quoted text that names a class is code, not data: which bean is missing, which class cannot be cast. */
    private static final String NO_CLASS = "(?!(?:[a-z][a-z0-9_]{0,40}\\.){2,12}[A-Z]\\w{0,100})";

    /**
     * @param needs {@link TextSigns} without any one of which the pattern cannot match
     */
    record Rule(int needs, Pattern pattern, String placeholder) {
        static Rule of(int needs, String regex, String placeholder) {
            return new Rule(needs, Pattern.compile(regex), Matcher.quoteReplacement(placeholder));
        }

        boolean mayMatch(int signs) {
            return (signs & needs) == needs;
        }

        String apply(String text) {
            return pattern.matcher(text).replaceAll(placeholder);
        }
    }

    /** The order matters: a timestamp is made of numbers, a path may hold a UUID. */
    static final List<Rule> RULES = List.of(
            // Jackson quotes the input itself, quotation marks and all
            Rule.of(
                    BRACKET | COLON | DIGIT,
                    "\\[Source: [\\s\\S]{0,900}?line: \\d{1,9}, column: \\d{1,9}]",
                    "<source>"),
            Rule.of(
                    DIGIT | DASH,
                    "\\b\\d{4}-\\d\\d-\\d\\d(?:[T ]\\d\\d:\\d\\d(?::\\d\\d(?:[.,]\\d{1,9})?)?(?:Z|[+-]\\d\\d:?\\d\\d)?)?\\b",
                    "<time>"),
            Rule.of(
                    DIGIT | COLON,
                    "\\b[A-Z][a-z]{2} [A-Z][a-z]{2} \\d\\d \\d\\d:\\d\\d:\\d\\d [A-Z]{2,5} \\d{4}\\b",
                    "<time>"),
            Rule.of(DIGIT | COLON, "\\b\\d\\d:\\d\\d:\\d\\d(?:[.,]\\d{1,9})?\\b", "<time>"),
            Rule.of(LONG_HEX | DASH, "\\b\\p{XDigit}{8}-(?:\\p{XDigit}{4}-){3}\\p{XDigit}{12}\\b", "<uuid>"),
            Rule.of(COLON | SLASH, "\\b[a-z][a-z0-9+.-]{1,20}://[^\\s\"'<>]++", "<url>"),
            Rule.of(QUOTE, "(?<![\\w\"'])\"" + NO_CLASS + "[^\"\\n]{0,400}\"(?!\\w)", "<str>"),
            Rule.of(APOSTROPHE, "(?<![\\w\"'])'" + NO_CLASS + "[^'\\n]{0,400}'(?!\\w)", "<str>"),
            Rule.of(BACKTICK, "(?<!\\w)`[^`\\n]{0,400}`", "<str>"),
            Rule.of(CURLY_QUOTE, "\u201c[^\u201d\\n]{0,400}\u201d", "<str>"),
            Rule.of(BACKSLASH | COLON, "\\b[A-Za-z]:\\\\[^\\s\"'<>|:*?,;()]++", "<path>"),
            Rule.of(SLASH, "(?<![\\w./<])\\.{0,2}/[\\w.@+~-]++(?:/[\\w.@+~-]++)++/?", "<path>"),
            Rule.of(DIGIT | DOT, "\\b(?:\\d{1,3}\\.){3}\\d{1,3}(?::\\d{1,5})?\\b", "<ip>"),
            Rule.of(AT, "(?<=[\\w;$\\]])@\\p{XDigit}{1,16}\\b", "@<hash>"),
            Rule.of(DIGIT | LETTER_X, "\\b0[xX]\\p{XDigit}++\\b", "<hex>"),
            // ULIDs, nano ids and their like: long, and digits among the letters
            Rule.of(LONG_WORD | DIGIT, "\\b(?=(?:[A-Za-z_]{0,40}\\d){3})(?=\\d{0,40}[A-Za-z])\\w{16,}+\\b", "<id>"),
            // eight or more hex digits of which at least one is a digit: `deadbeef1`, never `accessed`
            Rule.of(LONG_HEX | DIGIT, "\\b(?=[a-fA-F]{0,40}\\d)\\p{XDigit}{8,}+\\b", "<hex>"),
            Rule.of(DIGIT, "(?<![\\w.])[-+]?\\d++(?:[.,]\\d++)*+(?:[eE][-+]?\\d++)?", "<num>"),
            Rule.of(DIGIT, "\\d++", "<num>"),
            Rule.of(CAPITAL_N_OR_I, "(?<![\\w.])(?:NaN|[-+]?Infinity)\\b", "<num>"),
            // collections, and objects that print their fields: how many there are varies too
            Rule.of(BRACKET, "(?<![\\w<])\\[(?!scrubbed:)[^\\[\\]\\n]{0,400}]", "<list>"),
            Rule.of(EQUALS, "(?<=\\w)[\\[({][^\\[\\](){}=\\n]{1,100}=[^\\[\\](){}\\n]{0,400}[\\])}]", "<fields>"),
            Rule.of(EQUALS | BRACE, "(?<!\\w)\\{[^{}=\\n]{1,100}=[^{}\\n]{0,400}}", "<map>"),
            Rule.of(EQUALS | PARENTHESIS, "(?<==)\\([^()\\n]{0,400}\\)", "(<str>)"),
            Rule.of(LESS | COMMA, "(<\\w{1,6}>)(?:, ?\\1)++", "<list>"),
            Rule.of(ODD_SPACE, "\\s++", " "));

    private MessageTemplate() {}

    static String of(String message) {
        String text = message.length() > MAX_LENGTH ? message.substring(0, MAX_LENGTH) : message;
        String helpful = HelpfulNullMessage.normalise(text);
        if (!helpful.isEmpty()) {
            return helpful;
        }
        int signs = TextSigns.of(text);
        for (Rule rule : RULES) {
            if (rule.mayMatch(signs)) {
                String replaced = rule.apply(text);
                signs = replaced.equals(text) ? signs : TextSigns.of(replaced);
                text = replaced;
            }
        }
        return text.strip();
    }
}
