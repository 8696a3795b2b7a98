package dev.selfheal.validation.sandbox;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts sandboxed JVMs in a jail. Thread-safe. */
final class JvmStarter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(JvmStarter.class);

    private final Jail jail;
    /** Busy and waiting ones, with their commands. */
    private final Map<Process, List<String>> running = new ConcurrentHashMap<>();

    private final Spawner spawner = new Spawner();
    private final ExecutorService io = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "sandbox-io");
        thread.setDaemon(true);
        return thread;
    });

    JvmStarter(Jail jail) {
        this.jail = jail;
    }

    /** Returns at once; the JVM warms up by itself. */
    SandboxJvm start(Inmate inmate) throws IOException, InterruptedException {
        List<String> command = jail.command(inmate);
        Process process = spawner.start(command, jail.commandEnvironment());
        running.put(process, command);
        return new SandboxJvm(process, inmate.limits(), io, () -> end(process));
    }

    /** Starts a program, and ends it with all it left when the time is up or it has ended. */
    CommandOutcome run(Inmate inmate, Duration timeout) throws IOException, InterruptedException {
        List<String> command = jail.command(inmate);
        Process process = spawner.start(command, jail.commandEnvironment());
        running.put(process, command);
        return new CommandRun(process, inmate.limits(), io, () -> end(process)).await(timeout);
    }

    /** Kills it with all that came from it; does nothing the second time. */
    private void end(Process process) {
        try {
            ProcessTree.kill(process.toHandle());
        } finally {
            Optional.ofNullable(running.remove(process)).ifPresent(this::ended);
        }
    }

    private void ended(List<String> command) {
        try {
            jail.ended(command);
        } catch (IOException e) {
            LOG.warn("A sandbox may be left behind: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        List.copyOf(running.keySet()).forEach(this::end);
        spawner.close();
        io.shutdownNow();
    }
}
