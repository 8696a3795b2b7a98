package dev.selfheal.validation.sandbox;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Starts processes from one thread that lives as long as the sandbox: the parent-death signal fires when the forking
 * <em>thread</em> ends (prctl(2), PR_SET_PDEATHSIG), so a process started by a pooled thread would die with that thread.
 */
final class Spawner implements AutoCloseable {

    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread spawner = new Thread(task, "sandbox-spawner");
        spawner.setDaemon(true);
        return spawner;
    });

    Process start(List<String> command, Map<String, String> environment) throws IOException, InterruptedException {
        Callable<Process> start = () -> {
            ProcessBuilder builder = new ProcessBuilder(command);
            builder.environment().clear();
            builder.environment().putAll(environment);
            return builder.start();
        };
        Future<Process> process = thread.submit(start);
        try {
            return process.get();
        } catch (ExecutionException e) {
            throw new IOException("cannot start " + command.get(0), e.getCause());
        }
    }

    /** Ends the thread, and with it whatever it started that asked to die with its parent. */
    @Override
    public void close() {
        thread.shutdown();
    }
}
