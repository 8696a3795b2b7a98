package dev.selfheal.validation.sandbox;

import dev.selfheal.validation.sandbox.Containment.Kind;
import dev.selfheal.validation.sandbox.runner.Frame;
import dev.selfheal.validation.sandbox.runner.MalformedMessageException;
import dev.selfheal.validation.sandbox.runner.Seal;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A sandboxed JVM that is warming up or waiting, for one order. It does not survive its order. */
final class SandboxJvm implements AutoCloseable {

    /** A JVM on a busy machine; the jobs' own time starts after this. */
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Process process;
    private final Console console;
    private final DataInputStream answers;
    private final ExecutorService io;
    private final Runnable end;
    private final Future<Frame> greeting;

    /** @param end kills the process; may be called more than once */
    SandboxJvm(Process process, Limits limits, ExecutorService io, Runnable end) {
        this.process = process;
        this.io = io;
        this.end = end;
        this.console = new Console(process.getErrorStream(), (long) limits.outputMiB() << 20, end);
        this.answers = new DataInputStream(new BufferedInputStream(process.getInputStream()));
        io.execute(console);
        this.greeting = io.submit(() -> Frame.read(answers));
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Hands the order over, waits for the answer at most that long, and ends the JVM whatever came. */
    Reply exchange(byte[] order, Duration timeout) throws InterruptedException {
        byte[] key = new byte[Seal.KEY_BYTES];
        RANDOM.nextBytes(key);
        try (this) {
            // Handed over at once: the runner ends its warming up as soon as there is an order.
            Future<Frame> answer = io.submit(() -> talk(key, order));
            Reply start = await(greeting, START_TIMEOUT, Kind.UNAVAILABLE);
            return start instanceof Reply.Contained ? start : await(answer, timeout, Kind.DIED);
        }
    }

    /** Returns when it is warmed up, or has failed to. */
    void awaitReady() throws InterruptedException {
        Reply unused = await(greeting, START_TIMEOUT, Kind.UNAVAILABLE); // whoever takes it learns of a failure
    }

    private Frame talk(byte[] key, byte[] order) throws IOException, InterruptedException {
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()))) {
            out.write(key);
            out.writeInt(order.length);
            out.write(order);
            out.flush();
            requireGreeted();
            Frame frame = Frame.read(answers); // standard input stays open: its end tells the runner to end
            if (!new Seal(key).verifies(frame)) {
                throw new MalformedMessageException("the seal on the answer is not ours");
            }
            return frame;
        }
    }

    private void requireGreeted() throws IOException, InterruptedException {
        try {
            Frame unused = greeting.get();
        } catch (ExecutionException e) {
            throw new IOException("ended before it was ready", e);
        }
    }

    private Reply await(Future<Frame> frame, Duration timeout, Kind onDeath) throws InterruptedException {
        try {
            return reply(frame.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Reply.contained(
                    onDeath == Kind.DIED ? Kind.TIMEOUT : onDeath, "no answer within " + timeout.toMillis() + " ms");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof MalformedMessageException) {
                return Reply.contained(
                        Kind.FORGED, "on the runner's channel: " + e.getCause().getMessage());
            }
            return death(onDeath);
        }
    }

    private static Reply reply(Frame frame) {
        return switch (frame.kind()) {
            case READY, DONE -> new Reply.Report(frame.payload());
            case LIMIT -> Reply.contained(Kind.LIMIT, frame.text());
            case FAILED -> Reply.contained(Kind.DIED, "the runner failed: " + frame.text());
        };
    }

    private Reply death(Kind otherwise) throws InterruptedException {
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
            return Reply.contained(otherwise, "closed its channel before it reported");
        }
        return Reply.contained(
                Death.isLimit(process.exitValue(), console) ? Kind.LIMIT : otherwise,
                Death.describe(process.exitValue(), console));
    }

    @Override
    public void close() {
        end.run();
    }
}
