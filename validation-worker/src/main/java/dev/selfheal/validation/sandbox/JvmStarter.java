package dev.selfheal.validation.sandbox;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Starts sandboxed JVMs in a jail. Thread-safe. */
final class JvmStarter implements AutoCloseable {

    private final Jail jail;
    /** Busy and waiting ones. */
    private final Set<Process> running = ConcurrentHashMap.newKeySet();

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
        Process process =
                spawner.start(jail.command(inmate), jail.surroundings().environment());
        running.removeIf(earlier -> !earlier.isAlive());
        running.add(process);
        return new SandboxJvm(process, inmate.limits(), io);
    }

    @Override
    public void close() {
        running.forEach(process -> ProcessTree.kill(process.toHandle()));
        spawner.close();
        io.shutdownNow();
    }
}
