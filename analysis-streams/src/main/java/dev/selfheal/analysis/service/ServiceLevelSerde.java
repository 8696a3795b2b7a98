package dev.selfheal.analysis.service;

import dev.selfheal.analysis.service.ServiceLevel.Release;
import dev.selfheal.analysis.service.ServiceLevel.Word;
import dev.selfheal.analysis.state.BinaryReader;
import dev.selfheal.analysis.state.BinarySerde;
import dev.selfheal.analysis.state.BinaryWriter;
import dev.selfheal.analysis.trend.GroupTrendSerde;
import dev.selfheal.analysis.trend.TrendLevel;
import dev.selfheal.event.TrendState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** {@link ServiceLevel} as about 200 bytes; the first byte is the version. */
public final class ServiceLevelSerde extends BinarySerde<ServiceLevel> {

    private static final int VERSION = 2;

    public ServiceLevelSerde() {
        super("state of a service", VERSION);
    }

    @Override
    protected void write(ServiceLevel service, BinaryWriter out) {
        out.writeLong(service.openMinute());
        GroupTrendSerde.writeLevel(out, service.level());
        writeWindow(out, service.last());
        out.writeInt(service.open().size());
        for (ServiceWindow window : service.open()) {
            writeWindow(out, window);
        }
        out.writeText(service.release().name().orElse(""));
        out.writeText(service.release().before().orElse(""));
        writeTime(out, service.release().since());
        out.writeText(service.word().state().name());
        out.writeBoolean(service.word().broad());
        out.writeLong(service.word().at().toEpochMilli());
        out.writeBoolean(service.word().stale());
        writeTime(out, service.due());
    }

    @Override
    protected ServiceLevel read(BinaryReader in) {
        long openMinute = in.readLong();
        TrendLevel level = GroupTrendSerde.readLevel(in);
        ServiceWindow last = readWindow(in);
        int size = in.readInt();
        List<ServiceWindow> open = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            open.add(readWindow(in));
        }
        Release release = new Release(readText(in), readText(in), readTime(in));
        Word word = new Word(
                TrendState.valueOf(in.readText()),
                in.readBoolean(),
                Instant.ofEpochMilli(in.readLong()),
                in.readBoolean());
        return new ServiceLevel(openMinute, level, last, open, release, word, readTime(in));
    }

    private static void writeWindow(BinaryWriter out, ServiceWindow window) {
        out.writeLong(window.minute());
        out.writeLong(window.count());
        out.writeInt(window.active());
        out.writeInt(window.rising());
        out.writeInt(window.fresh());
        out.writeInt(window.early().size());
        for (Map.Entry<Integer, Long> alarm : new TreeMap<>(window.early()).entrySet()) {
            out.writeInt(alarm.getKey());
            out.writeLong(alarm.getValue());
        }
    }

    private static ServiceWindow readWindow(BinaryReader in) {
        long minute = in.readLong();
        long count = in.readLong();
        int active = in.readInt();
        int rising = in.readInt();
        int fresh = in.readInt();
        Map<Integer, Long> early = new TreeMap<>();
        int size = in.readInt();
        for (int i = 0; i < size; i++) {
            early.put(in.readInt(), in.readLong());
        }
        return new ServiceWindow(minute, count, active, rising, fresh, early);
    }

    private static Optional<String> readText(BinaryReader in) {
        return Optional.of(in.readText()).filter(text -> !text.isEmpty());
    }
}
