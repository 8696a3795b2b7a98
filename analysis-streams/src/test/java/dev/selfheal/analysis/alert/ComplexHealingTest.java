package dev.selfheal.analysis.alert;

import static dev.selfheal.event.CaseState.APPROVED;
import static dev.selfheal.event.CaseState.DEPLOYED;
import static dev.selfheal.event.CaseState.HEALED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.analysis.Samples;
import dev.selfheal.analysis.archive.CaseStep;
import dev.selfheal.event.AlertLevel;
import dev.selfheal.event.AlertPolicy;
import dev.selfheal.event.CaseState;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComplexHealingTest {

    private static final AlertPolicy POLICY = AlertPolicy.newBuilder()
            .setComplexAttempts(2)
            .setComplexChangedLines(10)
            .build();

    @ParameterizedTest
    @CsvSource({"1, 9, false", "2, 0, true", "3, 0, true", "1, 10, true", "1, 11, true"})
    void shouldTellFromTheLimitOn(int attempt, int changedLines, boolean told) {
        assertThat(ComplexHealing.of(step(DEPLOYED, HEALED, attempt, changedLines), POLICY)
                        .isPresent())
                .isEqualTo(told);
    }

    @Test
    void shouldTellOnlyOfCasesThatAreHealed() {
        assertThat(ComplexHealing.of(step(APPROVED, DEPLOYED, 9, 99), POLICY)).isEmpty();
        assertThat(ComplexHealing.of(step(HEALED, HEALED, 9, 99), POLICY)).isEmpty();
    }

    @Test
    void shouldBeInformation() {
        assertThat(ComplexHealing.of(step(DEPLOYED, HEALED, 2, 3), POLICY)).hasValueSatisfying(alert -> {
            assertThat(alert.getName()).isEqualTo("ComplexHealingSucceeded");
            assertThat(alert.getLevel()).isEqualTo(AlertLevel.INFO);
            assertThat(alert.getSubject()).isEqualTo("case-1");
            assertThat(alert.getMessage()).isEqualTo("shop: healed with attempt 2, 3 lines changed");
        });
    }

    private static CaseStep step(CaseState from, CaseState to, int attempt, int changedLines) {
        return new CaseStep(
                "case-1",
                Samples.SERVICE,
                from,
                to,
                Samples.START,
                Samples.START,
                Optional.of(Samples.START),
                attempt,
                changedLines,
                0,
                "",
                false);
    }
}
