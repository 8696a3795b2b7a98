package dev.selfheal.ingest.stacktrace;

import dev.selfheal.event.ExceptionInfo;
import dev.selfheal.event.StackFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads Java's {@code printStackTrace} text: nested causes, common frames left out with {@code ... n more}, messages of
 * several lines, and what logging back ends add. Suppressed exceptions, and what caused them, are left out: they did not
 * break the call. Pure; linear in the length of the text.
 */
final class JavaStackTraceParser implements StackTraceParser {

    private static final String CAUSED_BY = "Caused by: ";
    private static final String SUPPRESSED = "Suppressed: ";
    /** {@code ... 12 more} of the JDK, {@code ... 12 common frames omitted} of logback. */
    private static final Pattern COMMON_FRAMES =
            Pattern.compile("\\.\\.\\. (\\d{1,6}) (?:more|common frames omitted)\\b.{0,200}");
    /** Frames in common that are put back, in all of a chain: a short line stands for thousands of them. */
    private static final int MAX_COMMON_FRAMES = 2 * MAX_FRAMES;

    /** No frame is marked as the service's own: packages tell, later. */
    @Override
    public List<ExceptionInfo> parse(String text) {
        List<Section> sections = mainSections(text.lines().toList());
        List<ExceptionInfo> chain = new ArrayList<>();
        List<StackFrame> enclosing = List.of();
        int commonLeft = MAX_COMMON_FRAMES;
        for (Section section : StackTraceParser.withoutMiddle(sections)) {
            Optional<ExceptionHeader> header = ExceptionHeader.find(section.header());
            boolean isText = chain.isEmpty() && !section.hasFrames();
            if (header.isEmpty() || (isText && !header.get().standsAlone())) {
                break;
            }
            int common = Math.min(commonLeft, Math.min(section.inCommon(), enclosing.size()));
            commonLeft -= common;
            List<StackFrame> frames = withCommonFrames(section, enclosing, common);
            chain.add(new ExceptionInfo(
                    header.get().type(), header.get().message().orElse(null), frames));
            enclosing = frames;
        }
        return chain;
    }

    /** Cuts the text at every {@code Caused by:} of the main chain and drops the suppressed blocks. */
    private static List<Section> mainSections(List<String> lines) {
        List<Section> sections = new ArrayList<>();
        Section current = new Section();
        int suppressedAt = -1;
        for (String line : lines) {
            String text = line.strip();
            int indent = line.length() - line.stripLeading().length();
            if (text.startsWith(CAUSED_BY) && (suppressedAt <= 0 || indent < suppressedAt)) {
                sections.add(current);
                current = new Section();
                current.header().add(text.substring(CAUSED_BY.length()));
                suppressedAt = -1;
            } else if (suppressedAt < 0 && text.startsWith(SUPPRESSED) && current.hasFrames()) {
                suppressedAt = indent;
            } else if (suppressedAt < 0) {
                current.add(line, text);
            }
        }
        sections.add(current);
        return sections;
    }

    private static List<StackFrame> withCommonFrames(Section section, List<StackFrame> enclosing, int common) {
        return Stream.concat(
                        section.frames().stream(),
                        enclosing.subList(enclosing.size() - common, enclosing.size()).stream())
                .limit(MAX_FRAMES)
                .toList();
    }

    /** One exception's lines: first its header and message, then its frames. Used by one thread. */
    private static final class Section {
        private final List<String> header = new ArrayList<>();
        private final List<StackFrame> frames = new ArrayList<>();
        private int inCommon;

        List<String> header() {
            return header;
        }

        List<StackFrame> frames() {
            return frames;
        }

        int inCommon() {
            return inCommon;
        }

        boolean hasFrames() {
            return !frames.isEmpty() || inCommon > 0;
        }

        void add(String line, String text) {
            Optional<StackFrame> frame = FrameLine.parse(text);
            Matcher common = COMMON_FRAMES.matcher(text);
            if (frame.isPresent()) {
                frames.add(frame.get());
            } else if (common.matches()) {
                inCommon = Integer.parseInt(common.group(1));
            } else if (!hasFrames()) {
                header.add(line);
            }
        }
    }
}
