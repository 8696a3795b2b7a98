package dev.selfheal.scrub;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * One kind of secret.
 *
 * @param kind what stands in the replacement, {@code [scrubbed:kind]}, and counts in the metric
 * @param hints text that holds none of them, in whatever case, cannot match and is not searched; none when every text may
 *     match
 * @param leastDigits neither can text with fewer ASCII digits
 * @param pattern finds it; its group {@code secret}, if {@code part}, or else the whole match, is replaced
 * @param part whether the pattern has that group
 * @param certain whether a match really is one
 */
record ScrubRule(
        String kind,
        List<String> hints,
        int leastDigits,
        Pattern pattern,
        boolean part,
        Predicate<MatchResult> certain) {

    static ScrubRule of(String kind, List<String> hints, String regex) {
        return new ScrubRule(kind, hints, 0, Pattern.compile(regex), regex.contains("(?<secret>"), match -> true);
    }

    /** Of a number that ends in a check digit. */
    static ScrubRule ofNumber(String kind, int leastDigits, String regex) {
        return new ScrubRule(
                kind, List.of(), leastDigits, Pattern.compile(regex), false, match -> Luhn.isValid(match.group()));
    }

    String replacement() {
        return "[scrubbed:" + kind + "]";
    }
}
