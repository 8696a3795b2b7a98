package dev.selfheal.analysis.intake;

import static dev.selfheal.analysis.Samples.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.analysis.Samples;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class EventTimeTest {

    private final EventTime time = new EventTime();

    @Test
    void shouldBeWhenTheServiceThrew() {
        assertThat(extract(START.minusSeconds(90), START))
                .isEqualTo(START.minusSeconds(90).toEpochMilli());
    }

    @Test
    void shouldNotBeAfterTheIntakeSawIt() {
        assertThat(extract(START.plusSeconds(3600), START)).isEqualTo(START.toEpochMilli());
    }

    @Test
    void shouldNotBeNegative() {
        assertThat(extract(Instant.ofEpochMilli(-5), START)).isZero();
    }

    private long extract(Instant occurred, Instant received) {
        Object event = Samples.error("e", occurred).setReceivedAt(received).build();
        return time.extract(new ConsumerRecord<>("t", 0, 0, "k", event), 0);
    }
}
