package dev.selfheal.ingest.stacktrace;

import dev.selfheal.event.ExceptionInfo;
import dev.selfheal.event.StackFrame;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what Python's {@code traceback} module prints: chains of causes and contexts, messages of several lines, syntax
 * errors, and exception groups, of which the first member counts as the cause. Thread-safe.
 */
final class PythonStackTraceParser implements StackTraceParser {

    /** Stands before each exception's frames; log output may stand before it on the line. */
    private static final Pattern START =
            Pattern.compile("^(.{0,200}?)(?:Exception Group )?Traceback \\(most recent call last\\):\\s*$");

    private static final Pattern FRAME =
            Pattern.compile("^\\s*+File \"([^\"]{1,4096})\", line (\\d{1,9})(?:, in (\\S.{0,1000}))?\\s*$");
    private static final Pattern HEADER = Pattern.compile("^([\\p{L}_][\\w.<>]{0,500}+)(?:: ?(.*))?$");
    private static final List<String> LINKS = List.of(
            "The above exception was the direct cause of the following exception:",
            "During handling of the above exception, another exception occurred:");
    /** Drawn before each line of an exception group. */
    private static final Pattern GROUP_BAR = Pattern.compile("^\\s*[|+] ");
    /** Before each of a group's own exceptions, with its number, and without one behind the last. */
    private static final Pattern GROUP_MEMBER =
            Pattern.compile("^(\\s{0,400})\\+-(?:\\+-)?-{3,40}(?: (\\d{1,9}|\\.{3}) -{4,40}|-{20,40})\\s*$");

    @Override
    public List<ExceptionInfo> parse(String text) {
        Reading reading = new Reading();
        text.lines().forEach(reading::line);
        List<ExceptionInfo> chain = new ArrayList<>();
        for (Traceback traceback : reading.rootFirst) {
            traceback.exception().ifPresent(chain::add);
        }
        Collections.reverse(chain);
        return StackTraceParser.withoutMiddle(chain);
    }

    /** What was read so far. Used by one thread. */
    private static final class Reading {
        private static final int NOTHING = Integer.MAX_VALUE;

        /** Python prints the root cause first, but a group before its members. */
        private final List<Traceback> rootFirst = new ArrayList<>();

        private Optional<Traceback> current = Optional.empty();
        private int next;
        /** Indentation of the members that are passed over, of which each but the first is. */
        private int passedOver = NOTHING;

        void line(String line) {
            Matcher member = GROUP_MEMBER.matcher(line);
            if (member.matches()) {
                member(member.group(1).length(), Optional.ofNullable(member.group(2)));
            } else if (passedOver == NOTHING) {
                String bare = GROUP_BAR.matcher(line).replaceFirst("");
                if (START.matcher(bare).matches()) {
                    begin(new Traceback(indent(bare)));
                } else {
                    current.ifPresent(traceback -> traceback.add(bare));
                }
            }
        }

        private void begin(Traceback traceback) {
            rootFirst.add(next, traceback);
            next++;
            current = Optional.of(traceback);
        }

        private void member(int indent, Optional<String> number) {
            current = Optional.empty();
            if (passedOver != NOTHING) {
                passedOver = number.isEmpty() && indent <= passedOver ? NOTHING : passedOver;
                next = rootFirst.size();
            } else if (number.isEmpty()) {
                next = rootFirst.size();
            } else if (number.get().equals("1")) {
                next = Math.max(0, next - 1); // before the group, whose cause it is taken for
            } else {
                passedOver = indent;
            }
        }
    }

    private static int indent(String line) {
        return line.length() - line.stripLeading().length();
    }

    /** The lines from one {@code Traceback} to the next. Used by one thread. */
    private static final class Traceback {
        private final int indent;
        private final List<StackFrame> callerFirst = new ArrayList<>();
        private final StringBuilder message = new StringBuilder();
        private String type = "";
        private boolean ended;

        Traceback(int indent) {
            this.indent = indent;
        }

        void add(String line) {
            if (ended || LINKS.contains(line.strip())) {
                ended = true;
            } else if (!type.isEmpty()) {
                message.append('\n').append(line);
            } else if (!addFrame(line) && indent(line) <= indent) {
                Matcher header = HEADER.matcher(line.strip());
                if (header.matches()) {
                    type = header.group(1);
                    message.append(header.group(2) == null ? "" : header.group(2));
                }
            }
        }

        private boolean addFrame(String line) {
            Matcher frame = FRAME.matcher(line);
            if (!frame.matches()) {
                return false;
            }
            String path = frame.group(1);
            String function =
                    frame.group(3) == null ? "<module>" : frame.group(3).strip();
            if (callerFirst.size() == MAX_FRAMES) {
                callerFirst.remove(0);
            }
            callerFirst.add(new StackFrame(
                    SourcePath.module(path),
                    function,
                    SourcePath.fileName(path),
                    LineNumber.parse(frame.group(2)),
                    !SourcePath.isLibrary(path)));
            return true;
        }

        Optional<ExceptionInfo> exception() {
            if (type.isEmpty()) {
                return Optional.empty();
            }
            List<StackFrame> frames = new ArrayList<>(callerFirst);
            Collections.reverse(frames);
            String text = message.toString().strip();
            return Optional.of(new ExceptionInfo(type, text.isEmpty() ? null : text, frames));
        }
    }
}
