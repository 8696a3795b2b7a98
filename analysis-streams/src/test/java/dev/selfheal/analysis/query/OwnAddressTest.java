package dev.selfheal.analysis.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnAddressTest {

    @Test
    void shouldAdvertiseWhatItListensOnWhenThatIsAnAddress() {
        assertThat(OwnAddress.of("10.0.0.7")).isEqualTo("10.0.0.7");
        assertThat(OwnAddress.of("127.0.0.1")).isEqualTo("127.0.0.1");
    }

    @Test
    void shouldTakeAnAddressThatOtherMachinesReach() throws UnknownHostException {
        assertThat(OwnAddress.best(addresses("127.0.0.1", "0.0.0.0", "169.254.1.1", "fe80::1", "fd00::5", "10.0.0.7")))
                .contains(InetAddress.getByName("10.0.0.7"));
        assertThat(OwnAddress.best(addresses("::1", "fd00::5"))).contains(InetAddress.getByName("fd00::5"));
    }

    @Test
    void shouldHaveNoneWhenThereIsOnlyLoopback() throws UnknownHostException {
        assertThat(OwnAddress.best(addresses("127.0.0.1", "127.0.1.1", "::1"))).isEmpty();
    }

    private static List<InetAddress> addresses(String... literals) throws UnknownHostException {
        List<InetAddress> addresses = new ArrayList<>();
        for (String literal : literals) {
            addresses.add(InetAddress.getByName(literal));
        }
        return addresses;
    }
}
