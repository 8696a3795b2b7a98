package dev.selfheal.bench;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * Errors as services send them, about 1 KB each: a cause, its frames, a message with something to scrub. No two are the
 * same: copies would compress to nothing, which no topic does. The same ones in every run.
 */
final class SampleErrors {

    private static final int PLACES = 40;
    private static final int FRAMES = 9;

    private SampleErrors() {}

    /** JSON events of the intake's own format. */
    static List<byte[]> json(int count) {
        Random random = new Random(1);
        List<byte[]> events = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String event = """
                    {"service":"cart","release":"1.4.%d","severity":"high","traceId":"%s","exceptions":[{"type":\
                    "java.lang.IllegalStateException","message":"%s","frames":[%s]}],"tags":{"region":"eu-%d"}}""".formatted(
                            random.nextInt(5),
                            hex(random),
                            message(random),
                            frames(random, "\"file\":\"Cart%1$dService.java\",\"line\":%2$d"),
                            random.nextInt(4));
            events.add(event.getBytes(StandardCharsets.UTF_8));
        }
        return events;
    }

    /** Bodies of newline-delimited JSON, of so many events each. */
    static List<byte[]> lines(List<byte[]> events, int each) {
        List<byte[]> bodies = new ArrayList<>();
        for (int from = 0; from < events.size(); from += each) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            for (byte[] event : events.subList(from, Math.min(events.size(), from + each))) {
                body.writeBytes(event);
                body.write('\n');
            }
            bodies.add(body.toByteArray());
        }
        return bodies;
    }

    /** Envelopes as the Java SDK sends them, one event each. */
    static List<byte[]> envelopes(int count) {
        Random random = new Random(2);
        List<byte[]> envelopes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String id = hex(random);
            String event = """
                    {"event_id":"%s","timestamp":"2026-11-22T10:15:30.123Z","level":"error","platform":"java",\
                    "release":"cart@1.4.%d","exception":{"values":[{"type":"IllegalStateException","module":"java.lang",\
                    "value":"%s","stacktrace":{"frames":[%s]}}]},"tags":{"region":"eu-%d"}}""".formatted(
                            id,
                            random.nextInt(5),
                            message(random),
                            frames(random, "\"filename\":\"Cart%1$dService.java\",\"lineno\":%2$d"),
                            random.nextInt(4));
            envelopes.add("""
                    {"event_id":"%s"}
                    {"type":"event","length":%d,"content_type":"application/json"}
                    %s
                    """.formatted(id, event.length(), event).getBytes(StandardCharsets.UTF_8));
        }
        return envelopes;
    }

    private static String message(Random random) {
        return "no price for item %d of customer%d@example.org".formatted(random.nextInt(100_000), random.nextInt(500));
    }

    /**
     * @param place what says where, of the place's number and the line
     */
    private static String frames(Random random, String place) {
        List<String> frames = new ArrayList<>(FRAMES);
        for (int i = 0; i < FRAMES; i++) {
            int number = random.nextInt(PLACES);
            frames.add(("{\"module\":\"org.example.shop.cart.Cart%1$dService\",\"function\":\"priceOf%1$d\"," + place
                            + "}")
                    .formatted(number, 40 + number));
        }
        return String.join(",", frames);
    }

    private static String hex(Random random) {
        return new UUID(random.nextLong(), random.nextLong()).toString().replace("-", "");
    }
}
