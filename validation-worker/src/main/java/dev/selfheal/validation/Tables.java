package dev.selfheal.validation;

import dev.selfheal.event.BreakerState;
import dev.selfheal.event.Calibration;
import dev.selfheal.event.HealingPolicy;
import dev.selfheal.event.ProposerRecord;
import dev.selfheal.runtime.CompactedTable;
import dev.selfheal.runtime.KafkaClients;
import dev.selfheal.topic.Topics;
import dev.selfheal.validation.confidence.ConfidenceModel;

/**
 * What the worker knows besides the proposal.
 *
 * @param policies and {@code breakers} bind: without them nothing may be judged
 * @param proposers and {@code calibrations} only colour the confidence
 */
record Tables(
        CompactedTable<HealingPolicy> policies,
        CompactedTable<BreakerState> breakers,
        CompactedTable<ProposerRecord> proposers,
        CompactedTable<Calibration> calibrations)
        implements AutoCloseable {

    static Tables of(KafkaClients clients, Topics topics) {
        return new Tables(
                new CompactedTable<>(clients, topics.policies()),
                new CompactedTable<>(clients, topics.breakerStates()),
                new CompactedTable<>(clients, topics.proposerRecords()),
                new CompactedTable<>(clients, topics.calibrations()));
    }

    void start() {
        policies.start();
        breakers.start();
        proposers.start();
        calibrations.start();
    }

    ConfidenceModel confidence() {
        return new ConfidenceModel(proposers::get, () -> calibrations.get(ConfidenceModel.CALIBRATION));
    }

    /** False when earlier outcomes are no longer followed: the confidence grows stale, and stays safe. */
    boolean followsOutcomes() {
        return proposers.isHealthy() && calibrations.isHealthy();
    }

    @Override
    public void close() {
        policies.close();
        breakers.close();
        proposers.close();
        calibrations.close();
    }
}
