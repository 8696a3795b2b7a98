package dev.selfheal.ingest.sentry;

import dev.selfheal.event.StackFrame;
import dev.selfheal.ingest.draft.InvalidEventException;
import dev.selfheal.ingest.draft.Limits;
import dev.selfheal.ingest.json.Fields;
import dev.selfheal.ingest.stacktrace.JavaNames;
import dev.selfheal.ingest.stacktrace.SourcePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Sentry's frames, caller first, to ours, innermost first. Not thread-safe. */
final class SentryFrames {

    private static final int MAX_NAME = 1_024;
    private static final int MAX_LINE = 10_000_000;
    /** {@link StackTraceElement} marks a native method with this line number. */
    private static final int NATIVE = -2;
    /** Sentry's own sign for a function without a name; V8 and we write {@code <anonymous>}. */
    private static final Pattern NAMELESS = Pattern.compile("(?<=^|\\.)\\?$");
    /** {@code [as name]}: under which name V8 saw the method called. */
    private static final Pattern ALIAS = Pattern.compile(" \\[as [^\\]]{1,200}]$");

    private final Limits limits;
    private final boolean java;
    /** Node's SDK names modules in a way of its own; by their paths they are named as in a stack trace that is text. */
    private final boolean script;

    private int framesRead;
    private boolean markedBySender;

    SentryFrames(Limits limits, String platform) {
        this.limits = limits;
        this.java = platform.equals("java");
        this.script = platform.equals("javascript");
    }

    /** Whether the sender called any frame read so far its own. */
    boolean markedBySender() {
        return markedBySender;
    }

    /** The frames of one exception; empty when it has no stack. */
    List<StackFrame> read(Fields exception) throws InvalidEventException {
        Optional<Fields> stack = exception.object("stacktrace");
        if (stack.isEmpty()) {
            return List.of();
        }
        List<Fields> sent = stack.get().objects("frames");
        framesRead += sent.size();
        if (framesRead > limits.frames()) {
            throw InvalidEventException.tooLarge(
                    stack.get().pointerTo("frames"), "the event has more than " + limits.frames() + " stack frames");
        }
        List<StackFrame> frames = new ArrayList<>(sent.size());
        for (int i = sent.size() - 1; i >= 0; i--) {
            frames.add(frame(sent.get(i)));
        }
        return frames;
    }

    private StackFrame frame(Fields fields) {
        Optional<String> path = SentryText.lenient(fields, "abs_path", MAX_NAME)
                .or(() -> SentryText.lenient(fields, "filename", MAX_NAME));
        Optional<String> file =
                SentryText.lenient(fields, "filename", MAX_NAME).or(() -> path).map(SourcePath::fileName);
        String module = path.filter(any -> script)
                .map(SourcePath::module)
                .or(() -> SentryText.lenient(fields, "module", MAX_NAME))
                .or(() -> SentryText.lenient(fields, "package", MAX_NAME))
                .or(() -> path.map(SourcePath::module))
                .orElse("<unknown>");
        Optional<Boolean> sent = fields.any("in_app").map(flag -> flag.asBoolean());
        markedBySender |= sent.orElse(false);
        boolean isNative = fields.any("native").filter(flag -> flag.asBoolean()).isPresent();
        return new StackFrame(
                java ? JavaNames.withoutLoaderAndModule(module) : module,
                function(fields),
                file.orElse(null),
                isNative ? NATIVE : line(fields),
                sent.orElseGet(() -> isOwn(path)));
    }

    /** Java's own code is told by its packages, later and for all protocols alike; the path tells it elsewhere. */
    private boolean isOwn(Optional<String> path) {
        return !java && path.filter(name -> !SourcePath.isLibrary(name)).isPresent();
    }

    private static String function(Fields fields) {
        String name = SentryText.lenient(fields, "function", MAX_NAME).orElse("<unknown>");
        // Most names have neither: looking for the one character that each needs is cheaper than trying them.
        String bare = name.indexOf(']') < 0 ? name : ALIAS.matcher(name).replaceFirst("");
        return bare.indexOf('?') < 0 ? bare : NAMELESS.matcher(bare).replaceFirst("<anonymous>");
    }

    private static int line(Fields fields) {
        int line = fields.any("lineno").map(number -> number.asInt(0)).orElse(0);
        return line > 0 && line <= MAX_LINE ? line : 0;
    }
}
