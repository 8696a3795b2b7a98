package dev.selfheal.standalone.cli;

import dev.selfheal.standalone.heal.CannotHealException;
import dev.selfheal.standalone.heal.StackSource;
import dev.selfheal.standalone.stack.DataDirectory;
import dev.selfheal.standalone.stack.Stack;
import dev.selfheal.standalone.stack.StackOptions;
import dev.selfheal.validation.Workbench;
import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;

/** A stack with its folder, log and workbench, taken down when the command ends, however it ends. */
final class RunningStack implements StackSource, AutoCloseable {

    private final DataDirectory data;
    private final Workbench workbench;
    private final CompletableFuture<Stack> starting;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Thread hook = new Thread(this::close, "shutdown");

    private RunningStack(DataDirectory data, Workbench workbench, CompletableFuture<Stack> starting) {
        this.data = data;
        this.workbench = workbench;
        this.starting = starting;
    }

    /** Returns once the sandbox is proved; broker and services come up meanwhile: see {@link #ready()}. */
    static RunningStack start(StackOptions options) throws CommandFailure {
        DataDirectory data;
        try {
            data = DataDirectory.open(options.dataDirectory());
        } catch (IOException e) {
            throw CommandFailure.failure("cannot use the data folder: " + e.getMessage(), e);
        }
        Logging.toFile(data.log());
        CompletableFuture<Workbench> sandboxed = CompletableFuture.supplyAsync(
                () -> Stack.workbench(options, data, Clock.systemUTC()), RunningStack::inOwnThread);
        CompletableFuture<Stack> stack =
                CompletableFuture.supplyAsync(() -> startStack(options, data, sandboxed), RunningStack::inOwnThread);
        RunningStack running = new RunningStack(data, join(sandboxed), stack);
        Runtime.getRuntime().addShutdownHook(running.hook);
        return running;
    }

    @Override
    public Stack ready() throws CannotHealException {
        try {
            return starting.join();
        } catch (CompletionException e) {
            throw new CannotHealException(
                    "Kafka and the services do not come up: " + e.getCause().getMessage(), e);
        }
    }

    Workbench workbench() {
        return workbench;
    }

    DataDirectory data() {
        return data;
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        starting.handle((stack, failure) -> {
                    if (stack != null) {
                        stack.close();
                    }
                    return failure;
                })
                .join();
        workbench.close();
        data.close();
    }

    private static Stack startStack(StackOptions options, DataDirectory data, CompletableFuture<Workbench> workbench) {
        try {
            return Stack.start(options, data, workbench.join(), Clock.systemUTC());
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private static Workbench join(CompletableFuture<Workbench> workbench) throws CommandFailure {
        try {
            return workbench.join();
        } catch (CompletionException e) {
            throw CommandFailure.failure(
                    "the sandbox cannot be set up: " + e.getCause().getMessage(), e);
        }
    }

    private static void inOwnThread(Runnable work) {
        Thread thread = new Thread(work, "startup");
        thread.setDaemon(true);
        thread.start();
    }
}
