package dev.selfheal.analysis.kpi;

import dev.selfheal.analysis.state.BinaryReader;
import dev.selfheal.analysis.state.BinarySerde;
import dev.selfheal.analysis.state.BinaryWriter;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** {@link Kpis} as some ten bytes per figure and hour that is not empty. */
public final class KpisSerde extends BinarySerde<Kpis> {

    public KpisSerde() {
        super("key figures", 2);
    }

    @Override
    protected void write(Kpis kpis, BinaryWriter out) {
        out.writeLong(kpis.since().toEpochMilli());
        out.writeLong(kpis.updatedAt().toEpochMilli());
        writeTally(out, kpis.total());
        out.writeVarint(kpis.hours().size());
        for (Map.Entry<Long, Tally> hour : kpis.hours().entrySet()) {
            out.writeLong(hour.getKey());
            writeTally(out, hour.getValue());
        }
    }

    @Override
    protected Kpis read(BinaryReader in) {
        Instant since = Instant.ofEpochMilli(in.readLong());
        Instant updatedAt = Instant.ofEpochMilli(in.readLong());
        Tally total = readTally(in);
        NavigableMap<Long, Tally> hours = new TreeMap<>();
        int count = in.readSize();
        for (int i = 0; i < count; i++) {
            hours.put(in.readLong(), readTally(in));
        }
        return new Kpis(since, updatedAt, total, hours);
    }

    private static void writeTally(BinaryWriter out, Tally tally) {
        Map<Figure, Long> sums = new TreeMap<>();
        tally.forEachFigure(sums::put);
        out.writeByte(sums.size());
        for (Map.Entry<Figure, Long> sum : sums.entrySet()) {
            out.writeText(sum.getKey().name());
            out.writeLong(sum.getValue());
        }
        Map<String, Long> reasons = tally.reasons();
        out.writeByte(reasons.size());
        for (Map.Entry<String, Long> reason : reasons.entrySet()) {
            out.writeText(reason.getKey());
            out.writeLong(reason.getValue());
        }
    }

    private static Tally readTally(BinaryReader in) {
        Tally tally = Tally.EMPTY;
        int sums = in.readUnsignedByte();
        for (int i = 0; i < sums; i++) {
            tally = tally.plus(figure(in.readText()), in.readLong());
        }
        int reasons = in.readUnsignedByte();
        for (int i = 0; i < reasons; i++) {
            tally = tally.plusReason(in.readText(), in.readLong());
        }
        return tally;
    }

    private static Figure figure(String name) {
        try {
            return Figure.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("figure " + name + " is of a newer release", e);
        }
    }
}
