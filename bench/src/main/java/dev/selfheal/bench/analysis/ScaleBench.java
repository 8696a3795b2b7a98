package dev.selfheal.bench.analysis;

import dev.selfheal.analysis.AnalysisConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.LogDirDescription;

/**
 * What many groups cost: memory of the analysis' own process, disk, changelogs, and how long a restart takes until the next
 * error is counted. Each group has one error, ten minutes for all of them.
 */
public final class ScaleBench {

    private static final String APPLICATION = "scale";
    private static final String HEAP = "1g";
    private static final Duration SPAN = Duration.ofMinutes(10);
    /** Errors that come while it is down. */
    private static final int WAITING = 100;

    private final Path folder;
    private final Bench bench;
    private final Progress progress;
    private final Map<String, String> settings;

    private ScaleBench(Path folder, Bench bench, Admin admin) {
        this.folder = folder;
        this.bench = bench;
        progress = new Progress(admin, APPLICATION, Bench.topics().errorEvents().name());
        settings = bench.settings(APPLICATION);
        settings.put(AnalysisConfig.INSTANCE_ID, "scale-0");
    }

    /**
     * @param args working folder, groups
     */
    public static void main(String[] args) throws IOException, ExecutionException, InterruptedException {
        Path folder = Files.createDirectories(Path.of(args[0]));
        int groups = Integer.parseInt(args[1]);
        try (Bench bench = Bench.start(folder);
                Admin admin = bench.newAdmin()) {
            new ScaleBench(folder, bench, admin).run(groups, admin);
        }
    }

    private void run(int groups, Admin admin) throws ExecutionException, InterruptedException {
        send(groups, Instant.now().minus(SPAN));
        try (AnalysisProcess analysis = AnalysisProcess.start(folder, settings, HEAP)) {
            long began = System.nanoTime();
            progress.await(progress.end());
            System.out.printf("%,d groups are known after %.0f s%n", groups, secondsSince(began));
            System.out.printf(
                    "resident memory   %,d MiB, at most %,d MiB; heap at most %s%n",
                    mib(analysis.memory("VmRSS")), mib(analysis.memory("VmHWM")), HEAP);
        }
        long disk = size(bench.stateFolder(APPLICATION));
        System.out.printf("state on disk     %,d MiB, %,d bytes a group%n", mib(disk), disk / groups);
        for (Map.Entry<String, Long> changelog : changelogs(admin).entrySet()) {
            System.out.printf(
                    "%-40s %,d MiB, %,d bytes a group%n",
                    changelog.getKey(), mib(changelog.getValue()), changelog.getValue() / groups);
        }
        System.out.printf("restart, state on disk             %5.1f s%n", restart(AnalysisProcess::kill));
        System.out.printf("after kill -9, from the changelogs %5.1f s%n", restart(AnalysisProcess::close));
        delete(bench.stateFolder(APPLICATION));
        System.out.printf("state lost, from the changelogs    %5.1f s%n", restart(AnalysisProcess::close));
    }

    /** Starts it with errors waiting. */
    private double restart(Consumer<AnalysisProcess> end) {
        send(WAITING, Instant.now());
        long began = System.nanoTime();
        AnalysisProcess analysis = AnalysisProcess.start(folder, settings, HEAP);
        try {
            progress.await(progress.end());
            return secondsSince(began);
        } finally {
            end.accept(analysis);
        }
    }

    private void send(int groups, Instant start) {
        bench.publish(new ErrorLoad(groups, i -> i, start, SPAN.dividedBy(groups)));
    }

    private static Map<String, Long> changelogs(Admin admin) throws ExecutionException, InterruptedException {
        Map<String, Long> sizes = new TreeMap<>();
        int broker = admin.describeCluster().controller().get().id();
        for (LogDirDescription directory : admin.describeLogDirs(List.of(broker))
                .allDescriptions()
                .get()
                .get(broker)
                .values()) {
            directory.replicaInfos().forEach((partition, replica) -> {
                if (partition.topic().endsWith("-changelog")) {
                    sizes.merge(partition.topic(), replica.size(), Long::sum);
                }
            });
        }
        sizes.values().removeIf(size -> size == 0);
        return sizes;
    }

    private static long size(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long mib(long bytes) {
        return bytes >> 20;
    }

    private static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }
}
