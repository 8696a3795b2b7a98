package dev.selfheal.ingest.sentry;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Envelopes as the SDKs sent them: io.sentry:sentry 8.62.0 and @sentry/node 11.12.0 (its contexts shortened). */
public final class SentryFixtures {

    private SentryFixtures() {}

    /**
     * @param name of a file {@code sentry/NAME.envelope} among the test resources
     */
    public static byte[] envelope(String name) {
        return resource(name + ".envelope");
    }

    /**
     * @param file in the folder {@code sentry} among the test resources
     */
    public static byte[] resource(String file) {
        try (InputStream in = SentryFixtures.class.getResourceAsStream("/sentry/" + file)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
