package dev.selfheal.analysis.trend;

import dev.selfheal.analysis.state.BinaryReader;
import dev.selfheal.analysis.state.BinarySerde;
import dev.selfheal.analysis.state.BinaryWriter;
import dev.selfheal.event.TrendState;
import java.time.Instant;
import java.util.Optional;

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
    protected void write(GroupTrend trend, BinaryWriter out) {
        out.writeText(trend.service());
        writeReleases(out, trend.releases());
        out.writeLong(trend.firstSeen().toEpochMilli());
        out.writeLong(trend.lastSeen().toEpochMilli());
        out.writeVarlong(trend.total());
        out.writeVarlong(trend.late());
        out.writeLong(trend.openMinute());
        out.writeText(trend.state().name());
        out.writeLong(trend.publishedAt().toEpochMilli());
        writeLevel(out, trend.level());
        trend.counts().writeTo(out);
    }

    @Override
    protected GroupTrend read(BinaryReader in) {
        String service = in.readText();
        Releases releases = readReleases(in);
        Instant firstSeen = Instant.ofEpochMilli(in.readLong());
        Instant lastSeen = Instant.ofEpochMilli(in.readLong());
        long total = in.readVarlong();
        long late = in.readVarlong();
        long openMinute = in.readLong();
        TrendState state = TrendState.valueOf(in.readText());
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

    private static void writeReleases(BinaryWriter out, Releases releases) {
        out.writeText(releases.current().orElse(""));
        out.writeVarlong(releases.seenAt().toEpochMilli());
        out.writeText(releases.previous().orElse(""));
        out.writeDouble(releases.previousBaseline());
    }

    private static Releases readReleases(BinaryReader in) {
        Optional<String> current = nonEmpty(in.readText());
        Instant seenAt = Instant.ofEpochMilli(in.readVarlong());
        return new Releases(current, seenAt, nonEmpty(in.readText()), in.readDouble());
    }

    private static Optional<String> nonEmpty(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    /** The detector's memory alone, for other series than groups. */
    public static void writeLevel(BinaryWriter out, TrendLevel level) {
        out.writeVarint(level.windows());
        out.writeDouble(level.baseline());
        out.writeDouble(level.variance());
        out.writeDouble(level.cusum());
        out.writeDouble(level.score());
        out.writeVarint(level.alarmWindows());
        out.writeDouble(level.level());
        out.writeDouble(level.slope());
        out.writeVarint(level.emptyRun());
    }

    /** What {@link #writeLevel} wrote. */
    public static TrendLevel readLevel(BinaryReader in) {
        return new TrendLevel(
                in.readVarint(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readVarint(),
                in.readDouble(),
                in.readDouble(),
                in.readVarint());
    }
}
