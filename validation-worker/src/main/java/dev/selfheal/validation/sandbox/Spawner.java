package dev.selfheal.validation.sandbox;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

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
        CompletableFuture<Process> process = new CompletableFuture<>();
        thread.execute(() -> complete(process, start));
        try {
            return process.get();
        } catch (InterruptedException e) {
            killWhenStarted(process);
            throw e;
        } catch (ExecutionException e) {
            throw new IOException("cannot start " + command.get(0), e.getCause());
        }
    }

    /** It starts all the same, and nobody else would know of it. */
    @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for its end
    private static void killWhenStarted(CompletableFuture<Process> process) {
        process.thenAccept(unwanted -> ProcessTree.kill(unwanted.toHandle()));
    }

    private static void complete(CompletableFuture<Process> process, Callable<Process> start) {
        try {
            process.complete(start.call());
        } catch (Exception e) {
            process.completeExceptionally(e);
        }
    }

    /** Ends the thread, and with it whatever it started that asked to die with its parent. */
    @Override
    public void close() {
        thread.shutdown();
    }
}
