package dev.selfheal.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/**
 * The same broker as {@link EmbeddedBroker} in a JVM of its own, so that a fault of the broker cannot take this one with
 * it. The child ends when this JVM does, however it ends: it watches its standard input. Not thread-safe.
 */
public final class ChildBroker implements Broker {

    private static final Duration START_WITHIN = Duration.ofSeconds(60);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(15);
    private static final int LOG_LINES_SHOWN = 20;

    private final BrokerSettings settings;
    private final Path log;
    private final CompletableFuture<BrokerFault> fault = new CompletableFuture<>();
    /** Read by the thread that sees the child end. */
    private volatile Optional<Process> child = Optional.empty();

    /**
     * @param log what the child says is appended here
     */
    public ChildBroker(BrokerSettings settings, Path log) {
        this.settings = Objects.requireNonNull(settings, "settings");
        this.log = Objects.requireNonNull(log, "log");
    }

    @Override
    public String bootstrapServers() {
        return settings.bootstrapServers();
    }

    /** False after a fault of the broker, or before it was started. */
    public boolean isRunning() {
        return child.filter(Process::isAlive).isPresent();
    }

    @Override
    public CompletableFuture<BrokerFault> fault() {
        return fault.copy();
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // its end is told by fault()
    public void start() {
        if (isRunning()) {
            return;
        }
        Process starting = launch();
        child = Optional.of(starting);
        starting.onExit().thenAccept(this::ended);
        try {
            awaitReady(starting);
        } catch (RuntimeException e) {
            stop();
            throw e;
        }
    }

    private Process launch() {
        try {
            Files.createDirectories(settings.dataDirectory());
            return new ProcessBuilder(ChildBrokerMain.command(settings))
                    .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the broker's JVM", e);
        }
    }

    private void awaitReady(Process starting) {
        CompletableFuture<Boolean> ready = CompletableFuture.supplyAsync(() -> saysReady(starting));
        try {
            if (!ready.get(START_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                throw new KafkaException("the broker ended while starting; its last words:\n" + lastWords());
            }
        } catch (TimeoutException e) {
            throw new KafkaException("the broker was not ready after " + START_WITHIN + ":\n" + lastWords(), e);
        } catch (ExecutionException e) {
            throw new KafkaException("cannot read from the broker's JVM", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptException(e);
        }
    }

    /** The child prints one line, when it is ready; the end of its output before that is the end of the child. */
    private static boolean saysReady(Process process) {
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        try {
            return ChildBrokerMain.READY.equals(output.readLine());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String lastWords() {
        try {
            List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN), lines.size()));
        } catch (IOException e) {
            return "(no log: " + e + ")";
        }
    }

    @Override
    public void stop() {
        Optional<Process> ending = child;
        child = Optional.empty(); // before it ends: an end that was asked for is no fault
        ending.ifPresent(ChildBroker::end);
    }

    private void ended(Process process) {
        if (child.filter(process::equals).isPresent()) {
            fault.complete(new BrokerFault(process.exitValue(), log));
        }
    }

    private static void end(Process process) {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(STOP_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (IOException e) {
            process.destroyForcibly();
            throw new UncheckedIOException("cannot close the broker's input; it was killed", e);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
