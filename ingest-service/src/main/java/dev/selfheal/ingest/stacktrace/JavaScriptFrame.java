package dev.selfheal.ingest.stacktrace;

import dev.selfheal.event.StackFrame;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One frame line of a JavaScript engine. Pure. */
final class JavaScriptFrame {

    private static final int MAX_LINE = 8_192;
    private static final String NAMELESS = "<anonymous>";
    private static final String BUILT_IN = "<native>";

    /** V8: {@code at async Cart.total (/srv/cart.js:2:41)}, {@code at /srv/cart.js:2:41}, {@code at Array.map (<anonymous>)}. */
    private static final Pattern V8 =
            Pattern.compile("^\\s*+at (?:async )?(?:(.{1,1000}?) \\((.{1,4096})\\)|(\\S.{0,4096}))$");
    /** Firefox and Safari: {@code total@https://shop.example/cart.js:2:41}. */
    private static final Pattern GECKO =
            Pattern.compile("^\\s*+([^@\\s]{0,500})@(\\S{1,4096}:\\d{1,9}(?::\\d{1,9})?)$");
    /** {@code path:line:column}; the column may be missing in Safari. */
    private static final Pattern LOCATION = Pattern.compile("^(.{1,4096}?):(\\d{1,9})(?::\\d{1,9})?$");
    /** The place that called {@code eval}, inside of what V8 says of evaluated code. */
    private static final Pattern EVAL = Pattern.compile("^eval at .{0,1000}?\\(([^()]{1,4096}:\\d{1,9}:\\d{1,9})\\)");

    private static final Pattern ALIAS = Pattern.compile(" \\[as [^\\]]{1,200}]$");
    /** Firefox counts closures: {@code total/<}, {@code async*total}. */
    private static final Pattern GECKO_MARKS = Pattern.compile("(?:^async\\*|/?<$|/<)");

    private JavaScriptFrame() {}

    static Optional<StackFrame> parse(String line) {
        if (line.length() > MAX_LINE) {
            return Optional.empty();
        }
        String text = line.stripTrailing();
        Matcher v8 = V8.matcher(text.endsWith(" {") ? text.substring(0, text.length() - 2) : text);
        if (v8.matches()) {
            return v8.group(3) == null ? Optional.of(called(v8.group(1), v8.group(2))) : bare(v8.group(3));
        }
        Matcher gecko = GECKO.matcher(text);
        return gecko.matches()
                ? Optional.of(called(GECKO_MARKS.matcher(gecko.group(1)).replaceAll(""), gecko.group(2)))
                : Optional.empty();
    }

    /** A line {@code at …} without parentheses is a frame only if it ends with a place: messages have such lines too. */
    private static Optional<StackFrame> bare(String location) {
        return LOCATION.matcher(location).matches() ? Optional.of(called("", location)) : Optional.empty();
    }

    private static StackFrame called(String name, String location) {
        String function = name.isEmpty() ? NAMELESS : ALIAS.matcher(name).replaceFirst("");
        Matcher eval = EVAL.matcher(location);
        Matcher place = LOCATION.matcher(eval.find() ? eval.group(1) : location);
        if (!place.matches() || place.group(1).startsWith("index ")) {
            // Array.map (<anonymous>), Promise.all (index 0), native
            return new StackFrame(BUILT_IN, function, null, LineNumber.UNKNOWN, false);
        }
        String path = place.group(1);
        return new StackFrame(
                SourcePath.module(path),
                function,
                SourcePath.fileName(path),
                LineNumber.parse(place.group(2)),
                !SourcePath.isLibrary(path));
    }
}
