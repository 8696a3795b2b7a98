package dev.selfheal.scrub;

import dev.selfheal.scrub.WordSearch.Found;
import java.util.List;

/**
 * Rules in order, and which of them a text can match at all: most texts are short and hold nothing, and then one pass over
 * them is all that is needed. Immutable.
 */
final class RuleSet {

    private final ScrubRule[] rules;
    private final Found[] hints;
    private final WordSearch words;

    RuleSet(List<ScrubRule> rules) {
        this.rules = rules.toArray(ScrubRule[]::new);
        this.words = new WordSearch(
                rules.stream().flatMap(rule -> rule.hints().stream()).toList());
        this.hints = rules.stream().map(rule -> words.bitsOf(rule.hints())).toArray(Found[]::new);
    }

    /** The text with every rule applied that it may match, in order. */
    String apply(String text, ScrubCount count) {
        Found found = words.in(text);
        String result = text;
        for (int i = 0; i < rules.length; i++) {
            if (mayMatch(i, found)) {
                result = apply(rules[i], result, count);
            }
        }
        return result;
    }

    /** False when the text cannot match the rule of that number. */
    boolean mayMatch(int rule, String text) {
        return mayMatch(rule, words.in(text));
    }

    /** Whether it may match or not. */
    static String apply(ScrubRule rule, String text, ScrubCount count) {
        var matcher = rule.pattern().matcher(text);
        StringBuilder result = null;
        int copied = 0;
        while (matcher.find()) {
            if (rule.certain().test(matcher)) {
                result = result == null ? new StringBuilder(text.length()) : result;
                result.append(text, copied, rule.part() ? matcher.start("secret") : matcher.start());
                result.append(rule.replacement());
                copied = rule.part() ? matcher.end("secret") : matcher.end();
                count.add(rule.kind(), 1);
            }
        }
        return result == null
                ? text
                : result.append(text, copied, text.length()).toString();
    }

    private boolean mayMatch(int rule, Found found) {
        boolean hinted = (found.low() & hints[rule].low()) != 0
                || (found.high() & hints[rule].high()) != 0
                || rules[rule].hints().isEmpty();
        return hinted && found.digits() >= rules[rule].leastDigits();
    }
}
