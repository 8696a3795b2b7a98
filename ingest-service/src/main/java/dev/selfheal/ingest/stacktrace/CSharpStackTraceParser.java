package dev.selfheal.ingest.stacktrace;

import dev.selfheal.event.ExceptionInfo;
import dev.selfheal.event.StackFrame;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code Exception.ToString()} of .NET. It prints the headers outermost first but the frames innermost first, each
 * exception's frames ended by a marker. Of an AggregateException only the first inner exception is taken. Thread-safe.
 */
final class CSharpStackTraceParser implements StackTraceParser {

    private static final String END_OF_INNER = "--- End of inner exception stack trace ---";
    private static final Pattern UNHANDLED = Pattern.compile("^Unhandled [Ee]xception[.:] ");
    private static final Pattern HEADER = Pattern.compile("^([\\p{L}_][\\w.+`]{0,500}+)(?:: (.*))?:?$");
    /** Before an inner exception's header: on a line of its own, or within the outer one's on .NET Framework. */
    private static final String INNER = "---> ";

    private static final Pattern OTHER_INNER = Pattern.compile("^\\(Inner Exception #\\d{1,6}\\) ");

    @Override
    public List<ExceptionInfo> parse(String text) {
        Reading reading = new Reading();
        text.lines().forEach(reading::add);
        return StackTraceParser.withoutMiddle(reading.chain());
    }

    /** What has been read so far. Used by one thread. */
    private static final class Reading {
        private final List<Open> headers = new ArrayList<>();
        private final Deque<Open> open = new ArrayDeque<>();
        private boolean inFrames;
        private boolean done;

        void add(String line) {
            String text = line.strip();
            Optional<StackFrame> frame = CSharpFrame.parse(text);
            if (done) {
                return;
            } else if (text.equals(END_OF_INNER)) {
                endInner();
            } else if (frame.isPresent() && !open.isEmpty()) {
                inFrames = true;
                open.getFirst().add(frame.get());
            } else if (!inFrames) {
                addHeader(text);
            } else if (text.startsWith(INNER)) {
                // A further inner exception of an aggregate.
                done = true;
            }
        }

        private void endInner() {
            if (open.size() > 1) {
                open.removeFirst();
            }
        }

        private void addHeader(String text) {
            String rest = UNHANDLED.matcher(text).replaceFirst("");
            int inner = rest.indexOf(INNER);
            if (inner >= 0) {
                addHeader(rest.substring(0, inner).strip(), false);
                rest = OTHER_INNER
                        .matcher(rest.substring(inner + INNER.length()))
                        .replaceFirst("");
            }
            // Headers are nested no deeper than this on one line; more is text.
            addHeader(rest, inner >= 0);
        }

        private void addHeader(String text, boolean inner) {
            Matcher header = HEADER.matcher(text);
            boolean starts = header.matches() && (inner || open.isEmpty());
            if (starts && open.size() < MAX_CAUSES) {
                Open next = new Open(header.group(1), header.group(2));
                headers.add(next);
                open.addFirst(next);
            } else if (!open.isEmpty() && !text.isEmpty()) {
                open.getFirst().addToMessage(text);
            }
        }

        List<ExceptionInfo> chain() {
            boolean isTrace =
                    inFrames || headers.stream().anyMatch(header -> ExceptionHeader.standsAlone(header.type));
            return isTrace ? headers.stream().map(Open::exception).toList() : List.of();
        }
    }

    /** An exception whose frames may still follow. Used by one thread. */
    private static final class Open {
        private final String type;
        private final StringBuilder message = new StringBuilder();
        private final List<StackFrame> frames = new ArrayList<>();

        Open(String type, String firstLine) {
            this.type = type;
            message.append(firstLine == null ? "" : firstLine);
        }

        void addToMessage(String line) {
            message.append('\n').append(line);
        }

        void add(StackFrame frame) {
            if (frames.size() < MAX_FRAMES) {
                frames.add(frame);
            }
        }

        ExceptionInfo exception() {
            String text = message.toString().strip();
            return new ExceptionInfo(type, text.isEmpty() ? null : text, frames);
        }
    }
}
