package dev.selfheal.validation.baseline;

import dev.selfheal.validation.sandbox.TestOutcome.Completed;
import dev.selfheal.validation.sandbox.TestOutcome.Failure;
import dev.selfheal.validation.sandbox.TestOutcome.Status;
import dev.selfheal.validation.sandbox.TestOutcome.TestResult;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Completed runs as bytes: a layout number, then counted lists of counted texts, numbers big-endian. */
final class RunsCodec {

    private static final int LAYOUT = 1;

    /** More than any test class has, and less than would hurt: what is larger was not written here. */
    private static final int MOST = 1 << 20;

    private RunsCodec() {}

    static byte[] encode(List<Completed> runs) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(LAYOUT);
            out.writeInt(runs.size());
            for (Completed run : runs) {
                out.writeLong(run.duration().toNanos());
                out.writeInt(run.results().size());
                for (TestResult result : run.results()) {
                    write(out, result);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory can be written", e);
        }
        return bytes.toByteArray();
    }

    /**
     * @throws IOException when these are not such bytes
     */
    static List<Completed> decode(byte[] bytes) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (in.readInt() != LAYOUT) {
                throw new IOException("another layout");
            }
            List<Completed> runs = new ArrayList<>();
            for (int run = count(in); run > 0; run--) {
                Duration duration = Duration.ofNanos(in.readLong());
                List<TestResult> results = new ArrayList<>();
                for (int result = count(in); result > 0; result--) {
                    results.add(read(in));
                }
                runs.add(new Completed(List.copyOf(results), duration));
            }
            return runs;
        }
    }

    private static void write(DataOutputStream out, TestResult result) throws IOException {
        text(out, result.id());
        text(out, result.status().name());
        out.writeLong(result.duration().toNanos());
        out.writeBoolean(result.failure().isPresent());
        if (result.failure().isPresent()) {
            Failure failure = result.failure().get();
            text(out, failure.exceptionType());
            text(out, failure.message());
            text(out, failure.stackTrace());
        }
    }

    private static TestResult read(DataInputStream in) throws IOException {
        String id = text(in);
        Status status = status(text(in));
        Duration duration = Duration.ofNanos(in.readLong());
        Optional<Failure> failure =
                in.readBoolean() ? Optional.of(new Failure(text(in), text(in), text(in))) : Optional.empty();
        return new TestResult(id, status, duration, failure);
    }

    private static Status status(String name) throws IOException {
        try {
            return Status.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw new IOException("no such status: " + name, e);
        }
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String text(DataInputStream in) throws IOException {
        byte[] bytes = in.readNBytes(count(in));
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static int count(DataInputStream in) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > MOST) {
            throw new IOException("no such count: " + count);
        }
        return count;
    }
}
