package dev.selfheal.ingest.grouping;

import dev.selfheal.ingest.draft.ContractBounds;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes the two values out of a failed comparison, as JUnit, TestNG and Hamcrest write them. Pure; linear. */
final class ComparedValues {

    /** {@code expected:<a[b]c> but was:<adc>}, {@code expected: <1> but was: <2>}, {@code expected [a] but found [b]}. */
    private static final Pattern COMPARISON = Pattern.compile(
            "(?i)expected:? ?[\\[<][\\s\\S]{0,8000}?[]>],? (but was|but found|but got):? ?[\\[<][\\s\\S]*+");
    /** {@code Expected: is "a"\n     but: was "b"}. */
    private static final Pattern MISMATCH =
            Pattern.compile("Expected: [\\s\\S]{0,8000}?\\n\\s{0,40}(?:but: |got: )[\\s\\S]*+");

    /** Of a message that is looked at. */
    static final int MAX_LENGTH = 8_192;

    private static final String TEMPLATE = "expected <value> but was <value>";

    private ComparedValues() {}

    static String without(String message) {
        String text = ContractBounds.cut(message, MAX_LENGTH);
        Matcher comparison = COMPARISON.matcher(text);
        return comparison.find()
                ? comparison.replaceFirst(TEMPLATE)
                : MISMATCH.matcher(text).replaceFirst(TEMPLATE);
    }
}
