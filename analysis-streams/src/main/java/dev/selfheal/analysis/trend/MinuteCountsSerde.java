package dev.selfheal.analysis.trend;

import dev.selfheal.analysis.state.BinarySerde;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** {@link MinuteCounts} alone, for what counts other things than groups. */
public final class MinuteCountsSerde extends BinarySerde<MinuteCounts> {

    private static final int VERSION = 1;

    public MinuteCountsSerde() {
        super("counts of minutes", VERSION);
    }

    @Override
    protected void write(MinuteCounts counts, DataOutputStream out) throws IOException {
        counts.writeTo(out);
    }

    @Override
    protected MinuteCounts read(DataInputStream in) throws IOException {
        return MinuteCounts.readFrom(in);
    }
}
