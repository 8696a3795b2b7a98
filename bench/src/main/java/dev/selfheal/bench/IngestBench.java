package dev.selfheal.bench;

import dev.selfheal.bench.HttpLoad.Result;
import dev.selfheal.config.ServiceConfig;
import dev.selfheal.embedded.ClusterOptions;
import dev.selfheal.embedded.LocalCluster;
import dev.selfheal.ingest.IngestConfig;
import dev.selfheal.ingest.IngestService;
import dev.selfheal.runtime.KafkaClients;
import dev.selfheal.topic.Topics;
import io.javalin.Javalin;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Events a second through the intake, as single JSON objects, as Sentry envelopes and as newline-delimited JSON, against a
 * raw producer of the same JSON and against an HTTP server that only reads and answers. They take turns in one run, so the
 * ratios hold on a busy machine where the rates do not. Broker, load and servers share the machine.
 */
public final class IngestBench {

    private static final int LINES = 500;
    private static final int BATCHES = 8;
    private static final int SINGLE_CONNECTIONS = 128;
    private static final int BATCH_CONNECTIONS = 4;
    private static final String JSON = "application/json";

    private static final int LEAST_WARM_UPS = 2;
    private static final int MOST_WARM_UPS = 10;
    /** A way that is not faster than this beyond its best so far is compiled. */
    private static final double STEADY = 1.1;

    private final double seconds;
    private final IngestConfig config;
    private final URI intake;
    private final URI envelopes;
    private final URI baseline;
    private final MeterRegistry meters;

    private IngestBench(double seconds, IngestConfig config, URI intake, URI baseline, MeterRegistry meters) {
        this.seconds = seconds;
        this.config = config;
        this.intake = intake.resolve("/v1/errors");
        this.envelopes = intake.resolve("/api/cart/envelope/");
        this.baseline = baseline.resolve("/v1/errors");
        this.meters = meters;
    }

    /**
     * @param args a scratch folder; optionally seconds of each measurement and number of rounds
     */
    public static void main(String[] args) throws Exception {
        double seconds = args.length > 1 ? Double.parseDouble(args[1]) : 5;
        int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 3;
        Path folder = Path.of(args[0]);
        Topics topics = new Topics(Topics.DEFAULT_PREFIX);
        Javalin reader = Javalin.create(settings -> {
            settings.startup.showJavalinBanner = false;
            settings.routes.post(
                    "/v1/errors",
                    context -> context.status(202)
                            .contentType(JSON)
                            .result("{\"read\":" + context.bodyAsBytes().length + "}"));
        });
        try (LocalCluster cluster = LocalCluster.start(ClusterOptions.childJvm(folder.resolve("cluster")), topics)) {
            IngestConfig config = new IngestConfig(Map.of(
                    ServiceConfig.BOOTSTRAP_SERVERS, cluster.bootstrapServers(),
                    ServiceConfig.SCHEMA_REGISTRY_URL, cluster.registryUrl(),
                    IngestConfig.SPOOL_DIRECTORY, folder.resolve("spool").toString()));
            SimpleMeterRegistry registry = new SimpleMeterRegistry();
            reader.start("127.0.0.1", 0);
            try (IngestService service = new IngestService(config, registry, Clock.systemUTC())) {
                service.start();
                URI baseline = URI.create("http://127.0.0.1:" + reader.port());
                new IngestBench(seconds, config, service.address(), baseline, registry).measure(rounds);
            }
        } finally {
            reader.stop();
        }
    }

    private void measure(int rounds) throws Exception {
        List<byte[]> events = SampleErrors.json(LINES * BATCHES);
        List<byte[]> batches = SampleErrors.lines(events, LINES);
        Way[] ways = {
            new Way("NDJSON", 0.6, LINES, new HttpLoad(intake, "application/x-ndjson", batches, BATCH_CONNECTIONS)),
            new Way("reads and answers", 0, 1, new HttpLoad(baseline, JSON, events, SINGLE_CONNECTIONS)),
            new Way("single JSON", 0.5, 1, new HttpLoad(intake, JSON, events, SINGLE_CONNECTIONS)),
            new Way(
                    "Sentry envelope",
                    0.5,
                    1,
                    new HttpLoad(
                            envelopes,
                            "application/x-sentry-envelope",
                            SampleErrors.envelopes(LINES),
                            SINGLE_CONNECTIONS)),
        };
        double[] raw = new double[rounds];
        double[][] rates = new double[ways.length][rounds];
        double[][] micros = new double[ways.length][rounds];
        warmUp(events, ways);
        for (int round = 0; round < rounds; round++) {
            Round measured = round("round " + (round + 1), events, ways);
            raw[round] = measured.raw();
            for (int way = 0; way < ways.length; way++) {
                rates[way][round] = measured.rates()[way];
                micros[way][round] = measured.micros()[way];
            }
        }
        summary(events, raw, ways, rates, micros);
    }

    /** A service runs for weeks: what counts is how fast it is once the compiler has seen all five paths. */
    private void warmUp(List<byte[]> events, Way[] ways) throws Exception {
        double[] best = new double[ways.length];
        boolean faster = true;
        for (int round = 0; round < MOST_WARM_UPS && (faster || round < LEAST_WARM_UPS); round++) {
            double[] rates = round("warm-up", events, ways).rates();
            faster = false;
            for (int way = 0; way < ways.length; way++) {
                faster |= rates[way] > best[way] * STEADY;
                best[way] = Math.max(best[way], rates[way]);
            }
        }
    }

    /** Each way once, told as a line. */
    private Round round(String name, List<byte[]> events, Way[] ways) throws Exception {
        double produced = raw(events);
        double[] rates = new double[ways.length];
        double[] micros = new double[ways.length];
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%s: raw producer %,.0f", name, produced));
        for (int way = 0; way < ways.length; way++) {
            Duration before = cpu();
            Result result = ways[way].load().run(seconds);
            micros[way] = cpu().minus(before).toNanos() / 1e3 / result.requests() / ways[way].events();
            rates[way] = result.perSecond() * ways[way].events();
            line.append(ways[way].describe(result, micros[way]));
        }
        System.out.println(line);
        return new Round(produced, rates, micros);
    }

    private void summary(List<byte[]> events, double[] raw, Way[] ways, double[][] rates, double[][] micros)
            throws IOException {
        int bytes = events.stream().mapToInt(event -> event.length).sum() / events.size();
        System.out.printf(Locale.ROOT, "event: %d bytes of JSON; medians, events/s%n", bytes);
        System.out.printf(Locale.ROOT, "raw producer       %,10.0f%n", median(raw));
        for (int way = 0; way < ways.length; way++) {
            double[] baselines = ways[way].events() > 1 ? raw : rates[1];
            System.out.printf(
                    Locale.ROOT,
                    "%-18s %,10.0f  %5.0f us of CPU each",
                    ways[way].name(),
                    median(rates[way]),
                    median(micros[way]));
            System.out.println(
                    ways[way].goal() == 0
                            ? ""
                            : String.format(
                                    Locale.ROOT,
                                    "  ratio %.2f (goal %.1f)",
                                    ratio(rates[way], baselines),
                                    ways[way].goal()));
        }
        // A machine too busy to acknowledge in time measures the disk, not the intake.
        System.out.printf(
                Locale.ROOT,
                "events that took the way through the spool: %,.0f%n",
                meters.counter("selfheal.ingest.spooled").count());
        System.out.println("memory of this JVM, load included: " + residentKib() / 1024 + " MiB resident");
    }

    /** Events a second of a producer with the intake's own settings, all acknowledged. */
    private double raw(List<byte[]> events) throws Exception {
        String topic = config.topics().errorEvents().name();
        Map<String, Object> settings = new KafkaClients(config).producer("raw");
        // It has no sender to answer in time; an overloaded machine must not fail the run.
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 60_000L);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 30_000);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 120_000);
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            long begin = System.nanoTime();
            long end = begin + (long) (seconds * 1e9);
            long sent = 0;
            Future<RecordMetadata> last = null;
            while (System.nanoTime() < end) {
                byte[] key = ("v1:" + sent % 97).getBytes(StandardCharsets.US_ASCII);
                last = producer.send(
                        new ProducerRecord<>(topic, key, events.get((int) (sent % events.size()))),
                        (metadata, failure) -> {
                            if (failure != null) {
                                throw new IllegalStateException("the raw producer lost a record", failure);
                            }
                        });
                sent++;
            }
            producer.flush();
            if (last != null) {
                last.get();
            }
            return sent * 1e9 / (System.nanoTime() - begin);
        }
    }

    private static double ratio(double[] ours, double[] theirs) {
        double[] ratios = new double[ours.length];
        Arrays.setAll(ratios, i -> ours[i] / theirs[i]);
        return median(ratios);
    }

    private static double median(double[] values) {
        return Arrays.stream(values).sorted().toArray()[values.length / 2];
    }

    /** Spent so far by this JVM (servers, their client of Kafka, load) and the broker's. On a busy machine it tells more than a rate. */
    private static Duration cpu() {
        return Stream.concat(
                        Stream.of(ProcessHandle.current()),
                        ProcessHandle.current().descendants())
                .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    private static long residentKib() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .map(line -> line.replaceAll("\\D", ""))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElse(0);
    }

    /**
     * @param raw events a second of the raw producer
     * @param rates events a second of each way
     * @param micros of processor time an event, of each way
     */
    private record Round(double raw, double[] rates, double[] micros) {}

    /**
     * One way into the intake, or the baseline of one.
     *
     * @param goal ratio to its baseline; 0 for a baseline
     * @param events in each request
     */
    private record Way(String name, double goal, int events, HttpLoad load) {

        String describe(Result result, double cpuMicros) {
            return String.format(
                    Locale.ROOT,
                    "; %s %,.0f (%.0f us, p50 %.2f ms, p99 %.1f)",
                    name,
                    result.perSecond() * events,
                    cpuMicros,
                    result.millisAt(0.5),
                    result.millisAt(0.99));
        }
    }
}
