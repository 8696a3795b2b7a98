package dev.selfheal.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.event.Isolation;
import dev.selfheal.runtime.Health;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidationServiceTest {

    @ParameterizedTest
    @CsvSource({
        "true, true, true, true",
        "true, false, true, false",
        "true, true, false, false",
        "false, true, true, false",
        "false, false, false, false"
    })
    void shouldBeHealthyOnlyWhenItsWorkerAndItsTablesAre(
            boolean worker, boolean policies, boolean breakers, boolean healthy) {
        Health health = ValidationService.health(worker, policies, breakers, true, Isolation.UNSHARE);

        assertThat(health.live()).isEqualTo(healthy);
        assertThat(health.ready()).isEqualTo(healthy);
        assertThat(health.details().get("policies").equals("up to date")).isEqualTo(policies);
        assertThat(health.details().get("breakers").equals("up to date")).isEqualTo(breakers);
    }

    @Test
    void shouldGoOnAndSaySoWhenOutcomesAreNoLongerFollowed() {
        Health health = ValidationService.health(true, true, true, false, Isolation.UNSHARE);

        assertThat(health.ready()).isTrue();
        assertThat(health.details().get("outcomes")).startsWith("stopped");
    }
}
