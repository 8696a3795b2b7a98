package dev.selfheal.analysis.service;

import dev.selfheal.analysis.state.BinaryReader;
import dev.selfheal.analysis.state.BinarySerde;
import dev.selfheal.analysis.state.BinaryWriter;
import dev.selfheal.event.TrendState;
import java.util.Optional;

/** {@link GroupWindow} in about 40 bytes, for the repartition topic between groups and services. */
public final class GroupWindowSerde extends BinarySerde<GroupWindow> {

    private static final int VERSION = 2;

    public GroupWindowSerde() {
        super("window of a group", VERSION);
    }

    @Override
    protected void write(GroupWindow window, BinaryWriter out) {
        out.writeInt(window.group());
        out.writeLong(window.minute());
        out.writeLong(window.count());
        out.writeText(window.state().name());
        out.writeText(window.release().orElse(""));
        out.writeBoolean(window.closed());
    }

    @Override
    protected GroupWindow read(BinaryReader in) {
        return new GroupWindow(
                in.readInt(),
                in.readLong(),
                in.readLong(),
                TrendState.valueOf(in.readText()),
                Optional.of(in.readText()).filter(release -> !release.isEmpty()),
                in.readBoolean());
    }
}
