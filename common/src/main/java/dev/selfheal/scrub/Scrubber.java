package dev.selfheal.scrub;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Replaces secrets by {@code [scrubbed:kind]} in free text, whose shape stays. It goes by form and by name, so it cannot know
 * a secret that looks like an everyday word and that no name tells of. Thread-safe. Scrubbing a scrubbed text changes
 * nothing.
 */
public final class Scrubber {

    private static final String CUSTOM = "custom";
    private static final Pattern SECRET_NAME = Pattern.compile(
            "(?i)pass(?:w|code|phrase)|pwd|secret|token|(?:api|access|account|private|signing|encryption|master)[_-]?key|authorization|credential|cookie|session[_-]?id|signature");

    private static final WordSearch SECRET_NAME_HINTS = new WordSearch(List.of(
            "pass", "pwd", "secret", "token", "key", "authorization", "credential", "cookie", "session", "signature"));

    private final RuleSet rules;
    private final List<Pattern> custom;

    private Scrubber(List<ScrubRule> rules, List<Pattern> custom) {
        this.rules = new RuleSet(rules);
        this.custom = List.copyOf(custom);
    }

    /**
     * Of what is kept and shown: secrets, and personal data too.
     *
     * @param custom further patterns; what they match is replaced whole. They need not be linear: one that takes too many
     *     steps has the text it was tried on replaced instead.
     */
    public Scrubber(List<Pattern> custom) {
        this(all(), custom);
    }

    /** Of prose that somebody works with: a test's output compares with the very address that stands in its source. */
    public static Scrubber ofSecrets() {
        return new Scrubber(secrets().toList(), List.of());
    }

    /** Of source code, of which only literals are secrets: everything else has to stay what it is. */
    public static Scrubber ofCode() {
        return new Scrubber(
                Stream.concat(SecretShapes.all().stream(), NamedSecrets.literals().stream())
                        .toList(),
                List.of());
    }

    /** Most specific first. */
    static List<ScrubRule> all() {
        return Stream.concat(secrets(), PersonalData.all().stream()).toList();
    }

    private static Stream<ScrubRule> secrets() {
        return Stream.of(NamedSecrets.headers(), SecretShapes.all(), NamedSecrets.values())
                .flatMap(List::stream);
    }

    /** The text without secrets, uncounted. */
    public String scrub(String text) {
        return scrub(text, new ScrubCount());
    }

    /** The text without secrets; the same text when there are none. */
    public String scrub(String text, ScrubCount count) {
        String result = rules.apply(text, count);
        for (Pattern pattern : custom) {
            result = CustomPattern.apply(
                    pattern, result, "[scrubbed:" + CUSTOM + "]", found -> count.add(CUSTOM, found));
        }
        return result;
    }

    /** A named value without secrets; the whole value is one when its name tells so. */
    public String scrubTag(String name, String value, ScrubCount count) {
        boolean isSecret = SECRET_NAME_HINTS.in(name).low() != 0
                && SECRET_NAME.matcher(name).find();
        if (isSecret && !value.isEmpty()) {
            count.add("tag", 1);
            return "[scrubbed:tag]";
        }
        return scrub(value, count);
    }
}
