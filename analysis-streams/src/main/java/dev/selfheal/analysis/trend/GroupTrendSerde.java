package dev.selfheal.analysis.trend;

import dev.selfheal.analysis.state.BinarySerde;
import dev.selfheal.event.TrendState;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.utils.ByteUtils;

/**
 * {@link GroupTrend} as about 170 bytes and two to three for each minute that had errors. Written on every error, so it is
 * binary by hand; the first byte is the version.
 */
public final class GroupTrendSerde extends BinarySerde<GroupTrend> {

    private static final int VERSION = 3;

    public GroupTrendSerde() {
        super("trend state", VERSION);
    }

    @Override
    protected void write(GroupTrend trend, DataOutputStream out) throws IOException {
        out.writeUTF(trend.service());
        writeReleases(out, trend.releases());
        out.writeLong(trend.firstSeen().toEpochMilli());
        out.writeLong(trend.lastSeen().toEpochMilli());
        ByteUtils.writeVarlong(trend.total(), out);
        ByteUtils.writeVarlong(trend.late(), out);
        out.writeLong(trend.openMinute());
        out.writeUTF(trend.state().name());
        out.writeLong(trend.publishedAt().toEpochMilli());
        writeLevel(out, trend.level());
        trend.counts().writeTo(out);
    }

    @Override
    protected GroupTrend read(DataInputStream in) throws IOException {
        String service = in.readUTF();
        Releases releases = readReleases(in);
        Instant firstSeen = Instant.ofEpochMilli(in.readLong());
        Instant lastSeen = Instant.ofEpochMilli(in.readLong());
        long total = ByteUtils.readVarlong(in);
        long late = ByteUtils.readVarlong(in);
        long openMinute = in.readLong();
        TrendState state = TrendState.valueOf(in.readUTF());
        Instant publishedAt = Instant.ofEpochMilli(in.readLong());
        TrendLevel level = readLevel(in);
        return new GroupTrend(
                service,
                releases,
                firstSeen,
                lastSeen,
                total,
                late,
                openMinute,
                MinuteCounts.readFrom(in),
                level,
                state,
                publishedAt);
    }

    private static void writeReleases(DataOutputStream out, Releases releases) throws IOException {
        out.writeUTF(releases.current().orElse(""));
        ByteUtils.writeVarlong(releases.seenAt().toEpochMilli(), out);
        out.writeUTF(releases.previous().orElse(""));
        out.writeDouble(releases.previousBaseline());
    }

    private static Releases readReleases(DataInputStream in) throws IOException {
        Optional<String> current = nonEmpty(in.readUTF());
        Instant seenAt = Instant.ofEpochMilli(ByteUtils.readVarlong(in));
        return new Releases(current, seenAt, nonEmpty(in.readUTF()), in.readDouble());
    }

    private static Optional<String> nonEmpty(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    /** The detector's memory alone, for other series than groups. */
    public static void writeLevel(DataOutputStream out, TrendLevel level) throws IOException {
        ByteUtils.writeVarint(level.windows(), out);
        out.writeDouble(level.baseline());
        out.writeDouble(level.variance());
        out.writeDouble(level.cusum());
        out.writeDouble(level.score());
        ByteUtils.writeVarint(level.alarmWindows(), out);
        out.writeDouble(level.level());
        out.writeDouble(level.slope());
        ByteUtils.writeVarint(level.emptyRun(), out);
    }

    /** What {@link #writeLevel} wrote. */
    public static TrendLevel readLevel(DataInputStream in) throws IOException {
        return new TrendLevel(
                ByteUtils.readVarint(in),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                ByteUtils.readVarint(in),
                in.readDouble(),
                in.readDouble(),
                ByteUtils.readVarint(in));
    }
}
