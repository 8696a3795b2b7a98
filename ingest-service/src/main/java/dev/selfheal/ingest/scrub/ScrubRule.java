package dev.selfheal.ingest.scrub;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * One kind of secret.
 *
 * @param kind what stands in the replacement, {@code [scrubbed:kind]}, and counts in the metric
 * @param hints lower-case; text that holds none of them cannot match and is not searched; empty to search always
 * @param pattern finds it; its group {@code secret}, or else the whole match, is replaced
 * @param certain whether a match really is one
 */
record ScrubRule(String kind, List<String> hints, Pattern pattern, Predicate<MatchResult> certain) {

    static ScrubRule of(String kind, List<String> hints, String regex) {
        return new ScrubRule(kind, hints, Pattern.compile(regex), match -> true);
    }

    /** False when the text cannot hold this kind; {@code lowerCase} is the text in lower case. */
    boolean mayBeIn(String lowerCase) {
        for (String hint : hints) {
            if (lowerCase.contains(hint)) {
                return true;
            }
        }
        return hints.isEmpty();
    }

    String replacement() {
        return "[scrubbed:" + kind + "]";
    }
}
