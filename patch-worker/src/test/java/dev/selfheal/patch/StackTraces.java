package dev.selfheal.patch;

import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.ExceptionInfo;
import dev.selfheal.event.StackFrame;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Events from stack traces as the JVM prints them. */
public final class StackTraces {

    private static final Pattern FRAME =
            Pattern.compile("\\s+at ([\\w.$/@<>-]+)\\.([\\w$<>]+)\\(([^:)]+)(?::(\\d+))?\\)");
    private static final Pattern HEAD = Pattern.compile("(?:Caused by: )?([\\w.$]+)(?:: (.*))?");

    private StackTraces() {}

    public static ErrorEvent event(String trace) {
        List<ExceptionInfo> chain = new ArrayList<>();
        List<StackFrame> frames = new ArrayList<>();
        for (String line : trace.strip().lines().toList()) {
            Matcher frame = FRAME.matcher(line);
            Matcher head = HEAD.matcher(line);
            if (frame.matches()) {
                frames.add(frame(frame));
            } else if (chain.isEmpty() || line.startsWith("Caused by: ")) {
                if (head.matches()) {
                    frames = new ArrayList<>();
                    chain.add(ExceptionInfo.newBuilder()
                            .setType(head.group(1))
                            .setMessage(head.group(2))
                            .setFrames(frames)
                            .build());
                    frames = chain.get(chain.size() - 1).getFrames();
                }
            }
        }
        return ErrorEvent.newBuilder()
                .setEventId("event-1")
                .setGroup("v1:00000000000000000000000000000000")
                .setService("shop")
                .setOccurredAt(Instant.EPOCH)
                .setReceivedAt(Instant.EPOCH)
                .setExceptions(chain)
                .build();
    }

    private static StackFrame frame(Matcher frame) {
        return StackFrame.newBuilder()
                .setModule(frame.group(1))
                .setFunction(frame.group(2))
                .setFile(frame.group(3).endsWith(".java") ? frame.group(3) : null)
                .setLine(frame.group(4) == null ? 0 : Integer.parseInt(frame.group(4)))
                .build();
    }
}
