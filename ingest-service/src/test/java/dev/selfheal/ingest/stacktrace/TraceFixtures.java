package dev.selfheal.ingest.stacktrace;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.selfheal.event.ExceptionInfo;
import dev.selfheal.event.StackFrame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Traces among the test resources. Those of Python (3.11) and Node (20) were printed by small programs; those of browsers,
 * Go and .NET are written by their documentation.
 */
final class TraceFixtures {

    private static final Path FOLDER = Path.of("src", "test", "resources", "stacktraces");

    private TraceFixtures() {}

    static String text(String name) {
        try {
            return Files.readString(FOLDER.resolve(name + ".txt"), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> names() {
        try (var files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString().replace(".txt", ""))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> types(List<ExceptionInfo> chain) {
        return chain.stream().map(ExceptionInfo::getType).toList();
    }

    /** {@code module function file:line}, with {@code *} before own frames. */
    static List<String> frames(ExceptionInfo exception) {
        return exception.getFrames().stream().map(TraceFixtures::inWords).toList();
    }

    private static String inWords(StackFrame frame) {
        return (frame.getInApp() ? "*" : "") + frame.getModule() + " " + frame.getFunction() + " "
                + frame.getFile().orElse("-") + ":" + frame.getLine();
    }
}
