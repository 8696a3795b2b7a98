package dev.selfheal.bench.analysis;

import com.sun.management.OperatingSystemMXBean;
import dev.selfheal.analysis.AnalysisConfig;
import dev.selfheal.analysis.AnalysisService;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * Events per second of the analysis against a windowed count over the same records. The two take turns on one JVM, the
 * broker has its own, and the figure is the median of the ratios of neighbouring rounds.
 */
public final class ThroughputBench {

    private static final OperatingSystemMXBean MACHINE =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final int WARM_UP_ROUNDS = 3;
    private static final Duration SPACING = Duration.ofMillis(1);

    private ThroughputBench() {}

    /**
     * @param args working folder, events, groups, rounds
     */
    public static void main(String[] args) throws IOException, ExecutionException, InterruptedException {
        Path folder = Files.createDirectories(Path.of(args[0]));
        int events = Integer.parseInt(args[1]);
        int groups = Integer.parseInt(args[2]);
        int rounds = Integer.parseInt(args[3]);
        Instant start = Instant.now().minus(SPACING.multipliedBy(events));
        try (Bench bench = Bench.start(folder);
                Admin admin = bench.newAdmin()) {
            admin.createTopics(List.of(new NewTopic(WindowedCount.TOPIC, Optional.of(2), Optional.empty())))
                    .all()
                    .get();
            bench.publish(new ErrorLoad(events, new Zipf(groups), start, SPACING));
            System.out.printf(
                    "%,d events of %,d groups, %s apart; load average %.1f%n",
                    events, groups, SPACING, MACHINE.getSystemLoadAverage());
            report(measure(bench, admin, rounds));
        }
    }

    private static List<Pair> measure(Bench bench, Admin admin, int rounds) {
        List<Pair> pairs = new ArrayList<>();
        for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
            Run count = count(bench, admin, "count" + round);
            Run analysis = analysis(bench, admin, "analysis" + round);
            Pair pair = new Pair(count, analysis);
            System.out.printf(
                    "%s  windowed count %s   analysis %s   ratio %.2f (CPU %.2f)%n",
                    round < 0 ? "warm-up" : "round " + round, count, analysis, pair.ratio(), pair.cpuRatio());
            if (round >= 0) {
                pairs.add(pair);
            }
        }
        return pairs;
    }

    private static Run count(Bench bench, Admin admin, String application) {
        AnalysisConfig config = new AnalysisConfig(bench.settings(application));
        try (WindowedCount count = new WindowedCount(config)) {
            count.start();
            return drain(admin, config);
        }
    }

    private static Run analysis(Bench bench, Admin admin, String application) {
        AnalysisConfig config = new AnalysisConfig(bench.settings(application));
        try (AnalysisService service = new AnalysisService(config, new SimpleMeterRegistry(), Clock.systemUTC())) {
            service.start();
            return drain(admin, config);
        }
    }

    /** From the first commit seen to the last, so that joining the group is not counted. */
    private static Run drain(Admin admin, AnalysisConfig config) {
        Progress progress = new Progress(
                admin, config.applicationId(), config.topics().errorEvents().name());
        long all = progress.end();
        long first = progress.await(1);
        long began = System.nanoTime();
        long cpu = MACHINE.getProcessCpuTime();
        progress.await(all);
        return new Run(all - first, System.nanoTime() - began, MACHINE.getProcessCpuTime() - cpu);
    }

    private static void report(List<Pair> pairs) {
        System.out.printf(
                "windowed count   %,10.0f events/s  %5.1f us CPU each%n",
                median(pairs, pair -> pair.count().rate()),
                median(pairs, pair -> pair.count().cpuMicros()));
        System.out.printf(
                "analysis         %,10.0f events/s  %5.1f us CPU each%n",
                median(pairs, pair -> pair.analysis().rate()),
                median(pairs, pair -> pair.analysis().cpuMicros()));
        System.out.printf(
                "ratio            %10.2f (of CPU %.2f); load average %.1f%n",
                median(pairs, Pair::ratio), median(pairs, Pair::cpuRatio), MACHINE.getSystemLoadAverage());
    }

    private static double median(List<Pair> pairs, ToDoubleFunction<Pair> figure) {
        return pairs.stream().mapToDouble(figure).sorted().toArray()[pairs.size() / 2];
    }

    /**
     * @param nanos wall time
     * @param cpuNanos of the whole JVM, the broker's not included
     */
    private record Run(long events, long nanos, long cpuNanos) {

        double rate() {
            return events * 1e9 / nanos;
        }

        double cpuMicros() {
            return cpuNanos / 1e3 / events;
        }

        @Override
        public String toString() {
            return "%,9.0f/s (%.1f us CPU)".formatted(rate(), cpuMicros());
        }
    }

    private record Pair(Run count, Run analysis) {

        double ratio() {
            return analysis.rate() / count.rate();
        }

        double cpuRatio() {
            return count.cpuMicros() / analysis.cpuMicros();
        }
    }
}
