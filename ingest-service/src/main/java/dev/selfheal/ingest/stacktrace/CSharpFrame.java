package dev.selfheal.ingest.stacktrace;

import dev.selfheal.event.StackFrame;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One {@code at …} line of .NET. Pure. */
final class CSharpFrame {

    private static final int MAX_LINE = 8_192;
    private static final Pattern FRAME =
            Pattern.compile("^at ([^\\s(][^(]{0,2000}?) ?\\(([^)]{0,4000})\\)(?: in (.{1,4096}):line (\\d{1,9}))?$");
    /** The state machine of an async method or iterator: {@code Cart.<TotalAsync>d__3.MoveNext()}. */
    private static final Pattern STATE_MACHINE =
            Pattern.compile("^(.{1,1000}?)\\.<([^<>]{1,500})>d(?:__\\d{1,6})?(?:`\\d)?\\.MoveNext$");
    /** Compilers count lambdas, local functions and what they capture. */
    private static final Pattern COUNTED =
            Pattern.compile("(?<=b__|g__[\\w]{1,200}\\||DisplayClass)\\d{1,6}(?:_\\d{1,6})?");

    private static final List<String> LIBRARIES = List.of(
            "System.",
            "Microsoft.",
            "Interop.",
            "Internal.",
            "Newtonsoft.",
            "NLog.",
            "Serilog.",
            "Grpc.",
            "Google.",
            "Npgsql.",
            "MySql.",
            "MongoDB.",
            "Dapper.",
            "Polly.",
            "AutoMapper.",
            "MediatR.",
            "Castle.",
            "Xunit.",
            "NUnit.",
            "Sentry.",
            "OpenTelemetry.");

    private CSharpFrame() {}

    /**
     * @param text one line, stripped
     */
    static Optional<StackFrame> parse(String text) {
        Matcher frame = FRAME.matcher(text);
        if (text.length() > MAX_LINE || !frame.matches()) {
            return Optional.empty();
        }
        Matcher machine = STATE_MACHINE.matcher(frame.group(1));
        String name = machine.matches() ? machine.group(1) + "." + machine.group(2) : frame.group(1);
        int dot = name.endsWith("..ctor") || name.endsWith("..cctor") ? name.lastIndexOf("..") : name.lastIndexOf('.');
        if (dot <= 0 || dot == name.length() - 1) {
            return Optional.empty();
        }
        String module = COUNTED.matcher(name.substring(0, dot)).replaceAll("");
        return Optional.of(new StackFrame(
                module,
                COUNTED.matcher(name.substring(dot + 1)).replaceAll(""),
                Optional.ofNullable(frame.group(3)).map(SourcePath::fileName).orElse(null),
                frame.group(4) == null ? LineNumber.UNKNOWN : LineNumber.parse(frame.group(4)),
                LIBRARIES.stream().noneMatch(module::startsWith)));
    }
}
