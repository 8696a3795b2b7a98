package dev.selfheal.validation.sandbox;

import dev.selfheal.validation.sandbox.Containment.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One jailed program from its start to its end. */
final class CommandRun {

    private static final int MOST_REPORT_BYTES = 32 << 20;

    private final Process process;
    private final Console console;
    private final ExecutorService io;
    private final Runnable end;

    /** @param end kills the process; may be called more than once */
    CommandRun(Process process, Limits limits, ExecutorService io, Runnable end) {
        this.process = process;
        this.io = io;
        this.end = end;
        this.console = new Console(process.getErrorStream(), (long) limits.outputMiB() << 20, end);
    }

    /** Waits at most that long, and ends the program whatever came. */
    CommandOutcome await(Duration timeout) throws InterruptedException {
        Future<?> printed = io.submit(console);
        Future<byte[]> report = io.submit(this::report);
        try {
            process.getOutputStream().close();
            byte[] bytes = report.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            printed.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                return stopped(Kind.TIMEOUT, "closed its channels and did not end");
            }
            return ended(bytes);
        } catch (TimeoutException e) {
            return stopped(Kind.TIMEOUT, "no end within " + timeout.toMillis() + " ms");
        } catch (ExecutionException | IOException e) {
            return stopped(Kind.LIMIT, "its report cannot be read: " + e.getMessage());
        } finally {
            end.run();
        }
    }

    private CommandOutcome ended(byte[] report) {
        if (report.length >= MOST_REPORT_BYTES) {
            return stopped(Kind.LIMIT, "reported more than it may");
        }
        int code = process.exitValue();
        return Death.isLimit(code, console)
                ? stopped(Kind.LIMIT, Death.describe(code, console))
                : new CommandOutcome.Ended(code, ByteBuffer.wrap(report).asReadOnlyBuffer(), console.tail());
    }

    private byte[] report() throws IOException {
        try (InputStream in = process.getInputStream()) {
            return in.readNBytes(MOST_REPORT_BYTES);
        }
    }

    private static CommandOutcome stopped(Kind kind, String detail) {
        return new CommandOutcome.Stopped(new Containment(kind, detail));
    }
}
