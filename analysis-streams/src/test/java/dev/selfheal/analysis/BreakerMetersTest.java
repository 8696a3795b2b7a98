package dev.selfheal.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.embedded.LocalRegistry;
import dev.selfheal.event.BreakerPosition;
import dev.selfheal.event.BreakerScope;
import dev.selfheal.event.BreakerState;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BreakerMetersTest {

    @TempDir
    private Path folder;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void shouldCountTheBreakersOfAScopeByPosition() {
        try (LocalRegistry registry = LocalRegistry.start(OptionalInt.empty(), folder.resolve("schemas"));
                LoopDriver loop = new LoopDriver(registry, folder)) {
            know(loop, BreakerScope.SERVICE, "shop", BreakerPosition.OPEN);
            know(loop, BreakerScope.SERVICE, "mail", BreakerPosition.OPEN);
            know(loop, BreakerScope.SERVICE, "web", BreakerPosition.CLOSED);
            know(loop, BreakerScope.SEVERITY, "HIGH", BreakerPosition.OPEN);
            BreakerMeters.bind(loop::breakerTable, meters);

            assertThat(gauge("service", "open")).isEqualTo(2);
            assertThat(gauge("service", "closed")).isEqualTo(1);
            assertThat(gauge("service", "half_open")).isZero();
            assertThat(gauge("severity", "open")).isEqualTo(1);
        }
    }

    @Test
    void shouldBeNoNumberWhileTheTableCannotBeRead() {
        BreakerMeters.bind(
                () -> {
                    throw new InvalidStateStoreException("starting");
                },
                meters);

        assertThat(gauge("system", "open")).isNaN();
    }

    private double gauge(String scope, String position) {
        return meters.get("selfheal.analysis.breakers")
                .tags("scope", scope, "position", position)
                .gauge()
                .value();
    }

    private static void know(LoopDriver loop, BreakerScope scope, String name, BreakerPosition position) {
        BreakerState state = BreakerState.newBuilder()
                .setScope(scope)
                .setName(name)
                .setPosition(position)
                .setSince(Samples.START)
                .build();
        loop.send(loop.topics().breakerStates(), state, Samples.START);
    }
}
