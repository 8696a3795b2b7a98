package dev.selfheal.ingest.grouping;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A message with placeholders for what varies from one occurrence of an error to the next. Pure; looks at the first
 * {@value #MAX_LENGTH} characters only, so its cost is bounded whatever was thrown.
 */
final class MessageTemplate {

    static final int MAX_LENGTH = 1_000;

    private static final String SCRUBBED = "scrubbed:";
    /** A quoted text that names a class is code, not data: which bean is missing, which class cannot be cast. */
    private static final String NO_CLASS = "(?!(?:[a-z][a-z0-9_]{0,40}\\.){2,12}[A-Z]\\w{0,100})";

    /**
     * What one pass over a text tells.
     *
     * @param form the text with {@code 0} for every ASCII digit, and without the brackets of {@code [scrubbed:}
     * @param longestWord characters of the longest run of letters, digits and underscores that has a digit
     */
    record Outline(String form, int longestWord) {

        static Outline of(String text) {
            char[] form = text.toCharArray();
            int longest = 0;
            int start = 0;
            boolean digit = false;
            for (int i = 0; i < form.length; i++) {
                char c = form[i];
                if (c >= '0' && c <= '9') {
                    form[i] = '0';
                    digit = true;
                } else if (c == '[' && text.startsWith(SCRUBBED, i + 1)) {
                    form[i] = ' ';
                    start = i + 1;
                    digit = false;
                } else if (!isLetter(c)) {
                    start = i + 1;
                    digit = false;
                }
                longest = digit ? Math.max(longest, i + 1 - start) : longest;
            }
            return new Outline(new String(form), longest);
        }

        private static boolean isLetter(char c) {
            return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        }
    }

    /**
     * @param leastWord a text whose words with a digit are all shorter cannot match, and is not searched
     * @param hints neither can one whose outline holds none of them
     */
    record Rule(Pattern pattern, String placeholder, int leastWord, List<String> hints) {

        static Rule of(String regex, String placeholder, String... hints) {
            return new Rule(Pattern.compile(regex), Matcher.quoteReplacement(placeholder), 0, List.of(hints));
        }

        /** Of a word that has a digit. */
        static Rule ofWord(int least, String regex, String placeholder) {
            return new Rule(Pattern.compile(regex), Matcher.quoteReplacement(placeholder), least, List.of("0"));
        }

        boolean mayMatch(Outline outline) {
            if (outline.longestWord() < leastWord) {
                return false;
            }
            for (int i = 0; i < hints.size(); i++) {
                if (outline.form().contains(hints.get(i))) {
                    return true;
                }
            }
            return false;
        }

        String apply(String text) {
            return pattern.matcher(text).replaceAll(placeholder);
        }
    }

    /** The order matters: a timestamp is made of numbers, a path may hold a UUID. */
    static final List<Rule> RULES = List.of(
            // Jackson quotes the input itself, quotation marks and all
            Rule.of("\\[Source: [\\s\\S]{0,900}?line: \\d{1,9}, column: \\d{1,9}]", "<source>", "[Source: "),
            Rule.of(
                    "\\b\\d{4}-\\d\\d-\\d\\d(?:[T ]\\d\\d:\\d\\d(?::\\d\\d(?:[.,]\\d{1,9})?)?(?:Z|[+-]\\d\\d:?\\d\\d)?)?\\b",
                    "<time>", "0000-00-00"),
            Rule.of(
                    "\\b[A-Z][a-z]{2} [A-Z][a-z]{2} \\d\\d \\d\\d:\\d\\d:\\d\\d [A-Z]{2,5} \\d{4}\\b",
                    "<time>", "00:00:00"),
            Rule.of("\\b\\d\\d:\\d\\d:\\d\\d(?:[.,]\\d{1,9})?\\b", "<time>", "00:00:00"),
            Rule.of("\\b\\p{XDigit}{8}-(?:\\p{XDigit}{4}-){3}\\p{XDigit}{12}\\b", "<uuid>", "-"),
            Rule.of("\\b[a-z][a-z0-9+.-]{1,20}://[^\\s\"'<>]++", "<url>", "://"),
            Rule.of("(?<![\\w\"'])\"" + NO_CLASS + "[^\"\\n]{0,400}\"(?!\\w)", "<str>", "\""),
            Rule.of("(?<![\\w\"'])'" + NO_CLASS + "[^'\\n]{0,400}'(?!\\w)", "<str>", "'"),
            Rule.of("(?<!\\w)`[^`\\n]{0,400}`", "<str>", "`"),
            Rule.of("\u201c[^\u201d\\n]{0,400}\u201d", "<str>", "\u201c"),
            Rule.of("\\b[A-Za-z]:\\\\[^\\s\"'<>|:*?,;()]++", "<path>", ":\\"),
            Rule.of("(?<![\\w./<])\\.{0,2}/[\\w.@+~-]++(?:/[\\w.@+~-]++)++/?", "<path>", "/"),
            Rule.of("\\b(?:\\d{1,3}\\.){3}\\d{1,3}(?::\\d{1,5})?\\b", "<ip>", "0.0"),
            Rule.of("(?<=[\\w;$\\]])@\\p{XDigit}{1,16}\\b", "@<hash>", "@"),
            Rule.of("\\b0[xX]\\p{XDigit}++\\b", "<hex>", "0x", "0X"),
            // ULIDs, nano ids and their like: long, and digits among the letters
            Rule.ofWord(16, "\\b(?=(?:[A-Za-z_]{0,40}\\d){3})(?=\\d{0,40}[A-Za-z])\\w{16,}+\\b", "<id>"),
            // eight or more hex digits of which at least one is a digit: `deadbeef1`, never `accessed`
            Rule.ofWord(8, "\\b(?=[a-fA-F]{0,40}\\d)\\p{XDigit}{8,}+\\b", "<hex>"),
            Rule.of("(?<![\\w.])[-+]?\\d++(?:[.,]\\d++)*+(?:[eE][-+]?\\d++)?", "<num>", "0"),
            Rule.of("\\d++", "<num>", "0"),
            Rule.of("(?<![\\w.])(?:NaN|[-+]?Infinity)\\b", "<num>", "NaN", "Infinity"),
            // collections, and objects that print their fields: how many there are varies too
            Rule.of("(?<![\\w<])\\[(?!scrubbed:)[^\\[\\]\\n]{0,400}]", "<list>", "["),
            Rule.of("(?<=\\w)[\\[({][^\\[\\](){}=\\n]{1,100}=[^\\[\\](){}\\n]{0,400}[\\])}]", "<fields>", "="),
            Rule.of("(?<!\\w)\\{[^{}=\\n]{1,100}=[^{}\\n]{0,400}}", "<map>", "{"),
            Rule.of("(?<==)\\([^()\\n]{0,400}\\)", "(<str>)", "=("),
            Rule.of("(<\\w{1,6}>)(?:, ?\\1)++", "<list>", ">, ", ">,<"),
            Rule.of("\\s++", " ", "  ", "\t", "\n", "\r", "\f", "\u000B"));

    private MessageTemplate() {}

    static String of(String message) {
        String text = message.length() > MAX_LENGTH ? message.substring(0, MAX_LENGTH) : message;
        String helpful = HelpfulNullMessage.normalise(text);
        String named = helpful.isEmpty() ? PythonNameMessage.normalise(text) : helpful;
        if (!named.isEmpty()) {
            return named;
        }
        Outline outline = Outline.of(text);
        for (Rule rule : RULES) {
            if (rule.mayMatch(outline)) {
                String replaced = rule.apply(text);
                outline = replaced.equals(text) ? outline : Outline.of(replaced);
                text = replaced;
            }
        }
        return text.strip();
    }
}
