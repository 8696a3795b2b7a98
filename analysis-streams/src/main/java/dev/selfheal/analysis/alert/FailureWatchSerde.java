package dev.selfheal.analysis.alert;

import dev.selfheal.analysis.alert.Outcomes.Count;
import dev.selfheal.analysis.state.BinaryReader;
import dev.selfheal.analysis.state.BinarySerde;
import dev.selfheal.analysis.state.BinaryWriter;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** What {@link HealingAlertProcessor} remembers. */
public final class FailureWatchSerde extends BinarySerde<FailureWatch> {

    public FailureWatchSerde() {
        super("outcomes of cases", 2);
    }

    @Override
    protected void write(FailureWatch watch, BinaryWriter out) {
        writeTime(out, watch.raised());
        writeTime(out, watch.due());
        NavigableMap<Long, Count> minutes = watch.outcomes().minutes();
        out.writeVarint(minutes.size());
        for (Map.Entry<Long, Count> minute : minutes.entrySet()) {
            out.writeLong(minute.getKey());
            out.writeLong(minute.getValue().succeeded());
            out.writeLong(minute.getValue().failed());
        }
    }

    @Override
    protected FailureWatch read(BinaryReader in) {
        Optional<Instant> raised = readTime(in);
        Optional<Instant> due = readTime(in);
        NavigableMap<Long, Count> minutes = new TreeMap<>();
        int size = in.readSize();
        for (int i = 0; i < size; i++) {
            minutes.put(in.readLong(), new Count(in.readLong(), in.readLong()));
        }
        return new FailureWatch(new Outcomes(minutes), raised, due);
    }
}
