package dev.selfheal.patch;

import dev.selfheal.event.PatchProposal;
import dev.selfheal.metrics.Meters;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;

/** What is measured about proposals. */
final class PatchMeters {

    private final MeterRegistry registry;
    private final Counter expired;

    PatchMeters(MeterRegistry registry) {
        this.registry = registry;
        this.expired = Meters.PATCH_REQUESTS_EXPIRED.counter(registry);
    }

    void expired() {
        expired.increment();
    }

    void answered(PatchProposal proposal) {
        String origin = proposal.getCandidates().stream()
                .findFirst()
                .map(best -> best.getOrigin().getKind().name())
                .orElse("NONE");
        Meters.PATCH_PROPOSALS
                .timer(registry, proposal.getOutcome().name(), origin)
                .record(Duration.ofMillis(proposal.getDurationMs()));
    }
}
