package dev.selfheal.ingest.http;

import java.util.Objects;
import java.util.Optional;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * Where the intake listens.
 *
 * @param port 0 takes any free one
 * @param tls empty for plain HTTP
 */
public record Listener(String host, int port, Optional<SslContextFactory.Server> tls) {

    public Listener {
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(tls, "tls");
    }

    /** Without TLS. */
    public static Listener plain(String host, int port) {
        return new Listener(host, port, Optional.empty());
    }
}
