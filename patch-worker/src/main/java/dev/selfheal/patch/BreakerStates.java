package dev.selfheal.patch;

import dev.selfheal.envelope.Envelope;
import dev.selfheal.event.BreakerPosition;
import dev.selfheal.event.BreakerScope;
import dev.selfheal.event.BreakerState;
import dev.selfheal.event.HealingMode;
import dev.selfheal.patch.model.RouteState;
import dev.selfheal.runtime.MessagePublisher;
import dev.selfheal.runtime.Outgoing;
import dev.selfheal.topic.Topic;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes where the breakers of model keys stand, on a thread of its own: a broker or registry that is slow must not
 * hold up a model's answer. A state that cannot be published is logged; the next one replaces it anyway. Several workers
 * with the same routes write the same keys, and the last one wins: what they see of a provider differs little and not for
 * long.
 */
final class BreakerStates implements Consumer<RouteState>, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BreakerStates.class);
    private static final int MAX_WAITING = 1_000;

    private final MessagePublisher publisher;
    private final Topic<BreakerState> topic;
    private final Clock clock;
    private final ExecutorService thread;

    BreakerStates(MessagePublisher publisher, Topic<BreakerState> topic, Clock clock) {
        this.publisher = publisher;
        this.topic = topic;
        this.clock = clock;
        this.thread = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MAX_WAITING),
                task -> {
                    Thread made = new Thread(task, "model-breaker-states");
                    made.setDaemon(true);
                    return made;
                },
                new ThreadPoolExecutor.DiscardOldestPolicy());
    }

    @Override
    public void accept(RouteState state) {
        LOG.info("breaker of model key {} is {}: {}", state.name(), state.position(), state.reason());
        thread.execute(() -> publish(state));
    }

    private void publish(RouteState state) {
        BreakerState record = record(state);
        Envelope<BreakerState> message =
                Envelope.first("/selfheal/patch-worker", topic.keyOf(record), clock.instant(), record);
        try {
            publisher.publishAll(List.of(new Outgoing<>(topic, message)));
        } catch (KafkaException e) {
            LOG.warn("cannot publish the state of {}: {}", state.name(), e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static BreakerState record(RouteState state) {
        return BreakerState.newBuilder()
                .setScope(BreakerScope.MODEL_ROUTE)
                .setName(state.name())
                .setPosition(BreakerPosition.valueOf(state.position().name()))
                .setSince(state.since())
                .setSuccesses(Math.max(0, state.successes()))
                .setFailures(Math.max(0, state.failures()))
                .setTrips(state.trips())
                .setProbeAt(state.probeAt().orElse(null))
                .setReason(state.reason())
                .setMode(state.position() == RouteState.Position.OPEN ? HealingMode.TEMPLATES_ONLY : HealingMode.FULL)
                .setFailureRate(share(state))
                .build();
    }

    private static double share(RouteState state) {
        int failures = Math.max(0, state.failures());
        int calls = Math.max(0, state.successes()) + failures;
        return calls == 0 ? 0 : (double) failures / calls;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
