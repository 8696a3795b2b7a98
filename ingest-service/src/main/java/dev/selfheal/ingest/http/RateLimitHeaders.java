package dev.selfheal.ingest.http;

import io.javalin.http.Context;
import java.time.Duration;

/** Tells a sender to wait, in HTTP's own words and in those of Sentry's SDKs. */
public final class RateLimitHeaders {

    public static final String RETRY_AFTER = "Retry-After";
    public static final String SENTRY = "X-Sentry-Rate-Limits";

    private RateLimitHeaders() {}

    /**
     * @param wait rounded up to whole seconds, as both headers need it
     */
    public static void put(Context context, Duration wait) {
        long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        context.header(RETRY_AFTER, Long.toString(seconds));
        // Errors only: the SDK goes on sending what it sends besides, which we ignore at no cost.
        context.header(SENTRY, seconds + ":error:project");
    }
}
