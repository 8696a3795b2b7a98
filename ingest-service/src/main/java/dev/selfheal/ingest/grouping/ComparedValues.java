package dev.selfheal.ingest.grouping;

import dev.selfheal.ingest.draft.ContractBounds;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes the two values out of a failed comparison, as JUnit, TestNG and Hamcrest write them. Pure; linear. */
final class ComparedValues {

    /** Where the expected value begins, and where it ends and the other one begins. */
    private record Form(Pattern opening, Pattern turn) {}

    /** {@code expected:<a[b]c> but was:<adc>}, {@code expected: <1> but was: <2>}, {@code expected [a] but found [b]}. */
    private static final Form COMPARISON = new Form(
            Pattern.compile("(?i)expected:? ?[\\[<]"), Pattern.compile("(?i)[]>],? but (?:was|found|got):? ?[\\[<]"));
    /** {@code Expected: is "a"\n     but: was "b"}. */
    private static final Form MISMATCH =
            new Form(Pattern.compile("Expected: "), Pattern.compile("\\n\\s{0,40}(?:but|got): "));

    /** Of a message that is looked at. */
    static final int MAX_LENGTH = 8_192;

    private static final String TEMPLATE = "expected <value> but was <value>";

    private ComparedValues() {}

    static String without(String message) {
        String text = ContractBounds.cut(message, MAX_LENGTH);
        Optional<String> compared = before(COMPARISON, text).or(() -> before(MISMATCH, text));
        return compared.map(before -> before + TEMPLATE).orElse(text);
    }

    /** What stands before the comparison; empty when there is none. Two searches, not one pattern, keep it linear. */
    private static Optional<String> before(Form form, String text) {
        Matcher opening = form.opening().matcher(text);
        boolean found = opening.find() && form.turn().matcher(text).find(opening.end());
        return found ? Optional.of(text.substring(0, opening.start())) : Optional.empty();
    }
}
