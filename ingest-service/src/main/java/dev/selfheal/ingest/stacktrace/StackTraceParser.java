package dev.selfheal.ingest.stacktrace;

import dev.selfheal.event.ExceptionInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the stack traces one language prints. Implementations are pure, take time linear in the length of the text, and
 * throw on no text whatsoever.
 */
@FunctionalInterface
public interface StackTraceParser {

    /** More causes than this are a cycle or an attack; the first and the last ones are kept. */
    int MAX_CAUSES = 256;
    /** Frames kept per exception: text must not multiply in memory. */
    int MAX_FRAMES = 4_096;

    /** The chain, outermost first, root cause last; empty when the text holds no trace of this language. */
    List<ExceptionInfo> parse(String text);

    /**
     * @param platform {@code java}, {@code python}, {@code javascript}, {@code go} or {@code csharp}
     * @return empty for any other
     */
    static Optional<StackTraceParser> of(String platform) {
        return switch (platform) {
            case "java" -> Optional.of(new JavaStackTraceParser());
            case "python" -> Optional.of(new PythonStackTraceParser());
            case "javascript" -> Optional.of(new JavaScriptStackTraceParser());
            case "go" -> Optional.of(new GoStackTraceParser());
            case "csharp" -> Optional.of(new CSharpStackTraceParser());
            default -> Optional.empty();
        };
    }

    /** The list without its middle when it is longer than {@link #MAX_CAUSES}. */
    static <T> List<T> withoutMiddle(List<T> chain) {
        if (chain.size() <= MAX_CAUSES) {
            return chain;
        }
        List<T> kept = new ArrayList<>(chain.subList(chain.size() - MAX_CAUSES + 1, chain.size()));
        kept.add(0, chain.get(0));
        return kept;
    }
}
