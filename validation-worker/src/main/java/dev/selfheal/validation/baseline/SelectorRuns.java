package dev.selfheal.validation.baseline;

import dev.selfheal.validation.sandbox.TestOutcome;
import dev.selfheal.validation.sandbox.TestOutcome.Completed;
import dev.selfheal.validation.sandbox.TestOutcome.Status;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All runs of each selector on the base: in memory, and in the store where they completed. A failure that was seen in a
 * single run of an earlier process is not believed before it was seen again: a machine may have been out of breath, and a
 * test that is taken for broken can no longer be broken by a patch. Thread-safe.
 */
final class SelectorRuns {

    private static final Logger LOG = LoggerFactory.getLogger(SelectorRuns.class);

    /** Runs of one selector that are kept on disk, the newest. */
    private static final int KEPT = 8;

    /**
     * @param environment what ran it; another sandbox may come to other results
     * @param module the module's folder
     */
    record Key(String environment, String module, String selector) {

        byte[] question() {
            return ResultStore.question("runs", environment, module, selector);
        }
    }

    private final ResultStore store;
    private final Map<Key, List<TestOutcome>> known = new ConcurrentHashMap<>();

    SelectorRuns(ResultStore store) {
        this.store = store;
    }

    /** Oldest first; empty when nothing is known, or nothing that is believed. */
    List<TestOutcome> of(Key key) {
        List<TestOutcome> inMemory = known.get(key);
        if (inMemory != null) {
            return inMemory;
        }
        List<Completed> stored = stored(key);
        if (stored.size() < 2 && stored.stream().anyMatch(SelectorRuns::hasFailed)) {
            return List.of();
        }
        List<TestOutcome> believed = List.copyOf(stored);
        if (!believed.isEmpty()) {
            known.putIfAbsent(key, believed);
        }
        return believed;
    }

    /**
     * The run that speaks for the base: the one with the fewest failures. What failed by chance alone must not excuse a patch.
     */
    Optional<TestOutcome> best(Key key) {
        List<TestOutcome> runs = of(key);
        return runs.stream()
                .filter(Completed.class::isInstance)
                .map(Completed.class::cast)
                .min((a, b) -> Long.compare(failures(a), failures(b)))
                .map(TestOutcome.class::cast)
                .or(() -> runs.stream().findFirst());
    }

    void add(Key key, TestOutcome outcome) {
        List<TestOutcome> all = new ArrayList<>(of(key));
        all.add(outcome);
        known.put(key, List.copyOf(all));
        if (outcome instanceof Completed completed) {
            List<Completed> stored = new ArrayList<>(stored(key));
            stored.add(completed);
            store.write(
                    key.question(), RunsCodec.encode(stored.subList(Math.max(0, stored.size() - KEPT), stored.size())));
        }
    }

    private List<Completed> stored(Key key) {
        Optional<byte[]> bytes = store.read(key.question());
        if (bytes.isEmpty()) {
            return List.of();
        }
        try {
            return RunsCodec.decode(bytes.get());
        } catch (IOException e) {
            LOG.warn("the stored results of {} cannot be read, it is run again: {}", key.selector(), e.toString());
            return List.of();
        }
    }

    private static boolean hasFailed(Completed run) {
        return failures(run) > 0;
    }

    private static long failures(Completed run) {
        return run.results().stream()
                .filter(result -> result.status() == Status.FAILED)
                .count();
    }
}
