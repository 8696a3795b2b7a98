package dev.selfheal.analysis.service;

import dev.selfheal.analysis.state.BinarySerde;
import dev.selfheal.event.TrendState;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Optional;

/** {@link GroupWindow} in about 40 bytes, for the repartition topic between groups and services. */
public final class GroupWindowSerde extends BinarySerde<GroupWindow> {

    private static final int VERSION = 1;

    public GroupWindowSerde() {
        super("window of a group", VERSION);
    }

    @Override
    protected void write(GroupWindow window, DataOutputStream out) throws IOException {
        out.writeInt(window.group());
        out.writeLong(window.minute());
        out.writeLong(window.count());
        out.writeUTF(window.state().name());
        out.writeUTF(window.release().orElse(""));
        out.writeBoolean(window.closed());
    }

    @Override
    protected GroupWindow read(DataInputStream in) throws IOException {
        return new GroupWindow(
                in.readInt(),
                in.readLong(),
                in.readLong(),
                TrendState.valueOf(in.readUTF()),
                Optional.of(in.readUTF()).filter(release -> !release.isEmpty()),
                in.readBoolean());
    }
}
