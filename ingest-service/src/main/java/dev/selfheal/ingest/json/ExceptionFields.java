package dev.selfheal.ingest.json;

import static dev.selfheal.ingest.draft.InvalidEventException.invalid;
import static dev.selfheal.ingest.draft.InvalidEventException.tooLarge;

import dev.selfheal.event.ExceptionInfo;
import dev.selfheal.event.StackFrame;
import dev.selfheal.ingest.draft.InvalidEventException;
import dev.selfheal.ingest.draft.Limits;
import dev.selfheal.ingest.stacktrace.JavaNames;
import dev.selfheal.ingest.stacktrace.StackTraceParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What failed, as a chain of exceptions or as the text of a stack trace. Not thread-safe. */
final class ExceptionFields {

    private static final int MAX_NAME = 1_024;
    private static final int MAX_CHAIN = 256;
    private static final int MAX_LINE = 10_000_000;

    private final Limits limits;
    private final String platform;
    private final Remarks remarks;
    private int framesRead;

    /**
     * @param remarks receives what the sender should know
     */
    ExceptionFields(Limits limits, String platform, Remarks remarks) {
        this.limits = limits;
        this.platform = platform;
        this.remarks = remarks;
    }

    List<ExceptionInfo> read(Fields event) throws InvalidEventException {
        List<Fields> exceptions = event.objects("exceptions");
        Optional<String> stacktrace = event.text("stacktrace", Integer.MAX_VALUE);
        if (!exceptions.isEmpty() && stacktrace.isPresent()) {
            throw invalid(event.pointerTo("stacktrace"), "stands beside exceptions; give only one of them");
        }
        if (stacktrace.isPresent()) {
            return fromText(event.pointerTo("stacktrace"), stacktrace.get());
        }
        if (exceptions.isEmpty()) {
            throw invalid(
                    event.pointerTo("exceptions"), "is missing or empty; give at least one exception, or a stacktrace");
        }
        if (exceptions.size() > MAX_CHAIN) {
            throw tooLarge(
                    event.pointerTo("exceptions"),
                    "has " + exceptions.size() + " exceptions; at most " + MAX_CHAIN + " are allowed");
        }
        List<ExceptionInfo> chain = new ArrayList<>(exceptions.size());
        for (Fields exception : exceptions) {
            chain.add(exception(exception));
        }
        return chain;
    }

    private List<ExceptionInfo> fromText(String pointer, String text) throws InvalidEventException {
        StackTraceParser parser = StackTraceParser.of(platform)
                .orElseThrow(() -> invalid(
                        pointer, "no stack traces are read as text for platform " + platform + "; give exceptions"));
        List<ExceptionInfo> chain = parser.parse(text);
        if (chain.isEmpty()) {
            throw invalid(
                    pointer, "holds no " + platform + " exception; give what the platform prints, its header included");
        }
        for (ExceptionInfo exception : chain) {
            count(exception.getFrames().size(), pointer);
        }
        if (framesRead == 0) {
            remarks.note(
                    pointer,
                    "none of its lines is a stack frame as " + platform
                            + " prints it: the error is grouped by its type and message alone, and names no place to mend");
        }
        return chain;
    }

    private ExceptionInfo exception(Fields fields) throws InvalidEventException {
        String type = fields.requiredText("type", MAX_NAME);
        Optional<String> message = fields.text("message", Integer.MAX_VALUE);
        List<Fields> elements = fields.objects("frames");
        count(elements.size(), fields.pointerTo("frames"));
        List<StackFrame> frames = new ArrayList<>(elements.size());
        for (Fields element : elements) {
            frames.add(frame(element));
        }
        remarks.ignored(fields.unread());
        return new ExceptionInfo(type, message.filter(text -> !text.isEmpty()).orElse(null), frames);
    }

    private StackFrame frame(Fields fields) throws InvalidEventException {
        String module = fields.requiredText("module", MAX_NAME);
        StackFrame frame = new StackFrame(
                platform.equals("java") ? JavaNames.withoutLoaderAndModule(module) : module,
                fields.requiredText("function", MAX_NAME),
                fields.text("file", MAX_NAME)
                        .map(ExceptionFields::withoutFolder)
                        .orElse(null),
                fields.integer("line", -2, MAX_LINE, 0),
                fields.bool("inApp").orElse(false));
        remarks.ignored(fields.unread());
        return frame;
    }

    private void count(int frames, String pointer) throws InvalidEventException {
        framesRead += frames;
        if (framesRead > limits.frames()) {
            throw tooLarge(
                    pointer, "the event has more than " + limits.frames() + " stack frames; send the innermost ones");
        }
    }

    private static String withoutFolder(String file) {
        return file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
    }
}
