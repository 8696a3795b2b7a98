package dev.selfheal.validation.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code Throwable.printStackTrace} text as a chain of exceptions, outermost first. */
final class StackTraceText {

    /** One exception of the chain. */
    record Thrown(String type, List<Frame> frames) {}

    /** One call; the function without what the compiler adds to lambdas. */
    record Frame(String className, String function) {}

    private static final Pattern FRAME =
            Pattern.compile("\\s+at (?:[^\\s(]*/)?([\\w$.\\u0080-\\uffff]+)\\.([\\w$<>\\u0080-\\uffff-]+)\\(.*\\)\\s*");
    private static final Pattern CAUSE = Pattern.compile("\\s*Caused by: ([\\w$.\\u0080-\\uffff]+)(?::.*)?");
    private static final Pattern HEAD = Pattern.compile("([\\w$.\\u0080-\\uffff]+)(?::.*)?");
    private static final Pattern LAMBDA = Pattern.compile("lambda\\$(.+)\\$\\d+");

    private StackTraceText() {}

    static List<Thrown> parse(String text) {
        List<Thrown> chain = new ArrayList<>();
        boolean suppressed = false;
        for (String line : text.lines().toList()) {
            Matcher cause = CAUSE.matcher(line);
            Matcher frame = FRAME.matcher(line);
            Matcher head = HEAD.matcher(line);
            if (line.strip().startsWith("Suppressed: ")) {
                suppressed = true;
            } else if (cause.matches()) {
                suppressed = false;
                chain.add(new Thrown(cause.group(1), new ArrayList<>()));
            } else if (frame.matches() && !chain.isEmpty() && !suppressed) {
                chain.get(chain.size() - 1).frames().add(frame(frame.group(1), frame.group(2)));
            } else if (chain.isEmpty() && head.matches()) {
                chain.add(new Thrown(head.group(1), new ArrayList<>()));
            }
        }
        return chain;
    }

    static Frame frame(String className, String function) {
        Matcher lambda = LAMBDA.matcher(function);
        return new Frame(className, lambda.matches() ? lambda.group(1) : function);
    }

    /** The innermost call inside the project's own main code. */
    static Optional<Frame> topOwn(List<Frame> frames, Predicate<String> ownClass) {
        return frames.stream().filter(frame -> ownClass.test(frame.className())).findFirst();
    }
}
