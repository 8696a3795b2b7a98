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
 * errors, and exception groups, of which only the group itself is taken. Thread-safe.
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
    /** The first of a group's own exceptions: they did not lead to the group one after the other. */
    private static final Pattern GROUP_MEMBER = Pattern.compile("^\\s*\\+-\\+-{4,} 1 -{4,}\\s*$");

    @Override
    public List<ExceptionInfo> parse(String text) {
        List<Traceback> tracebacks = new ArrayList<>();
        boolean inMembers = false;
        for (String line : text.lines().toList()) {
            String bare = GROUP_BAR.matcher(line).replaceFirst("");
            inMembers = inMembers || GROUP_MEMBER.matcher(line).matches();
            Matcher start = START.matcher(bare);
            if (inMembers) {
                continue;
            }
            if (start.matches()) {
                tracebacks.add(new Traceback(indent(bare)));
            } else if (!tracebacks.isEmpty()) {
                tracebacks.get(tracebacks.size() - 1).add(bare);
            }
        }
        List<ExceptionInfo> chain = new ArrayList<>();
        for (Traceback traceback : tracebacks) {
            traceback.exception().ifPresent(chain::add);
        }
        // Python prints the root cause first.
        Collections.reverse(chain);
        return StackTraceParser.withoutMiddle(chain);
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
