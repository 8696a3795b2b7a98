package dev.selfheal.scrub;

import java.util.function.IntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs a pattern that an operator wrote. Java's matcher can take exponential time or exhaust the stack on such a pattern,
 * so its steps are counted, and a text that cannot be searched within them is replaced as a whole.
 */
public final class CustomPattern {

    private static final long STEPS_PER_CHARACTER = 200;
    private static final long STEPS_AT_LEAST = 100_000;

    private CustomPattern() {}

    /**
     * The text with what the pattern matches replaced.
     *
     * @param found is told the number of matches, if there are any
     */
    public static String apply(Pattern pattern, String text, String replacement, IntConsumer found) {
        int[] matches = {0};
        try {
            String result = pattern.matcher(new CountedText(text)).replaceAll(match -> {
                matches[0]++;
                return Matcher.quoteReplacement(replacement);
            });
            if (matches[0] > 0) {
                found.accept(matches[0]);
            }
            return result;
        } catch (TooManyStepsException | StackOverflowError e) {
            found.accept(1);
            return replacement;
        }
    }

    private static final class TooManyStepsException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooManyStepsException() {
            super("pattern gave up", null, false, false);
        }
    }

    /** Text that can be read only so many times. */
    private static final class CountedText implements CharSequence {
        private final String text;
        private long stepsLeft;

        CountedText(String text) {
            this.text = text;
            this.stepsLeft = STEPS_AT_LEAST + STEPS_PER_CHARACTER * text.length();
        }

        @Override
        public char charAt(int index) {
            if (stepsLeft-- <= 0) {
                throw new TooManyStepsException();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
