package dev.selfheal.ingest.stacktrace;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands before the frames of one exception.
 *
 * @param type fully qualified class
 * @param message empty when the exception had none; may have several lines
 */
record ExceptionHeader(String type, Optional<String> message) {

    private static final Pattern THREAD = Pattern.compile("Exception in thread \"[^\"]{0,512}\" ");
    /** A class name, possibly with loader and module before it, and the message behind a colon. */
    private static final Pattern HEADER = Pattern.compile(
            "(?:[\\w.@-]{0,200}/){0,2}([\\p{L}_$][\\w$]*+(?:\\.[\\p{L}_$][\\w$]*+)*+)(?::(?: (.*+))?)?",
            Pattern.UNICODE_CHARACTER_CLASS);

    private static final Pattern TELLING = Pattern.compile("Exception|Error|Throwable|Failure|Fault");
    private static final int NOT_FOUND = -1;

    /**
     * Finds the header among the lines before the first frame: log output may stand before it, the rest of a long
     * message behind it. A name that tells of an exception wins over one that merely looks like a class; without either,
     * the line right before the frames is taken if it can be one.
     */
    static Optional<ExceptionHeader> find(List<String> lines) {
        int start = indexOf(lines, 0, ExceptionHeader::isTelling);
        if (start == NOT_FOUND) {
            start = indexOf(lines, 0, type -> type.indexOf('.') > 0);
        }
        if (start == NOT_FOUND && !lines.isEmpty()) {
            start = indexOf(lines, lines.size() - 1, type -> true);
        }
        return start == NOT_FOUND ? Optional.empty() : Optional.of(read(lines, start));
    }

    /** Its name tells of an exception or is qualified; any other word is one only when frames follow it. */
    boolean standsAlone() {
        return standsAlone(type);
    }

    static boolean standsAlone(String type) {
        return isTelling(type) || type.indexOf('.') > 0;
    }

    private static int indexOf(List<String> lines, int from, Predicate<String> wanted) {
        for (int i = from; i < lines.size(); i++) {
            Matcher header = HEADER.matcher(bare(lines.get(i)));
            if (header.matches() && wanted.test(header.group(1))) {
                return i;
            }
        }
        return NOT_FOUND;
    }

    private static ExceptionHeader read(List<String> lines, int start) {
        Matcher header = HEADER.matcher(bare(lines.get(start)));
        if (!header.matches()) {
            throw new IllegalStateException("line " + start + " was found to be a header");
        }
        if (header.group(2) == null && start == lines.size() - 1) {
            return new ExceptionHeader(header.group(1), Optional.empty());
        }
        StringBuilder message = new StringBuilder(header.group(2) == null ? "" : header.group(2));
        lines.subList(start + 1, lines.size())
                .forEach(line -> message.append('\n').append(line));
        return new ExceptionHeader(
                header.group(1), Optional.of(message.toString().strip()).filter(text -> !text.isEmpty()));
    }

    private static boolean isTelling(String type) {
        Matcher word = TELLING.matcher(type);
        // The word must stand in the simple name: `org.example.Error.Handler` tells nothing.
        word.region(type.lastIndexOf('.') + 1, type.length());
        return word.find();
    }

    private static String bare(String line) {
        String text = line.strip();
        Matcher thread = THREAD.matcher(text);
        return thread.lookingAt() ? text.substring(thread.end()) : text;
    }
}
