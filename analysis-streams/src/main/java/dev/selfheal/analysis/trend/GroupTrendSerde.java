package dev.selfheal.analysis.trend;

import dev.selfheal.event.TrendState;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.ByteUtils;

/**
 * {@link GroupTrend} as about 170 bytes and two to three for each minute that had errors. Written on every error, so it is
 * binary by hand; the first byte is the version.
 */
public final class GroupTrendSerde implements Serde<GroupTrend> {

    private static final int VERSION = 2;

    @Override
    public Serializer<GroupTrend> serializer() {
        return (topic, trend) -> trend == null ? null : write(trend);
    }

    @Override
    public Deserializer<GroupTrend> deserializer() {
        return (topic, bytes) -> bytes == null ? null : read(bytes);
    }

    private static byte[] write(GroupTrend trend) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(192);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
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
            writeCounts(out, trend.counts());
        } catch (IOException e) {
            throw new SerializationException("trend of service " + trend.service() + " cannot be written", e);
        }
        return bytes.toByteArray();
    }

    private static GroupTrend read(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int version = in.readUnsignedByte();
            if (version != VERSION) {
                throw new SerializationException(
                        "trend state has version " + version + ", this release reads " + VERSION);
            }
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
                    readCounts(in),
                    level,
                    state,
                    publishedAt);
        } catch (IOException | IllegalArgumentException e) {
            throw new SerializationException("trend state of " + bytes.length + " bytes cannot be read", e);
        }
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

    /** Minutes as steps from the one before: a busy group has a day of them. */
    static void writeCounts(DataOutputStream out, MinuteCounts counts) throws IOException {
        ByteUtils.writeVarint(counts.size(), out);
        long before = 0;
        for (int i = 0; i < counts.size(); i++) {
            ByteUtils.writeVarlong(counts.minute(i) - before, out);
            ByteUtils.writeVarlong(counts.count(i), out);
            before = counts.minute(i);
        }
    }

    static MinuteCounts readCounts(DataInputStream in) throws IOException {
        int size = ByteUtils.readVarint(in);
        long[] minutes = new long[size];
        long[] counts = new long[size];
        long before = 0;
        for (int i = 0; i < size; i++) {
            before += ByteUtils.readVarlong(in);
            minutes[i] = before;
            counts[i] = ByteUtils.readVarlong(in);
        }
        return new MinuteCounts(minutes, counts);
    }
}
