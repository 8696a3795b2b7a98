package dev.selfheal.analysis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** The service in a JVM of its own, as an operator starts it: its main class and a properties file. */
final class ChildAnalysis implements AutoCloseable {

    private static final int NEWEST_LINES = 60;

    private final String name;
    private final Path folder;
    private final Properties settings = new Properties();
    private Optional<Process> process = Optional.empty();

    /**
     * @param name client id, and name of its state folder and log
     * @param common what all instances are configured with
     */
    ChildAnalysis(String name, Path folder, Map<String, String> common) {
        this.name = name;
        this.folder = folder;
        settings.putAll(common);
        settings.put(AnalysisConfig.STATE_DIR, folder.resolve(name).toString());
        settings.put(AnalysisConfig.OPS_PORT, "0");
        settings.put("streams.client.id", name);
    }

    String name() {
        return name;
    }

    void start() {
        Path file = folder.resolve(name + ".properties");
        try (Writer out = Files.newBufferedWriter(file)) {
            settings.store(out, name);
            process = Optional.of(new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx256m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            AnalysisMain.class.getName(),
                            file.toString()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + name, e);
        }
    }

    boolean isAlive() {
        return process.filter(Process::isAlive).isPresent();
    }

    /** As {@code kill -9} does: nothing is closed, committed or left. */
    void kill() {
        process.ifPresent(running -> running.destroyForcibly().onExit().join());
    }

    /** Of its log, for whoever has to find out what went wrong. */
    String newestLines() {
        try {
            List<String> lines = Files.readAllLines(log());
            return String.join("\n", lines.subList(Math.max(0, lines.size() - NEWEST_LINES), lines.size()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + log(), e);
        }
    }

    Path log() {
        return folder.resolve(name + ".log");
    }

    @Override
    public void close() {
        kill();
    }
}
