package dev.selfheal.analysis.healing;

import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.ExceptionInfo;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells faults in the code from faults around it, by the root cause of the exception chain. An error is abstained from
 * only when its root cause is known not to be one a patch can mend; what is unknown is tried. {@code StackOverflowError}
 * is missing on purpose: endless recursion is a fault in the code.
 */
public final class FaultTaxonomy {

    /** Where an error comes from when not from the code. */
    public enum Origin {
        INFRASTRUCTURE("infrastructure"),
        CONFIGURATION("configuration"),
        RESOURCES("resource exhaustion"),
        ACCESS("missing permission");

        private final String words;

        Origin(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    private static final Map<String, Origin> TYPES = Map.ofEntries(
            Map.entry("java.net.ConnectException", Origin.INFRASTRUCTURE),
            Map.entry("java.net.NoRouteToHostException", Origin.INFRASTRUCTURE),
            Map.entry("java.net.PortUnreachableException", Origin.INFRASTRUCTURE),
            Map.entry("java.net.SocketException", Origin.INFRASTRUCTURE),
            Map.entry("java.net.SocketTimeoutException", Origin.INFRASTRUCTURE),
            Map.entry("java.net.UnknownHostException", Origin.INFRASTRUCTURE),
            Map.entry("java.net.http.HttpConnectTimeoutException", Origin.INFRASTRUCTURE),
            Map.entry("java.net.http.HttpTimeoutException", Origin.INFRASTRUCTURE),
            Map.entry("java.nio.channels.UnresolvedAddressException", Origin.INFRASTRUCTURE),
            Map.entry("java.rmi.ConnectException", Origin.INFRASTRUCTURE),
            Map.entry("java.sql.SQLTransientException", Origin.INFRASTRUCTURE),
            Map.entry("java.sql.SQLTransientConnectionException", Origin.INFRASTRUCTURE),
            Map.entry("java.sql.SQLNonTransientConnectionException", Origin.INFRASTRUCTURE),
            Map.entry("java.sql.SQLRecoverableException", Origin.INFRASTRUCTURE),
            Map.entry("java.sql.SQLTimeoutException", Origin.INFRASTRUCTURE),
            Map.entry("javax.net.ssl.SSLHandshakeException", Origin.INFRASTRUCTURE),
            Map.entry("javax.net.ssl.SSLPeerUnverifiedException", Origin.INFRASTRUCTURE),
            Map.entry("java.lang.UnsupportedClassVersionError", Origin.CONFIGURATION),
            Map.entry("java.lang.UnsatisfiedLinkError", Origin.CONFIGURATION),
            Map.entry("java.util.ServiceConfigurationError", Origin.CONFIGURATION),
            Map.entry("java.net.BindException", Origin.CONFIGURATION),
            Map.entry("java.lang.OutOfMemoryError", Origin.RESOURCES),
            Map.entry("java.nio.file.AccessDeniedException", Origin.ACCESS),
            Map.entry("java.security.AccessControlException", Origin.ACCESS));

    /** Raised by a connection pool or a file system, whatever the type: the text is what tells. */
    private static final List<String> EXHAUSTION =
            List.of("No space left on device", "Too many open files", "Cannot allocate memory", "Disk quota exceeded");

    /** Why a patch cannot mend it; empty when it may. */
    public Optional<Origin> outsideTheCode(ErrorEvent event) {
        List<ExceptionInfo> chain = event.getExceptions();
        if (chain.isEmpty()) {
            return Optional.empty();
        }
        ExceptionInfo root = chain.get(chain.size() - 1);
        boolean exhausted = root.getMessage()
                .filter(message -> EXHAUSTION.stream().anyMatch(message::contains))
                .isPresent();
        return exhausted ? Optional.of(Origin.RESOURCES) : Optional.ofNullable(TYPES.get(root.getType()));
    }
}
