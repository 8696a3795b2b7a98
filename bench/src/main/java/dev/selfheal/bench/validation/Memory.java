package dev.selfheal.bench.validation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The most memory that this process and its sandboxes held at once, the broker's JVM left out: proportional set size, in
 * which pages that several processes share count once. Linux only.
 */
final class Memory implements AutoCloseable {

    private static final long PERIOD_MS = 100;

    private final ScheduledExecutorService sampler = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "memory");
        thread.setDaemon(true);
        return thread;
    });
    private volatile long peakKiB;

    Memory() {
        sampler.scheduleWithFixedDelay(this::sample, 0, PERIOD_MS, TimeUnit.MILLISECONDS);
    }

    long peakMiB() {
        return peakKiB >> 10;
    }

    private void sample() {
        Stream<ProcessHandle> tree =
                Stream.concat(Stream.of(ProcessHandle.current()), ProcessHandle.current().descendants());
        peakKiB = Math.max(
                peakKiB,
                tree.filter(process -> !isBroker(process)).mapToLong(Memory::pss).sum());
    }

    private static boolean isBroker(ProcessHandle process) {
        return process.info().commandLine().filter(line -> line.contains("ChildBroker")).isPresent();
    }

    private static long pss(ProcessHandle process) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "smaps_rollup")).stream()
                    .filter(line -> line.startsWith("Pss:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        } catch (IOException e) {
            return 0; // it has just ended
        }
    }

    @Override
    public void close() {
        sampler.shutdownNow();
    }
}
