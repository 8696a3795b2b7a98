package dev.selfheal.patch.template;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The JDK's helpful NullPointerException message (JEP 358), read back into what was null. */
sealed interface NullPointerMessage {

    Pattern BECAUSE = Pattern.compile("because (the return value of )?\"(.+)\" is null$");
    Pattern SLOT = Pattern.compile("<local(\\d+)>");

    /** A parameter, local variable, field, array element or a path of them, for example `this.order.lines[<local2>]`. */
    record Named(String path) implements NullPointerMessage {}

    /** A variable in a class file without variable names. */
    record Slot(int number) implements NullPointerMessage {}

    /**
     * What a method returned.
     *
     * @param method simple name
     * @param arguments how many it takes
     */
    record Returned(String method, int arguments) implements NullPointerMessage {}

    /** No message, another platform's, or a person's own text. */
    record Unknown() implements NullPointerMessage {}

    static NullPointerMessage parse(String message) {
        Matcher because = BECAUSE.matcher(message);
        if (!because.find()) {
            return new Unknown();
        }
        String subject = because.group(2);
        if (because.group(1) != null) {
            return returned(subject).orElseGet(Unknown::new);
        }
        Matcher slot = SLOT.matcher(subject);
        return slot.matches() ? new Slot(Integer.parseInt(slot.group(1))) : new Named(subject);
    }

    private static Optional<NullPointerMessage> returned(String signature) {
        int open = signature.lastIndexOf('(');
        int close = signature.lastIndexOf(')');
        if (open < 0 || close < open) {
            return Optional.empty();
        }
        String qualified = signature.substring(0, open);
        String arguments = signature.substring(open + 1, close).strip();
        int count = arguments.isEmpty() ? 0 : arguments.split(",").length;
        return Optional.of(new Returned(qualified.substring(qualified.lastIndexOf('.') + 1), count));
    }
}
