package dev.selfheal.bench.analysis;

import dev.selfheal.analysis.AnalysisMain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** The analysis in a JVM of its own, as an operator starts it, and the memory Linux says it takes. */
final class AnalysisProcess implements AutoCloseable {

    private final Process process;

    private AnalysisProcess(Process process) {
        this.process = process;
    }

    /**
     * @param heap of its JVM, as {@code -Xmx} takes it
     */
    static AnalysisProcess start(Path folder, Map<String, String> settings, String heap) {
        Properties properties = new Properties();
        properties.putAll(settings);
        Path file = folder.resolve("analysis.properties");
        try (Writer out = Files.newBufferedWriter(file)) {
            properties.store(out, "bench");
            List<String> command = List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx" + heap,
                    "-cp",
                    System.getProperty("java.class.path"),
                    AnalysisMain.class.getName(),
                    file.toString());
            return new AnalysisProcess(new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            folder.resolve("analysis.log").toFile()))
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the analysis", e);
        }
    }

    /**
     * Resident memory, native memory of RocksDB included.
     *
     * @param field {@code VmRSS} for now, {@code VmHWM} for the most there ever was
     * @return bytes
     */
    long memory(String field) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                    .filter(line -> line.startsWith(field + ":"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException("only Linux tells the memory of a process", e);
        }
    }

    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** In order, as a service manager does. */
    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
