package dev.selfheal.validation.sandbox.runner;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;

/**
 * Entry point inside the sandbox: warm up until there is an order, say ready, read the key and one order from standard input, answer on
 * descriptor 3, end. Standard output and error belong to the untrusted code; the worker reads and bounds them.
 *
 * <p>What guards the answer: the key and the channel live in local variables of the main thread alone, the project's
 * class loader cannot see this package, and counts and canaries are judged outside. What does not: code in the same JVM
 * that scans memory ({@code Unsafe}, {@code /proc/self/mem}) or instruments classes can find the key. The risk check
 * refuses patches that use such means.
 */
public final class RunnerMain {

    private static final Path CHANNEL = Path.of("/dev/fd/3");

    private RunnerMain() {}

    public static void main(String[] args) throws IOException {
        if (args[0].equals("rehearse")) {
            Rehearsal.run();
            return;
        }
        DataInputStream in = new DataInputStream(new BufferedInputStream(System.in));
        OutputStream channel = Channels.newOutputStream(FileChannel.open(CHANNEL, StandardOpenOption.WRITE));
        System.setIn(InputStream.nullInputStream());
        Task task = task(args);
        warmUp(task, in);
        Frame.ready().write(channel);
        byte[] key = in.readNBytes(Seal.KEY_BYTES);
        if (key.length < Seal.KEY_BYTES) {
            Runtime.getRuntime().halt(0); // the worker closed a pooled JVM that was never used
        }
        Seal seal = new Seal(key);
        Arrays.fill(key, (byte) 0);
        byte[] order = Wire.readBytes(in);
        haltWhenWorkerEnds(in);
        answer(task, order, seal).write(channel);
        Runtime.getRuntime().halt(0); // no shutdown hook or non-daemon thread of the project's gets a say
    }

    /**
     * Ends as soon as there is an order: then warming up would only delay it. A task that cannot practise, such as with
     * options that refuse our source, goes without: what it cannot do with its order it says there.
     */
    private static void warmUp(Task task, InputStream in) throws IOException {
        for (int round = 0; round < task.rounds() && in.available() == 0; round++) {
            try {
                task.warmUp();
            } catch (IOException | RuntimeException e) {
                return;
            }
        }
    }

    private static Task task(String[] args) throws IOException {
        List<String> practice = List.of(args).subList(1, args.length);
        return switch (args[0]) {
            case "test" -> new TestTask();
            case "compile" -> new CompileTask(practice);
            case "mutants" -> new MutationTask(practice);
            case "observe" -> new ObservationTask();
            case "cover" -> new CoverageTask();
            case "replay" -> new ReplayTask();
            case "analyse" -> new AnalysisTask(practice);
            case "lint" -> new LintTask();
            case "probe" -> new ProbeTask();
            default -> throw new IllegalArgumentException("no task is called " + args[0]);
        };
    }

    private static Frame answer(Task task, byte[] order, Seal seal) {
        try {
            return Frame.sealed(Frame.Kind.DONE, task.run(order), seal);
        } catch (OutOfMemoryError e) {
            return Frame.sealed(Frame.Kind.LIMIT, utf8("out of memory: " + e.getMessage()), seal);
        } catch (IOException | RuntimeException | Error e) {
            return Frame.sealed(Frame.Kind.FAILED, utf8(Throwables.describe(e)), seal);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Second line behind the parent-death signal: standard input ends when the worker does. */
    private static void haltWhenWorkerEnds(InputStream in) {
        Thread watch = new Thread(
                () -> {
                    try {
                        in.transferTo(OutputStream.nullOutputStream());
                    } catch (IOException e) {
                        // a broken pipe says the same as its end
                        Runtime.getRuntime().halt(1);
                    }
                    Runtime.getRuntime().halt(1);
                },
                "worker-watch");
        watch.setDaemon(true);
        watch.start();
    }
}
