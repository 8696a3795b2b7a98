package dev.selfheal.ingest.draft;

/**
 * How much of one request is read before it is refused. All limits hold after decompression.
 *
 * @param requestBytes largest body
 * @param eventBytes largest single event
 * @param eventsPerRequest most events in one batch
 * @param depth deepest nesting of objects and arrays
 * @param frames most stack frames in one event
 */
public record Limits(int requestBytes, int eventBytes, int eventsPerRequest, int depth, int frames) {

    public static final Limits DEFAULT = new Limits(16 << 20, 1 << 20, 10_000, 32, 8_192);

    public Limits {
        requirePositive(requestBytes, "requestBytes");
        requirePositive(eventBytes, "eventBytes");
        requirePositive(eventsPerRequest, "eventsPerRequest");
        requirePositive(depth, "depth");
        requirePositive(frames, "frames");
    }

    private static void requirePositive(int value, String what) {
        if (value <= 0) {
            throw new IllegalArgumentException(what + " is " + value + ", must be positive");
        }
    }
}
