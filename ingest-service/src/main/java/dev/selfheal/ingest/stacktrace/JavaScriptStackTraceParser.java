package dev.selfheal.ingest.stacktrace;

import dev.selfheal.event.ExceptionInfo;
import dev.selfheal.event.StackFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code error.stack} of V8 (Node, Chrome) and of Firefox and Safari, and what Node prints when it dies, with causes.
 * TypeScript is no different. Thread-safe.
 */
final class JavaScriptStackTraceParser implements StackTraceParser {

    /** {@code [cause]: } of Node, {@code Caused by: } of logging libraries. */
    private static final Pattern CAUSE =
            Pattern.compile("^\\s*(?:\\[cause]|Caused by): (.*)$", Pattern.CASE_INSENSITIVE);
    /** What an AggregateError collected; it did not lead to it one after the other. */
    private static final String MEMBERS = "[errors]: [";

    private static final Pattern UNCAUGHT = Pattern.compile("^Uncaught (?:\\(in promise\\) )?");
    /** {@code TypeError [ERR_INVALID_ARG_TYPE]: …} */
    private static final Pattern CODE = Pattern.compile("^([\\w$.]{1,200}) \\[[A-Z0-9_]{1,100}](?=:)");

    @Override
    public List<ExceptionInfo> parse(String text) {
        List<Section> sections = new ArrayList<>();
        sections.add(new Section());
        for (String line : text.lines().toList()) {
            if (line.strip().equals(MEMBERS)) {
                break;
            }
            Matcher cause = CAUSE.matcher(line);
            if (cause.matches()) {
                sections.add(new Section());
                sections.get(sections.size() - 1).add(cause.group(1));
            } else {
                sections.get(sections.size() - 1).add(line);
            }
        }
        List<ExceptionInfo> chain = new ArrayList<>();
        for (Section section : StackTraceParser.withoutMiddle(sections)) {
            section.exception().ifPresent(chain::add);
        }
        return chain;
    }

    /** One error's header and frames. Used by one thread. */
    private static final class Section {
        private final List<String> header = new ArrayList<>();
        private final List<StackFrame> frames = new ArrayList<>();

        void add(String line) {
            Optional<StackFrame> frame = JavaScriptFrame.parse(line);
            if (frame.isPresent() && frames.size() < MAX_FRAMES) {
                frames.add(frame.get());
            } else if (frame.isEmpty() && frames.isEmpty()) {
                header.add(CODE.matcher(UNCAUGHT.matcher(line).replaceFirst("")).replaceFirst("$1"));
            }
        }

        /** Firefox prints frames only; a header without frames is an error whose stack was cut off. */
        Optional<ExceptionInfo> exception() {
            Optional<ExceptionHeader> found = ExceptionHeader.find(header);
            if (frames.isEmpty() && found.filter(ExceptionHeader::standsAlone).isEmpty()) {
                return Optional.empty();
            }
            String type = found.map(ExceptionHeader::type).orElse("Error");
            return Optional.of(new ExceptionInfo(
                    type, found.flatMap(ExceptionHeader::message).orElse(null), frames));
        }
    }
}
