package dev.selfheal.ingest.spool;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * What stands at the beginning of a segment file: magic with the version, time, preamble, CRC-32C; big-endian.
 *
 * @param begun when the segment was begun
 * @param preamble opaque; what a reader needs to understand the entries
 */
record SegmentHeader(Instant begun, byte[] preamble) {

    static final int LARGEST_BYTES = 1 << 20;

    private static final long MAGIC = 0x5348_5350_4F4F_4C31L; // "SHSPOOL1"
    private static final int FIXED = Long.BYTES + Long.BYTES + Integer.BYTES + Integer.BYTES;

    SegmentHeader {
        if (preamble.length > LARGEST_BYTES - FIXED) {
            throw new IllegalArgumentException("a preamble of " + preamble.length + " bytes is too long");
        }
    }

    int length() {
        return FIXED + preamble.length;
    }

    ByteBuffer encode() {
        ByteBuffer out = ByteBuffer.allocate(length());
        out.putLong(MAGIC).putLong(begun.toEpochMilli()).putInt(preamble.length).put(preamble);
        return out.putInt(crc(out)).flip();
    }

    /** Empty when the bytes do not begin with a whole header. */
    static Optional<SegmentHeader> decode(ByteBuffer in) {
        try {
            ByteBuffer at = in.duplicate();
            long magic = at.getLong();
            Instant begun = Instant.ofEpochMilli(at.getLong());
            int length = at.getInt();
            if (magic != MAGIC || length < 0 || length > at.remaining()) {
                return Optional.empty();
            }
            byte[] preamble = new byte[length];
            at.get(preamble);
            int expected = crc(at);
            return at.getInt() == expected ? Optional.of(new SegmentHeader(begun, preamble)) : Optional.empty();
        } catch (BufferUnderflowException cutShort) {
            return Optional.empty();
        }
    }

    private static int crc(ByteBuffer soFar) {
        CRC32C crc = new CRC32C();
        crc.update(soFar.array(), soFar.arrayOffset(), soFar.position());
        return (int) crc.getValue();
    }
}
