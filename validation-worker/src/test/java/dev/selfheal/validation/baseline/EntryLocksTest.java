package dev.selfheal.validation.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EntryLocksTest {

    @TempDir
    private Path store;

    private final EntryLocks locks = new EntryLocks();

    @Test
    void shouldBeFreeAgainOnceItWasGivenBack() throws Exception {
        Path entry = store.resolve("a");
        locks.await(entry).close();
        try (EntryLocks.Held again = locks.ifFree(entry).orElseThrow()) {
            assertThat(again.entry()).isEqualTo(entry);
        }
    }

    @Test
    void shouldNotBeFreeForItsOwnHolder() throws Exception {
        try (EntryLocks.Held held = locks.await(store.resolve("a"))) {
            assertThat(locks.ifFree(held.entry())).isEmpty();
        }
    }

    @Test
    void shouldStillBeHeldAfterSomebodyAskedInVain() throws Exception {
        try (EntryLocks.Held held = locks.await(store.resolve("a"))) {
            assertThat(locks.ifFree(held.entry())).isEmpty();
            try (FileChannel file = FileChannel.open(store.resolve("a.lock"), StandardOpenOption.WRITE)) {
                assertThatThrownBy(file::tryLock).isInstanceOf(OverlappingFileLockException.class);
            }
        }
    }
}
