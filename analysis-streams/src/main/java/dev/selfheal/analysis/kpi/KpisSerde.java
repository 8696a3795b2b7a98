package dev.selfheal.analysis.kpi;

import dev.selfheal.analysis.state.BinarySerde;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** {@link Kpis} as some ten bytes per figure and hour that is not empty. */
public final class KpisSerde extends BinarySerde<Kpis> {

    public KpisSerde() {
        super("key figures", 1);
    }

    @Override
    protected void write(Kpis kpis, DataOutputStream out) throws IOException {
        out.writeLong(kpis.since().toEpochMilli());
        out.writeLong(kpis.updatedAt().toEpochMilli());
        writeTally(out, kpis.total());
        out.writeShort(kpis.hours().size());
        for (Map.Entry<Long, Tally> hour : kpis.hours().entrySet()) {
            out.writeLong(hour.getKey());
            writeTally(out, hour.getValue());
        }
    }

    @Override
    protected Kpis read(DataInputStream in) throws IOException {
        Instant since = Instant.ofEpochMilli(in.readLong());
        Instant updatedAt = Instant.ofEpochMilli(in.readLong());
        Tally total = readTally(in);
        NavigableMap<Long, Tally> hours = new TreeMap<>();
        int count = in.readUnsignedShort();
        for (int i = 0; i < count; i++) {
            hours.put(in.readLong(), readTally(in));
        }
        return new Kpis(since, updatedAt, total, hours);
    }

    private static void writeTally(DataOutputStream out, Tally tally) throws IOException {
        Map<Figure, Long> sums = new TreeMap<>();
        tally.forEachFigure(sums::put);
        out.writeByte(sums.size());
        for (Map.Entry<Figure, Long> sum : sums.entrySet()) {
            out.writeByte(sum.getKey().ordinal());
            out.writeLong(sum.getValue());
        }
        Map<String, Long> reasons = tally.reasons();
        out.writeByte(reasons.size());
        for (Map.Entry<String, Long> reason : reasons.entrySet()) {
            out.writeUTF(reason.getKey());
            out.writeLong(reason.getValue());
        }
    }

    private static Tally readTally(DataInputStream in) throws IOException {
        Tally tally = Tally.EMPTY;
        int sums = in.readUnsignedByte();
        for (int i = 0; i < sums; i++) {
            tally = tally.plus(figure(in.readUnsignedByte()), in.readLong());
        }
        int reasons = in.readUnsignedByte();
        for (int i = 0; i < reasons; i++) {
            tally = tally.plusReason(in.readUTF(), in.readLong());
        }
        return tally;
    }

    private static Figure figure(int ordinal) {
        Figure[] figures = Figure.values();
        if (ordinal >= figures.length) {
            throw new IllegalArgumentException("figure " + ordinal + " is of a newer release");
        }
        return figures[ordinal];
    }
}
