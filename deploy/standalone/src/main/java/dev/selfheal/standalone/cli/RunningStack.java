package dev.selfheal.standalone.cli;

import dev.selfheal.embedded.BrokerFault;
import dev.selfheal.standalone.heal.CannotHealException;
import dev.selfheal.standalone.heal.StackSource;
import dev.selfheal.standalone.stack.DataDirectory;
import dev.selfheal.standalone.stack.Stack;
import dev.selfheal.standalone.stack.StackOptions;
import dev.selfheal.validation.Workbench;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A stack with its folder, log and workbench, taken down when the command ends, however it ends. */
final class RunningStack implements StackSource, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RunningStack.class);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(30);
    /** Without Kafka, or before everything has started, there is nothing to be saved. */
    private static final Duration STOP_AT_ONCE = Duration.ofSeconds(3);

    private final DataDirectory data;
    private final CompletableFuture<Workbench> sandboxed;
    private final CompletableFuture<Stack> starting;
    private final CompletableFuture<BrokerFault> fault = new CompletableFuture<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Thread hook = new Thread(this::interrupted, "shutdown");

    private RunningStack(DataDirectory data, StackOptions options) {
        this.data = data;
        sandboxed = CompletableFuture.supplyAsync(
                () -> Stack.workbench(options, data, Clock.systemUTC()), RunningStack::inOwnThread);
        starting = CompletableFuture.supplyAsync(() -> startStack(options), RunningStack::inOwnThread);
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
        Interrupts.secondEndsAtOnce();
        RunningStack running = new RunningStack(data, options);
        Runtime.getRuntime().addShutdownHook(running.hook);
        try {
            running.sandboxed.join();
            return running;
        } catch (CompletionException e) {
            running.close();
            throw CommandFailure.failure(
                    "the sandbox cannot be set up: " + e.getCause().getMessage(), e);
        }
    }

    @Override
    public Stack ready() throws CannotHealException {
        try {
            CompletableFuture.anyOf(starting, fault).join();
            if (fault.isDone()) {
                data.keep(); // its log is in there
                throw new CannotHealException(fault.join().toString());
            }
            Stack stack = starting.join();
            if (closed.get()) {
                throw new CannotHealException("stopped");
            }
            return stack;
        } catch (CompletionException e) {
            throw new CannotHealException(
                    "Kafka and the services do not come up: " + e.getCause().getMessage(), e);
        }
    }

    /** Returns when Kafka has ended by itself: nothing that runs here is of use then. */
    BrokerFault awaitFault() throws InterruptedException {
        try {
            BrokerFault ended = fault.get();
            data.keep(); // its log is in there
            return ended;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    Workbench workbench() {
        return sandboxed.join();
    }

    DataDirectory data() {
        return data;
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        CompletableFuture<Void> stopped = starting.thenAcceptAsync(Stack::close, RunningStack::inOwnThread);
        boolean orderly = starting.isDone() && !fault.isDone();
        Duration limit = orderly ? STOP_WITHIN : STOP_AT_ONCE;
        stopped.handle((nothing, failure) -> failure)
                .completeOnTimeout(null, limit.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        if (!stopped.isDone()) {
            LOG.warn("the services did not stop within {} s; ending anyway", limit.toSeconds());
        }
        if (sandboxed.isDone() && !sandboxed.isCompletedExceptionally()) {
            sandboxed.join().close();
        }
        data.close();
    }

    /** The JVM is told to end while the command is at work; at its own end everything is closed already. */
    private void interrupted() {
        if (!closed.get()) {
            Terminal.standard().line("stopping; Ctrl-C again ends at once");
            close();
        }
    }

    private Stack startStack(StackOptions options) {
        try {
            return Stack.start(options, data, sandboxed.join(), fault, Clock.systemUTC());
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private static void inOwnThread(Runnable work) {
        Thread thread = new Thread(work, "startup");
        thread.setDaemon(true);
        thread.start();
    }
}
