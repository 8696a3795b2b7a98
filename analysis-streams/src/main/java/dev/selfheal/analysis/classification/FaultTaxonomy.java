package dev.selfheal.analysis.classification;

import dev.selfheal.event.Classification;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.ExceptionInfo;
import dev.selfheal.event.FaultClass;
import java.util.List;
import java.util.Map;

/**
 * Tells faults in the code from faults around it, by the root cause of the exception chain. An error is abstained from
 * only when its root cause is known not to be one a patch can mend; what is unknown is tried. {@code StackOverflowError}
 * is missing on purpose: endless recursion is a fault in the code.
 */
public final class FaultTaxonomy {

    private static final Map<String, FaultClass> TYPES = Map.ofEntries(
            Map.entry("java.net.ConnectException", FaultClass.INFRASTRUCTURE),
            Map.entry("java.net.NoRouteToHostException", FaultClass.INFRASTRUCTURE),
            Map.entry("java.net.PortUnreachableException", FaultClass.INFRASTRUCTURE),
            Map.entry("java.net.SocketException", FaultClass.INFRASTRUCTURE),
            Map.entry("java.net.SocketTimeoutException", FaultClass.INFRASTRUCTURE),
            Map.entry("java.net.UnknownHostException", FaultClass.INFRASTRUCTURE),
            Map.entry("java.net.http.HttpConnectTimeoutException", FaultClass.INFRASTRUCTURE),
            Map.entry("java.net.http.HttpTimeoutException", FaultClass.INFRASTRUCTURE),
            Map.entry("java.nio.channels.UnresolvedAddressException", FaultClass.INFRASTRUCTURE),
            Map.entry("java.rmi.ConnectException", FaultClass.INFRASTRUCTURE),
            Map.entry("java.sql.SQLTransientException", FaultClass.INFRASTRUCTURE),
            Map.entry("java.sql.SQLTransientConnectionException", FaultClass.INFRASTRUCTURE),
            Map.entry("java.sql.SQLNonTransientConnectionException", FaultClass.INFRASTRUCTURE),
            Map.entry("java.sql.SQLRecoverableException", FaultClass.INFRASTRUCTURE),
            Map.entry("java.sql.SQLTimeoutException", FaultClass.INFRASTRUCTURE),
            Map.entry("javax.net.ssl.SSLHandshakeException", FaultClass.INFRASTRUCTURE),
            Map.entry("javax.net.ssl.SSLPeerUnverifiedException", FaultClass.INFRASTRUCTURE),
            Map.entry("java.lang.UnsupportedClassVersionError", FaultClass.CONFIGURATION),
            Map.entry("java.lang.UnsatisfiedLinkError", FaultClass.CONFIGURATION),
            Map.entry("java.util.ServiceConfigurationError", FaultClass.CONFIGURATION),
            Map.entry("java.net.BindException", FaultClass.CONFIGURATION),
            Map.entry("java.lang.OutOfMemoryError", FaultClass.RESOURCE_EXHAUSTION),
            Map.entry("java.nio.file.AccessDeniedException", FaultClass.SECURITY),
            Map.entry("java.security.AccessControlException", FaultClass.SECURITY));

    /** Raised by a connection pool or a file system, whatever the type: the text is what tells. */
    private static final List<String> EXHAUSTION =
            List.of("No space left on device", "Too many open files", "Cannot allocate memory", "Disk quota exceeded");

    /** What the error is taken for; UNKNOWN when nothing is known of its root cause. */
    public Classification classify(ErrorEvent event) {
        List<ExceptionInfo> chain = event.getExceptions();
        Classification.Builder classification = Classification.newBuilder();
        if (!chain.isEmpty()) {
            ExceptionInfo root = chain.get(chain.size() - 1);
            boolean exhausted = root.getMessage()
                    .filter(message -> EXHAUSTION.stream().anyMatch(message::contains))
                    .isPresent();
            classification
                    .setErrorType(root.getType())
                    .setFaultClass(
                            exhausted
                                    ? FaultClass.RESOURCE_EXHAUSTION
                                    : TYPES.getOrDefault(root.getType(), FaultClass.UNKNOWN));
        }
        return classification.build();
    }

    /** True when a patch may mend such a fault. */
    public static boolean isMendable(Classification classification) {
        return switch (classification.getFaultClass()) {
            case CODE, UNKNOWN -> true;
            default -> false;
        };
    }
}
