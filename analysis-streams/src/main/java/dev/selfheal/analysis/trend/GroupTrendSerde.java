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

/** {@link GroupTrend} as about 150 bytes. Written on every error, so it is binary by hand; the first byte is the version. */
public final class GroupTrendSerde implements Serde<GroupTrend> {

    private static final int VERSION = 1;

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
            out.writeUTF(trend.release().orElse(""));
            out.writeLong(trend.firstSeen().toEpochMilli());
            out.writeLong(trend.lastSeen().toEpochMilli());
            out.writeLong(trend.total());
            out.writeLong(trend.late());
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
            String release = in.readUTF();
            Instant firstSeen = Instant.ofEpochMilli(in.readLong());
            Instant lastSeen = Instant.ofEpochMilli(in.readLong());
            long total = in.readLong();
            long late = in.readLong();
            long openMinute = in.readLong();
            TrendState state = TrendState.valueOf(in.readUTF());
            Instant publishedAt = Instant.ofEpochMilli(in.readLong());
            TrendLevel level = readLevel(in);
            return new GroupTrend(
                    service,
                    release.isEmpty() ? Optional.empty() : Optional.of(release),
                    firstSeen,
                    lastSeen,
                    total,
                    late,
                    openMinute,
                    readCounts(in),
                    level,
                    state,
                    publishedAt);
        } catch (IOException e) {
            throw new SerializationException("trend state of " + bytes.length + " bytes cannot be read", e);
        }
    }

    /** The detector's memory alone, for other series than groups. */
    public static void writeLevel(DataOutputStream out, TrendLevel level) throws IOException {
        out.writeInt(level.windows());
        out.writeDouble(level.baseline());
        out.writeDouble(level.cusum());
        out.writeInt(level.alarmWindows());
        out.writeDouble(level.level());
        out.writeDouble(level.slope());
        out.writeInt(level.emptyRun());
    }

    /** What {@link #writeLevel} wrote. */
    public static TrendLevel readLevel(DataInputStream in) throws IOException {
        return new TrendLevel(
                in.readInt(),
                in.readDouble(),
                in.readDouble(),
                in.readInt(),
                in.readDouble(),
                in.readDouble(),
                in.readInt());
    }

    private static void writeCounts(DataOutputStream out, MinuteCounts counts) throws IOException {
        out.writeInt(counts.size());
        for (int i = 0; i < counts.size(); i++) {
            out.writeLong(counts.minute(i));
            out.writeLong(counts.count(i));
        }
    }

    private static MinuteCounts readCounts(DataInputStream in) throws IOException {
        MinuteCounts counts = MinuteCounts.EMPTY;
        int size = in.readInt();
        for (int i = 0; i < size; i++) {
            counts = counts.plus(in.readLong(), in.readLong());
        }
        return counts;
    }
}
