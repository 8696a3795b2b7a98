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
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Events a second through the intake, single and as newline-delimited JSON, against a raw producer of the same bytes and
 * against an HTTP server that only reads and answers. The four take turns in one run, so the ratios hold on a busy machine
 * where the rates do not. Broker, load and servers share the machine.
 */
public final class IngestBench {

    private static final int LINES = 500;
    private static final int SINGLE_CONNECTIONS = 16;
    private static final int BATCH_CONNECTIONS = 4;
    private static final String JSON = "application/json";

    private final double seconds;
    private final IngestConfig config;
    private final URI intake;
    private final URI baseline;
    private final MeterRegistry meters;

    private IngestBench(double seconds, IngestConfig config, URI intake, URI baseline, MeterRegistry meters) {
        this.seconds = seconds;
        this.config = config;
        this.intake = intake.resolve("/v1/errors");
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
        byte[] event = event();
        byte[] batch =
                (new String(event, StandardCharsets.UTF_8) + "\n").repeat(LINES).getBytes(StandardCharsets.UTF_8);
        HttpLoad single = new HttpLoad(intake, JSON, event, SINGLE_CONNECTIONS);
        HttpLoad read = new HttpLoad(baseline, JSON, event, SINGLE_CONNECTIONS);
        HttpLoad lines = new HttpLoad(intake, "application/x-ndjson", batch, BATCH_CONNECTIONS);
        double[][] rates = new double[4][rounds];
        // Two rounds to warm up: the compiler has four paths to see.
        for (int round = -2; round < rounds; round++) {
            double raw = raw(event);
            Result ndjson = lines.run(seconds);
            Result baselines = read.run(seconds);
            Result singles = single.run(seconds);
            if (round >= 0) {
                rates[0][round] = raw;
                rates[1][round] = ndjson.perSecond() * LINES;
                rates[2][round] = baselines.perSecond();
                rates[3][round] = singles.perSecond();
                print(round, rates, ndjson, baselines, singles);
            }
        }
        summary(event.length, rates);
    }

    private static void print(int round, double[][] rates, Result ndjson, Result baseline, Result single) {
        System.out.printf(
                Locale.ROOT,
                "round %d: raw producer %,.0f; NDJSON %,.0f (request p50 %.1f ms, p99 %.1f); reads and answers %,.0f"
                        + " (p50 %.2f, p99 %.1f); single %,.0f (p50 %.2f, p99 %.1f)%n",
                round + 1,
                rates[0][round],
                rates[1][round],
                ndjson.millisAt(0.5),
                ndjson.millisAt(0.99),
                rates[2][round],
                baseline.millisAt(0.5),
                baseline.millisAt(0.99),
                rates[3][round],
                single.millisAt(0.5),
                single.millisAt(0.99));
    }

    private void summary(int bytes, double[][] rates) throws IOException {
        System.out.printf(Locale.ROOT, "event: %d bytes of JSON; medians, events/s%n", bytes);
        System.out.printf(Locale.ROOT, "raw producer       %,10.0f%n", median(rates[0]));
        System.out.printf(
                Locale.ROOT,
                "NDJSON             %,10.0f  ratio %.2f (goal 0.6)%n",
                median(rates[1]),
                ratio(rates, 1, 0));
        System.out.printf(Locale.ROOT, "reads and answers  %,10.0f%n", median(rates[2]));
        System.out.printf(
                Locale.ROOT,
                "single JSON        %,10.0f  ratio %.2f (goal 0.5)%n",
                median(rates[3]),
                ratio(rates, 3, 2));
        // A machine too busy to acknowledge in time measures the disk, not the intake.
        System.out.printf(
                Locale.ROOT,
                "events that took the way through the spool: %,.0f%n",
                meters.counter("selfheal.ingest.spooled").count());
        System.out.println("memory of this JVM, load included: " + residentKib() / 1024 + " MiB resident");
    }

    /** Events a second of a producer with the intake's own settings, all acknowledged. */
    private double raw(byte[] event) throws Exception {
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
                last = producer.send(new ProducerRecord<>(topic, key, event), (metadata, failure) -> {
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

    private static double ratio(double[][] rates, int ours, int theirs) {
        double[] ratios = new double[rates[ours].length];
        Arrays.setAll(ratios, i -> rates[ours][i] / rates[theirs][i]);
        return median(ratios);
    }

    private static double median(double[] values) {
        return Arrays.stream(values).sorted().toArray()[values.length / 2];
    }

    private static long residentKib() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .map(line -> line.replaceAll("\\D", ""))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElse(0);
    }

    /** About 1 KB, as most errors are: a cause, its frames, a message with something to scrub. */
    private static byte[] event() {
        StringBuilder frames = new StringBuilder();
        for (int i = 0; i < 9; i++) {
            frames.append(i == 0 ? "" : ",")
                    .append("{\"module\":\"org.example.shop.cart.CartService\",\"function\":\"priceOf")
                    .append(i)
                    .append("\",\"file\":\"CartService.java\",\"line\":")
                    .append(40 + i)
                    .append('}');
        }
        return ("{\"service\":\"cart\",\"release\":\"1.4.2\",\"severity\":\"high\",\"exceptions\":[{\"type\":"
                        + "\"java.lang.IllegalStateException\",\"message\":\"no price for item 4711 of jane@example.org\","
                        + "\"frames\":[" + frames + "]}],\"tags\":{\"region\":\"eu-1\"}}")
                .getBytes(StandardCharsets.UTF_8);
    }
}
