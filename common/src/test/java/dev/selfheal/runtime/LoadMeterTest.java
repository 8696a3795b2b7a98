package dev.selfheal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.event.WorkerLoad;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class LoadMeterTest {

    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

    private Instant now = START;
    private final LoadMeter meter = new LoadMeter(4, new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    });

    @Test
    void shouldBeIdleAtFirst() {
        assertThat(read())
                .returns("w", WorkerLoad::getWorker)
                .returns("patch-worker", WorkerLoad::getKind)
                .returns(4, WorkerLoad::getCapacity)
                .returns(0, WorkerLoad::getInFlight)
                .returns(0L, WorkerLoad::getLag)
                .returns(0L, WorkerLoad::getServiceTimeMs)
                .returns(START, WorkerLoad::getAt);
    }

    @Test
    void shouldTellHowLongTheNewestMessageHadWaited() {
        meter.taken(START.minusMillis(1500).toEpochMilli());
        assertThat(read().getQueueAgeMs()).isEqualTo(1500);

        meter.taken(START.plusMillis(1).toEpochMilli());
        assertThat(read().getQueueAgeMs()).isZero();
        assertThat(read().getInFlight()).isEqualTo(2);
    }

    @Test
    void shouldSmoothTheTimeThatMessagesTake() {
        Instant taken = meter.taken(0);
        now = START.plusMillis(1000);
        meter.done(taken);
        meter.released();
        assertThat(read()).returns(1000L, WorkerLoad::getServiceTimeMs).returns(0, WorkerLoad::getInFlight);

        Instant next = meter.taken(0);
        now = now.plusMillis(2000);
        meter.done(next);
        assertThat(read().getServiceTimeMs()).isEqualTo(1200);
    }

    @Test
    void shouldNotLearnFromWorkThatWasCutShort() {
        meter.taken(0);
        meter.released();

        assertThat(read()).returns(0L, WorkerLoad::getServiceTimeMs).returns(0, WorkerLoad::getInFlight);
    }

    private WorkerLoad read() {
        return meter.read("w", "patch-worker");
    }
}
