package dev.selfheal.runtime;

import dev.selfheal.errors.ErrorCode;
import dev.selfheal.metrics.Meters;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.function.Supplier;

/** The meters of one worker. */
final class WorkerMeters {

    private final String worker;
    private final MeterRegistry registry;
    private final Counter processed;
    private final Counter retries;
    private final Counter waits;
    private final Timer handling;

    WorkerMeters(String worker, MeterRegistry registry) {
        this.worker = worker;
        this.registry = registry;
        processed = Meters.WORKER_PROCESSED.counter(registry, worker);
        retries = Meters.WORKER_RETRIES.counter(registry, worker);
        waits = Meters.WORKER_WAITS.counter(registry, worker);
        handling = Meters.WORKER_HANDLING.timer(registry, worker);
    }

    void processed() {
        processed.increment();
    }

    void retried() {
        retries.increment();
    }

    void waited() {
        waits.increment();
    }

    void deadLettered(String topic, ErrorCode code) {
        Meters.WORKER_DEAD_LETTERS.counter(registry, worker, topic, code.name()).increment();
    }

    Timer.Sample startHandling() {
        return Timer.start(registry);
    }

    void endHandling(Timer.Sample sample) {
        sample.stop(handling);
    }

    void showInFlight(Supplier<Number> inFlight) {
        Meters.WORKER_IN_FLIGHT.gauge(registry, inFlight, worker);
    }
}
