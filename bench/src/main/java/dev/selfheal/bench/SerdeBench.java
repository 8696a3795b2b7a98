package dev.selfheal.bench;

import com.sun.net.httpserver.HttpServer;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.ExceptionInfo;
import dev.selfheal.event.IntakeProtocol;
import dev.selfheal.event.Severity;
import dev.selfheal.event.StackFrame;
import dev.selfheal.serde.AvroSerdes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.kafka.common.serialization.Serializer;

/**
 * How much our serializer costs over Avro's own encoding of the same record, on one thread. The two take turns in one run
 * on one JVM, so the ratio holds on a busy machine where the rates do not.
 */
public final class SerdeBench {

    private static final int WARM_UP_ROUNDS = 5;
    private static final int ROUNDS = 9;
    private static final int RECORDS_PER_ROUND = 200_000;

    private SerdeBench() {}

    /**
     * @param args one optional argument, the records in a round
     */
    public static void main(String[] args) throws IOException {
        int records = args.length > 0 ? Integer.parseInt(args[0]) : RECORDS_PER_ROUND;
        HttpServer registry = registry();
        try (var serde = AvroSerdes.of(ErrorEvent.class, Map.of("schema.registry.url", urlOf(registry)))) {
            measure(records, sample(), serde.serializer());
        } finally {
            registry.stop(0);
        }
    }

    private static void measure(int records, ErrorEvent event, Serializer<ErrorEvent> serializer) {
        Encoding raw = rawAvro();
        Encoding ours = record -> serializer.serialize("error-events", record);
        double[] rawRates = new double[ROUNDS];
        double[] ourRates = new double[ROUNDS];
        double[] ratios = new double[ROUNDS];
        for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
            double rawRate = rate(raw, event, records);
            double ourRate = rate(ours, event, records);
            if (round >= 0) {
                rawRates[round] = rawRate;
                ourRates[round] = ourRate;
                ratios[round] = ourRate / rawRate;
            }
        }
        System.out.printf(
                "record: ErrorEvent, %d bytes; median of %d rounds of %d%n",
                ours.encode(event).length, ROUNDS, records);
        System.out.printf("raw Avro encode      %,12.0f records/s%n", median(rawRates));
        System.out.printf("selfheal serializer  %,12.0f records/s%n", median(ourRates));
        System.out.printf("ratio                %12.2f%n", median(ratios));
    }

    private static double rate(Encoding encoding, ErrorEvent event, int records) {
        long bytes = 0;
        long begin = System.nanoTime();
        for (int i = 0; i < records; i++) {
            bytes += encoding.encode(event).length;
        }
        long nanos = System.nanoTime() - begin;
        if (bytes == 0) {
            throw new IllegalStateException("nothing was encoded");
        }
        return records * 1e9 / nanos;
    }

    /** The least that Avro needs for the same: a reused buffer and encoder, and the bytes out. */
    private static Encoding rawAvro() {
        SpecificDatumWriter<ErrorEvent> writer = new SpecificDatumWriter<>(ErrorEvent.class);
        ByteArrayOutputStream out = new ByteArrayOutputStream(2048);
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        return event -> {
            out.reset();
            try {
                writer.write(event, encoder);
                encoder.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return out.toByteArray();
        };
    }

    /** About 1 KB, as most error events are. */
    private static ErrorEvent sample() {
        List<StackFrame> frames = IntStream.range(0, 14)
                .mapToObj(i -> new StackFrame(
                        "org.example.shop.cart.CartService", "priceOf" + i, "CartService.java", 40 + i, true))
                .toList();
        Instant now = Instant.parse("2026-11-22T10:00:00Z");
        return ErrorEvent.newBuilder()
                .setEventId("018f2b7c-7f3e-7000-8000-000000000001")
                .setGroup("v1:0123456789abcdef0123456789abcdef")
                .setService("cart")
                .setSeverity(Severity.HIGH)
                .setOccurredAt(now)
                .setReceivedAt(now)
                .setProtocol(IntakeProtocol.JSON)
                .setExceptions(List.of(new ExceptionInfo("java.lang.NullPointerException", "item is null", frames)))
                .build();
    }

    private static double median(double[] values) {
        return java.util.Arrays.stream(values).sorted().toArray()[values.length / 2];
    }

    /** Answers every registration with id 1; the serializer asks once. */
    private static HttpServer registry() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] answer = "{\"id\":1}".getBytes(StandardCharsets.UTF_8);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
            }
        });
        server.start();
        return server;
    }

    private static String urlOf(HttpServer server) {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @FunctionalInterface
    private interface Encoding {

        byte[] encode(ErrorEvent event);
    }
}
