package dev.selfheal.bench.validation;

import dev.selfheal.config.ServiceConfig;
import dev.selfheal.embedded.ClusterOptions;
import dev.selfheal.embedded.LocalCluster;
import dev.selfheal.event.PatchVerdict;
import dev.selfheal.runtime.KafkaClients;
import dev.selfheal.topic.Topics;
import dev.selfheal.validation.ValidationConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Many proposals, two workers, and a {@code kill -9} of one of them again and again: counts verdicts for each proposal and
 * what the dead left behind. Ends with status 1 unless each proposal has exactly the one verdict it must have.
 *
 * <p>Usage: {@code SoakBench folder proposals seconds-between-kills}
 */
public final class SoakBench {

    private static final Topics TOPICS = new Topics("soak.");
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Path folder;
    private final LocalCluster cluster;
    private final List<WorkerProcess> workers = new ArrayList<>();
    private final Random random = new Random(1);
    private final Map<String, Integer> verdicts = new HashMap<>();
    private int unexpected;
    private int kills;
    private int survivors;

    private SoakBench(Path folder, LocalCluster cluster) {
        this.folder = folder;
        this.cluster = cluster;
    }

    public static void main(String[] args) throws Exception {
        Path folder = Files.createDirectories(Path.of(args[0]).toAbsolutePath());
        int proposals = Integer.parseInt(args[1]);
        Duration betweenKills = Duration.ofSeconds(Long.parseLong(args[2]));
        boolean clean;
        try (LocalCluster cluster = LocalCluster.start(ClusterOptions.childJvm(folder.resolve("cluster")), TOPICS)) {
            SoakBench bench = new SoakBench(folder, cluster);
            Runtime.getRuntime().addShutdownHook(new Thread(bench::dismiss));
            clean = bench.run(proposals, betweenKills);
        }
        System.exit(clean ? 0 : 1);
    }

    private boolean run(int proposals, Duration betweenKills) throws Exception {
        SoakProject project = SoakProject.create(Files.createDirectories(folder.resolve("project")));
        Instant begun = Instant.now();
        try (ProposalDesk desk = new ProposalDesk(new KafkaClients(new ValidationConfig(settings())), TOPICS)) {
            desk.publish(project.policy());
            for (int i = 0; i < proposals; i++) {
                desk.send(project.proposal(i));
            }
            hire();
            hire();
            follow(desk, proposals, betweenKills);
        } finally {
            dismiss();
        }
        long without = Stream.iterate(0, i -> i + 1)
                .limit(proposals)
                .filter(i -> !verdicts.containsKey(SoakProject.id(i)))
                .count();
        long several = verdicts.values().stream().filter(count -> count > 1).count();
        print(
                "%,d proposals, %d kills in %,d s: %,d with exactly one verdict, %d without, %d with several, %d wrong",
                proposals,
                kills,
                Duration.between(begun, Instant.now()).toSeconds(),
                verdicts.size() - several,
                without,
                several,
                unexpected);
        return report(Leftovers.of(folder, folder.resolve("tmp"))) && without + several + unexpected == 0;
    }

    private long several() {
        return verdicts.values().stream().filter(count -> count > 1).count();
    }

    private synchronized void dismiss() {
        workers.forEach(WorkerProcess::close);
        workers.clear();
    }

    private boolean report(Leftovers left) {
        print(
                "left behind: %d processes ten seconds after a kill, %d at the end, %d mounts, %d sandbox folders,"
                        + " %d other temporary files",
                survivors, left.processes(), left.mounts(), left.sandboxes(), left.files());
        return survivors + left.processes() + left.mounts() + left.sandboxes() == 0;
    }

    /** Until each has its verdict, and a while longer for those that have two. */
    private void follow(ProposalDesk desk, int proposals, Duration betweenKills) throws Exception {
        Instant nextKill = Instant.now().plus(betweenKills);
        Instant lastNews = Instant.now();
        while (verdicts.size() < proposals) {
            if (count(desk, Duration.ofMillis(250))) {
                lastNews = Instant.now();
            }
            if (Instant.now().isAfter(nextKill)) {
                survivors += workers.remove(random.nextInt(workers.size())).kill();
                kills++;
                hire();
                nextKill = Instant.now().plus(betweenKills);
                print("kill %d: %,d proposals with a verdict, %d with several", kills, verdicts.size(), several());
            }
            if (Instant.now().isAfter(lastNews.plus(PATIENCE))) {
                return;
            }
        }
        Instant end = Instant.now().plus(betweenKills.multipliedBy(2));
        while (Instant.now().isBefore(end)) {
            count(desk, Duration.ofMillis(250));
        }
    }

    private boolean count(ProposalDesk desk, Duration patience) {
        boolean news = false;
        for (PatchVerdict verdict : desk.poll(patience)) {
            news = true;
            verdicts.merge(verdict.getProposalId(), 1, Integer::sum);
            int number = Integer.parseInt(verdict.getProposalId().replaceAll("\\D", ""));
            if (verdict.getVerdict() != SoakProject.Kind.of(number).verdict()) {
                unexpected++;
                print("%s: %s %s", verdict.getProposalId(), verdict.getVerdict(), verdict.getReason());
            }
        }
        return news;
    }

    private synchronized void hire() throws IOException {
        workers.add(WorkerProcess.start(
                Files.createDirectories(folder.resolve("worker-" + (kills + workers.size()))),
                Files.createDirectories(folder.resolve("tmp")),
                settings()));
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        settings.put(ServiceConfig.BOOTSTRAP_SERVERS, cluster.bootstrapServers());
        settings.put(ServiceConfig.SCHEMA_REGISTRY_URL, cluster.registryUrl());
        settings.put(ServiceConfig.TOPIC_PREFIX, "soak.");
        settings.put("ops.port", "0");
        // The dead are noticed before the next one dies.
        settings.put("consumer.session.timeout.ms", "6000");
        settings.put("consumer.heartbeat.interval.ms", "2000");
        settings.put(ValidationConfig.CONCURRENCY, "1");
        settings.put(ValidationConfig.WARM_JVMS, "1");
        settings.put(ValidationConfig.WORK_DIRECTORY, folder.resolve("work").toString());
        settings.put(ValidationConfig.KEY_FILE, folder.resolve("key.pem").toString());
        settings.put(ValidationConfig.KEY_CREATE, "true");
        return settings;
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
