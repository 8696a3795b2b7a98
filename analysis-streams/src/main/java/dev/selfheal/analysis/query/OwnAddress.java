package dev.selfheal.analysis.query;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigException;

/** Under which address other machines reach this one when it listens on all of them. */
final class OwnAddress {

    private static final Set<String> ANY = Set.of("0.0.0.0", "::", "[::]");

    private OwnAddress() {}

    /** The host to advertise: the one that is listened on, or this machine's own for the wildcard. */
    static String of(String listensOn) {
        if (!ANY.contains(listensOn)) {
            return listensOn;
        }
        return best(all())
                .map(InetAddress::getHostAddress)
                .orElseThrow(() -> new ConfigException(
                        QuerySettings.ADVERTISED_URL,
                        "",
                        "must be set: this machine has no address that others could reach"));
    }

    /** What the host's own name stands for first, then IPv4 before IPv6; never loopback, and nothing that needs a zone. */
    static Optional<InetAddress> best(List<InetAddress> addresses) {
        return addresses.stream()
                .filter(address -> !address.isLoopbackAddress()
                        && !address.isAnyLocalAddress()
                        && !address.isLinkLocalAddress()
                        && !address.isMulticastAddress())
                .min(Comparator.comparingInt(address -> address.getAddress().length));
    }

    private static List<InetAddress> all() {
        try {
            Stream<InetAddress> ofInterfaces = NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses);
            return Stream.concat(ofName(), ofInterfaces).toList();
        } catch (SocketException e) {
            throw new ConfigException(
                    QuerySettings.ADVERTISED_URL, "", "must be set: this machine's addresses cannot be told: " + e);
        }
    }

    /** None when the host's name is in no directory, as in many containers: its interfaces have addresses all the same. */
    private static Stream<InetAddress> ofName() {
        try {
            return Stream.of(InetAddress.getLocalHost());
        } catch (UnknownHostException e) {
            return Stream.empty();
        }
    }
}
