package dev.selfheal.patch;

import dev.selfheal.event.PatchProposal;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** What is measured about proposals: {@code selfheal.patch.proposals} (timer; outcome, origin), {@code selfheal.patch.requests.expired}. */
final class PatchMeters {

    private final MeterRegistry registry;
    private final Counter expired;

    PatchMeters(MeterRegistry registry) {
        this.registry = registry;
        this.expired = Counter.builder("selfheal.patch.requests.expired")
                .description("Requests dropped because their deadline had passed")
                .register(registry);
    }

    void expired() {
        expired.increment();
    }

    void answered(PatchProposal proposal) {
        String origin = proposal.getCandidates().stream()
                .findFirst()
                .map(best -> best.getOrigin().getKind().name())
                .orElse("NONE");
        Timer.builder("selfheal.patch.proposals")
                .description("Answers to healing requests, by outcome and origin of the best candidate")
                .tag("outcome", proposal.getOutcome().name())
                .tag("origin", origin)
                .register(registry)
                .record(Duration.ofMillis(proposal.getDurationMs()));
    }
}
