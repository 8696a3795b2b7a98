package dev.selfheal.ingest.publish;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;

/**
 * Whether the brokers answer. Asking is free of waiting: it tells the last answer and has the next one fetched in the
 * background. Thread-safe.
 */
public final class KafkaReachability implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final Duration FRESH = Duration.ofSeconds(5);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private record Answer(boolean reachable, String words, long asked) {}

    private final Admin admin;
    private final LongSupplier nanoTime;
    private final AtomicReference<Answer> last;

    /**
     * @param nanoTime a clock that never goes back, as {@link System#nanoTime()}
     */
    public KafkaReachability(Admin admin, LongSupplier nanoTime) {
        this.admin = admin;
        this.nanoTime = nanoTime;
        this.last = new AtomicReference<>(new Answer(false, "not asked yet", nanoTime.getAsLong() - FRESH.toNanos()));
    }

    public boolean isReachable() {
        return refreshed().reachable();
    }

    /** In words, for the health report. */
    public String describe() {
        return refreshed().words();
    }

    @Override
    public void close() {
        admin.close(CLOSE_TIMEOUT);
    }

    private Answer refreshed() {
        Answer answer = last.get();
        long now = nanoTime.getAsLong();
        Answer asking = new Answer(answer.reachable(), answer.words(), now);
        // Whoever puts the new time in place asks; the others go on with what is known.
        if (now - answer.asked() >= FRESH.toNanos() && last.compareAndSet(answer, asking)) {
            ask(now);
        }
        return last.get();
    }

    private void ask(long now) {
        DescribeClusterOptions options = new DescribeClusterOptions().timeoutMs((int) TIMEOUT.toMillis());
        admin.describeCluster(options).nodes().toCompletionStage().whenComplete((nodes, failure) -> {
            if (failure == null) {
                last.set(new Answer(true, nodes.size() + " brokers answer", now));
            } else {
                last.set(new Answer(false, "no broker answers: " + failure.getMessage(), now));
            }
        });
    }
}
