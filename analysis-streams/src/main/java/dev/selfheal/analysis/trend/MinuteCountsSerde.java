package dev.selfheal.analysis.trend;

import dev.selfheal.analysis.state.BinaryReader;
import dev.selfheal.analysis.state.BinarySerde;
import dev.selfheal.analysis.state.BinaryWriter;

/** {@link MinuteCounts} alone, for what counts other things than groups. */
public final class MinuteCountsSerde extends BinarySerde<MinuteCounts> {

    private static final int VERSION = 1;

    public MinuteCountsSerde() {
        super("counts of minutes", VERSION);
    }

    @Override
    protected void write(MinuteCounts counts, BinaryWriter out) {
        counts.writeTo(out);
    }

    @Override
    protected MinuteCounts read(BinaryReader in) {
        return MinuteCounts.readFrom(in);
    }
}
