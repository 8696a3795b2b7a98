package dev.selfheal.ingest.stacktrace;

import dev.selfheal.event.ExceptionInfo;
import dev.selfheal.event.StackFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what Go prints when it panics and what {@code debug.Stack()} returns. Of several goroutines the first one is taken:
 * it is the one that failed. Frames above the last {@code panic(…)} are left out, for they only handle it. Go names no
 * type, so it is {@code panic}, {@code runtime.Error}, {@code fatal error}, or {@code error} when the text says nothing.
 * Thread-safe.
 */
final class GoStackTraceParser implements StackTraceParser {

    private static final Pattern GOROUTINE = Pattern.compile("^\\s*goroutine \\d{1,18} .{0,100}\\[.{0,200}]:\\s*$");
    private static final Pattern PANIC =
            Pattern.compile("^\\s*(panic|fatal error): (.*?)(?: \\[recovered.{0,40}])?\\s*$");
    private static final Pattern SOURCE = Pattern.compile(
            "^\\s*(\\S.{0,4096}\\.(?:go|s)):(\\d{1,9})(?: \\+0x[0-9a-f]{1,16})?(?: (?:fp|sp|pc)=0x[0-9a-f]{1,16}){0,3}\\s*$");
    private static final Pattern CREATED_BY =
            Pattern.compile("^created by (\\S{1,1000})(?: in goroutine \\d{1,18})?\\s*$");
    private static final String RUNTIME_ERROR = "runtime error: ";

    @Override
    public List<ExceptionInfo> parse(String text) {
        List<String> header = new ArrayList<>();
        List<StackFrame> frames = new ArrayList<>();
        boolean inGoroutine = false;
        String call = "";
        for (String line : text.lines().toList()) {
            if (GOROUTINE.matcher(line).matches()) {
                if (inGoroutine) {
                    break;
                }
                inGoroutine = true;
            } else if (!inGoroutine) {
                header.add(line);
            } else {
                Matcher source = SOURCE.matcher(line);
                if (!call.isEmpty() && source.matches() && frames.size() < MAX_FRAMES) {
                    frames.add(frame(call, source.group(1), source.group(2)));
                }
                call = source.matches() ? "" : line.strip();
            }
        }
        return inGoroutine ? List.of(exception(header, withoutHandling(frames))) : List.of();
    }

    private static ExceptionInfo exception(List<String> header, List<StackFrame> frames) {
        Optional<Matcher> panic =
                header.stream().map(PANIC::matcher).filter(Matcher::matches).findFirst();
        String message = panic.map(found -> found.group(2)).orElse("");
        boolean runtimeError = message.startsWith(RUNTIME_ERROR);
        String type = runtimeError
                ? "runtime.Error"
                : panic.map(found -> found.group(1)).orElse("error");
        String text = runtimeError ? message.substring(RUNTIME_ERROR.length()) : message;
        return new ExceptionInfo(type, text.isBlank() ? null : text, frames);
    }

    /** A deferred function that recovers, or asks for the stack, runs on top of the panic. */
    private static List<StackFrame> withoutHandling(List<StackFrame> frames) {
        int from = 0;
        for (int i = 0; i < frames.size(); i++) {
            if (frames.get(i).getModule().isEmpty()
                    && frames.get(i).getFunction().equals("panic")) {
                from = i + 1;
            }
        }
        return frames.subList(from, frames.size()).stream()
                .map(GoStackTraceParser::named)
                .toList();
    }

    /** Built-in functions have no package. */
    private static StackFrame named(StackFrame frame) {
        return frame.getModule().isEmpty()
                ? new StackFrame("builtin", frame.getFunction(), frame.getFile().orElse(null), frame.getLine(), false)
                : frame;
    }

    /** {@code github.com/acme/cart.(*Cart).Total(0xc000…)}: the package ends at the first dot behind the last slash. */
    private static StackFrame frame(String call, String path, String line) {
        Matcher created = CREATED_BY.matcher(call);
        int arguments = call.lastIndexOf('(');
        String name =
                created.matches() ? created.group(1) : call.substring(0, arguments < 0 ? call.length() : arguments);
        int dot = name.indexOf('.', name.lastIndexOf('/') + 1);
        String function = name.substring(dot + 1);
        return new StackFrame(
                dot < 0 ? "" : name.substring(0, dot),
                function.isEmpty() ? "<unknown>" : function,
                SourcePath.fileName(path),
                LineNumber.parse(line),
                !SourcePath.isLibrary(path));
    }
}
