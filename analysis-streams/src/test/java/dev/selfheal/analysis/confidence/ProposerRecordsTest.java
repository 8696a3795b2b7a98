package dev.selfheal.analysis.confidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.selfheal.analysis.confidence.CaseOutcome.Kind;
import dev.selfheal.event.ProposerRecord;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProposerRecordsTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final ProposerRecord unknown = ProposerRecords.prior("template", "*", Optional.empty(), NOW);

    @Test
    void shouldBeginInTheMiddle() {
        assertThat(ProposerRecords.mean(unknown)).isEqualTo(0.5);
    }

    @Test
    void shouldBeginATypeWhereTheProposerStandsAsAWhole() {
        ProposerRecord all = ProposerRecord.newBuilder(unknown)
                .setAlpha(9)
                .setBeta(1)
                .build();
        ProposerRecord type = ProposerRecords.prior("template", "E", Optional.of(all), NOW);
        assertThat(ProposerRecords.mean(type)).isCloseTo(0.9, within(1e-9));
        assertThat(type.getAlpha() + type.getBeta()).as("and learns fast").isCloseTo(2, within(1e-9));
    }

    @Test
    void shouldCountAProofForHalfAndTheTruthForAll() {
        ProposerRecord proven = learned(unknown, Optional.empty(), Kind.PROVEN);
        assertThat(proven.getAlpha() - 0.99).isCloseTo(0.5, within(1e-9));
        ProposerRecord right = learned(proven, Optional.of(Kind.PROVEN), Kind.RIGHT);
        assertThat(right.getAlpha()).isCloseTo(proven.getAlpha() + 0.5, within(1e-9));
        assertThat(right.getBeta()).isEqualTo(proven.getBeta());
    }

    @Test
    void shouldTakeBackWhatALaterWordContradicts() {
        ProposerRecord approved = learned(unknown, Optional.empty(), Kind.RIGHT);
        ProposerRecord regressed = learned(approved, Optional.of(Kind.RIGHT), Kind.WRONG);
        assertThat(regressed.getAlpha()).isCloseTo(0.99, within(1e-9));
        assertThat(regressed.getBeta()).isCloseTo(1.99, within(1e-9));
    }

    @Test
    void shouldRememberAboutAHundredOutcomes() {
        ProposerRecord record = unknown;
        for (int i = 0; i < 10_000; i++) {
            record = learned(record, Optional.empty(), i % 2 == 0 ? Kind.RIGHT : Kind.REFUTED);
        }
        assertThat(record.getAlpha() + record.getBeta()).isCloseTo(100, within(1.0));
        assertThat(ProposerRecords.mean(record)).isCloseTo(0.5, within(0.01));
    }

    @Test
    void shouldStayADistributionHoweverOneSidedTheOutcomes() {
        ProposerRecord record = unknown;
        for (int i = 0; i < 10_000; i++) {
            record = learned(record, Optional.empty(), Kind.WRONG);
        }
        assertThat(record.getAlpha()).isPositive();
        assertThat(ProposerRecords.mean(record)).isStrictlyBetween(0.0, 0.01);
    }

    private static ProposerRecord learned(ProposerRecord known, Optional<Kind> before, Kind kind) {
        return ProposerRecords.learned(known, before, kind, NOW);
    }
}
