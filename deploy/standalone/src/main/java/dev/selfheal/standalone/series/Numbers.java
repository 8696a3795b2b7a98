package dev.selfheal.standalone.series;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads numbers as CSV files hold them. */
final class Numbers {

    private static final Set<String> MISSING = Set.of("", "nan", "+nan", "-nan", "na", "n/a", "<na>", "null", "none");
    private static final Set<String> INFINITE = Set.of("inf", "+inf", "-inf", "infinity", "+infinity", "-infinity");

    private Numbers() {}

    /** Not a number where the value is missing or infinite; empty when it is neither number nor missing. */
    static Optional<Double> value(String text) {
        Optional<Double> number = parse(text);
        if (number.isPresent()) {
            return number.filter(Double::isFinite).or(() -> Optional.of(Double.NaN));
        }
        String word = text.toLowerCase(Locale.ROOT);
        return MISSING.contains(word) || INFINITE.contains(word) ? Optional.of(Double.NaN) : Optional.empty();
    }

    /** A decimal number; empty when the text is none. Java's suffixes and hexadecimal floats are none. */
    static Optional<Double> parse(String text) {
        if (!isDecimal(text)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Double.valueOf(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static boolean isDecimal(String text) {
        for (int i = 0; i < text.length(); i++) {
            if ("0123456789+-.eE".indexOf(text.charAt(i)) < 0) {
                return false;
            }
        }
        return !text.isEmpty();
    }
}
