package dev.selfheal.ingest.sentry;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The public key an SDK has from its DSN and sends with each request. Pure. */
public final class SentryKey {

    private static final Pattern PARAMETER = Pattern.compile("(?:^|[\\s,])sentry_key=([\\w-]{1,128})(?=$|[\\s,])");

    private SentryKey() {}

    /**
     * @param header value of {@code X-Sentry-Auth}: {@code Sentry sentry_version=7, sentry_key=…}
     * @param query value of the query parameter {@code sentry_key}, which is used when the header holds no key
     */
    public static Optional<String> find(Optional<String> header, Optional<String> query) {
        Optional<String> fromHeader =
                header.map(PARAMETER::matcher).filter(Matcher::find).map(found -> found.group(1));
        return fromHeader.or(() -> query.filter(key -> !key.isBlank()));
    }
}
