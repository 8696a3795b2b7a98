package dev.selfheal.ingest.http;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * Where the intake listens.
 *
 * @param port 0 takes any free one
 * @param tls empty for plain HTTP
 * @param idle longest pause of a client within its request, and longest wait for its next one
 */
public record Listener(String host, int port, Optional<SslContextFactory.Server> tls, Duration idle) {

    public static final Duration IDLE = Duration.ofSeconds(30);

    public Listener {
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(tls, "tls");
        Objects.requireNonNull(idle, "idle");
    }

    /** Without TLS. */
    public static Listener plain(String host, int port) {
        return new Listener(host, port, Optional.empty(), IDLE);
    }
}
