package dev.selfheal.ingest.policy;

import dev.selfheal.event.HealingPolicy;
import dev.selfheal.runtime.CompactedTable;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the policies without depending on them: while their topic cannot be read it tries again, and the last policies
 * that were read stay in force. Thread-safe.
 */
public final class PolicyFollower implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PolicyFollower.class);
    private static final Duration RETRY = Duration.ofSeconds(10);
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final Supplier<CompactedTable<HealingPolicy>> tables;
    private final CountDownLatch firstTry = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::follow, "policies");
    /** The newest table that was read to its end; empty before the first. */
    private volatile Optional<CompactedTable<HealingPolicy>> current = Optional.empty();
    /** The one that is read now. */
    private volatile Optional<CompactedTable<HealingPolicy>> opened = Optional.empty();

    /**
     * @param tables a new table of the policies, not started
     */
    public PolicyFollower(Supplier<CompactedTable<HealingPolicy>> tables) {
        this.tables = tables;
        thread.setDaemon(true);
    }

    /**
     * Returns when the policies are read, or cannot be read now, or when the time is up: so that the first errors after a
     * start are grouped as those before it, where that is possible.
     */
    public void start(Duration patience) {
        thread.start();
        try {
            if (!firstTry.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("policies are not read yet; grouping goes by the configuration until they are");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public Optional<HealingPolicy> policy(String service) {
        return current.flatMap(table -> table.get(service));
    }

    /** For people. */
    public String describe() {
        return current.map(
                        table -> table.isHealthy() ? "up to date" : "not followed just now; the last ones are in force")
                .orElse("not read yet; grouping goes by the configuration");
    }

    @Override
    public void close() {
        closed.countDown();
        // Ends a start that would wait for the broker.
        opened.ifPresent(CompactedTable::close);
        try {
            thread.join(CLOSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow() {
        try {
            do {
                followOne();
            } while (!closed.await(RETRY.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            LOG.debug("stopped following the policies");
        }
    }

    /** Returns when a table cannot be read, or can no longer be followed. */
    private void followOne() throws InterruptedException {
        try (CompactedTable<HealingPolicy> table = tables.get()) {
            opened = Optional.of(table);
            table.start();
            current = opened;
            firstTry.countDown();
            boolean ended = false;
            while (!ended && table.isHealthy()) {
                ended = closed.await(RETRY.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (IllegalStateException | KafkaException e) {
            LOG.warn("policies cannot be read, next try in {} s: {}", RETRY.toSeconds(), e.getMessage());
        } finally {
            firstTry.countDown();
        }
    }
}
