package dev.selfheal.patch.template;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The numbers in the JDK's index messages.
 *
 * @param begin the index, or the begin of the range
 * @param end the end of the range, exclusive; empty for a single index
 * @param length of what was indexed
 */
record BoundsMessage(OptionalInt begin, OptionalInt end, OptionalInt length) {

    private static final Pattern RANGE =
            Pattern.compile("(?:begin|start|fromIndex|Range \\[)[ :=(]*(-?\\d+)\\D*?(?:end|toIndex|,)[ :=(]*(-?\\d+)");
    private static final Pattern INDEX =
            Pattern.compile("(?i)(?:index|range|position|array index out of range)[ :=]*(-?\\d+)");
    private static final Pattern BARE = Pattern.compile("^(-?\\d+)$");
    private static final Pattern LENGTH = Pattern.compile("(?i)(?:length|size|count)[ :=]*(\\d+)");

    static BoundsMessage parse(String message) {
        OptionalInt length = number(LENGTH.matcher(message), 1);
        Matcher range = RANGE.matcher(message);
        if (range.find()) {
            return new BoundsMessage(number(range.group(1)), number(range.group(2)), length);
        }
        OptionalInt index = number(INDEX.matcher(message), 1);
        return new BoundsMessage(
                index.isPresent() ? index : number(BARE.matcher(message.strip()), 1), OptionalInt.empty(), length);
    }

    boolean empty() {
        return length.isPresent() && length.getAsInt() == 0;
    }

    private static OptionalInt number(Matcher matcher, int group) {
        return matcher.find() ? number(matcher.group(group)) : OptionalInt.empty();
    }

    private static OptionalInt number(String digits) {
        try {
            return OptionalInt.of(Integer.parseInt(digits));
        } catch (NumberFormatException e) {
            // Longer than an int: no index of the JDK's, so the message is someone else's.
            return OptionalInt.empty();
        }
    }
}
