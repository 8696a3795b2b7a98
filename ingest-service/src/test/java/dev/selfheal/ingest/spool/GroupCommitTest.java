package dev.selfheal.ingest.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class GroupCommitTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    @Test
    void shouldFailTheGroupAndGoOnWhenAWriteMeetsAnError() {
        AtomicBoolean isFirst = new AtomicBoolean(true);
        try (GroupCommit writer = new GroupCommit(entries -> {
            if (isFirst.getAndSet(false)) {
                throw new OutOfMemoryError("once");
            }
        })) {
            writer.start();

            CompletableFuture<Void> first = writer.submit(new byte[1]);
            assertThat(first).failsWithin(SOON);
            assertThat(writer.submit(new byte[1])).succeedsWithin(SOON);
        }
    }
}
