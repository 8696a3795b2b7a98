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
 * All runs of each selector on the base: in memory, and in the store where they completed. A single run that failed, or was
 * stopped, makes nothing known: a machine may have been out of breath, and a test that is taken for broken can no longer be
 * broken by a patch. Thread-safe.
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
    private final Map<Key, List<TestOutcome>> runs = new ConcurrentHashMap<>();

    SelectorRuns(ResultStore store) {
        this.store = store;
    }

    /** Oldest first; empty when it was never run. */
    List<TestOutcome> of(Key key) {
        return runs.computeIfAbsent(key, asked -> List.copyOf(stored(asked)));
    }

    /** Whether it need not be run again. */
    boolean isKnown(Key key) {
        List<TestOutcome> all = of(key);
        return all.size() > 1
                || all.stream().anyMatch(run -> run instanceof Completed completed && failures(completed) == 0);
    }

    /**
     * The run that speaks for the base: the one with the fewest failures. What failed by chance alone must not excuse a patch.
     */
    Optional<TestOutcome> best(Key key) {
        List<TestOutcome> all = of(key);
        return all.stream()
                .filter(Completed.class::isInstance)
                .map(Completed.class::cast)
                .min((a, b) -> Long.compare(failures(a), failures(b)))
                .map(TestOutcome.class::cast)
                .or(() -> all.stream().findFirst());
    }

    void add(Key key, TestOutcome outcome) {
        List<TestOutcome> all = new ArrayList<>(of(key));
        all.add(outcome);
        runs.put(key, List.copyOf(all));
        List<Completed> lasting = all.stream()
                .filter(Completed.class::isInstance)
                .map(Completed.class::cast)
                .toList();
        if (outcome instanceof Completed) {
            store.write(
                    key.question(),
                    RunsCodec.encode(lasting.subList(Math.max(0, lasting.size() - KEPT), lasting.size())));
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

    private static long failures(Completed run) {
        return run.results().stream()
                .filter(result -> result.status() == Status.FAILED)
                .count();
    }
}
