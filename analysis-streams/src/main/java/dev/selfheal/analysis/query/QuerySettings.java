package dev.selfheal.analysis.query;

import dev.selfheal.config.ServiceConfig;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;

/**
 * How the read model is served.
 *
 * @param port 0 takes any free one
 * @param advertised where other instances reach this one; empty for where it listens
 * @param maxConcurrent queries answered at once; more are refused
 * @param timeout for one query, the other instances' part included
 * @param maxPage longest page of a list
 * @param staleAllowed whether standbys and stores that are being restored answer too
 */
public record QuerySettings(
        String host,
        int port,
        Optional<URI> advertised,
        int maxConcurrent,
        Duration timeout,
        int maxPage,
        boolean staleAllowed) {

    public static final String ENABLED = "query.enabled";
    public static final String ADVERTISED_URL = "query.advertised.url";
    public static final String MAX_CONCURRENT = "query.max.concurrent";
    public static final String TIMEOUT_MS = "query.timeout.ms";
    public static final String MAX_PAGE = "query.max.page";
    public static final String STALE_ALLOWED = "query.stale.allowed";

    /** Adds the keys; host and port are those of every service's own HTTP API. */
    public static ConfigDef define(ConfigDef definition) {
        return definition
                .define(
                        ENABLED,
                        Type.BOOLEAN,
                        true,
                        Importance.MEDIUM,
                        "Serve the read model on http.host and http.port. It is read-only and asks for no password: "
                                + "bind it where only operators reach it.")
                .define(
                        ADVERTISED_URL,
                        Type.STRING,
                        "",
                        Importance.MEDIUM,
                        "http://host:port under which the other instances reach this one; empty takes http.host and "
                                + "the port it listens on, for the wildcard address one of this machine's own. Needed "
                                + "for several instances on different machines when http.host is loopback.")
                .define(
                        MAX_CONCURRENT,
                        Type.INT,
                        16,
                        Range.between(1, 1024),
                        Importance.LOW,
                        "Queries answered at once, and as many of other instances beside them; more get 503 and "
                                + "Retry-After.")
                .define(
                        TIMEOUT_MS,
                        Type.LONG,
                        5_000L,
                        Range.between(100, 60_000),
                        Importance.LOW,
                        "Milliseconds one query may take, other instances included.")
                .define(MAX_PAGE, Type.INT, 500, Range.between(1, 10_000), Importance.LOW, "Longest page of a list.")
                .define(
                        STALE_ALLOWED,
                        Type.BOOLEAN,
                        false,
                        Importance.LOW,
                        "Answer from standbys and from state that is being restored, which may be old, rather than "
                                + "with 503.");
    }

    /** Empty when the read model is switched off. */
    public static Optional<QuerySettings> of(ServiceConfig config) {
        if (!config.getBoolean(ENABLED)) {
            return Optional.empty();
        }
        Optional<URI> advertised = advertised(config.getString(ADVERTISED_URL));
        return Optional.of(new QuerySettings(
                config.httpHost(),
                config.httpPort(),
                advertised,
                config.getInt(MAX_CONCURRENT),
                Duration.ofMillis(config.getLong(TIMEOUT_MS)),
                config.getInt(MAX_PAGE),
                config.getBoolean(STALE_ALLOWED)));
    }

    private static Optional<URI> advertised(String value) {
        if (value.isEmpty()) {
            return Optional.empty();
        }
        try {
            URI uri = URI.create(value);
            if ("http".equals(uri.getScheme()) && uri.getHost() != null && uri.getPort() > 0) {
                return Optional.of(uri);
            }
        } catch (IllegalArgumentException e) {
            throw new ConfigException(ADVERTISED_URL, value, e.getMessage());
        }
        throw new ConfigException(ADVERTISED_URL, value, "must be http://host:port");
    }
}
