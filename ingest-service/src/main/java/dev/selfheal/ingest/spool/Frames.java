package dev.selfheal.ingest.spool;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Entries as they stand in a segment: magic, length, CRC-32C of the payload, CRC-32C of those three, payload; big-endian.
 * The header has a checksum of its own so that a write that was cut short can be told from one that was damaged later.
 */
final class Frames {

    static final int HEADER_BYTES = 16;
    /** Far above what the intake takes; a length beyond it is damage. */
    static final int LARGEST_PAYLOAD = 256 << 20;

    private static final int MAGIC = 0x53484556; // "SHEV"

    private enum Kind {
        WHOLE,
        /** The bytes end inside it. */
        CUT_SHORT,
        /** The header holds, so it is known where the next one begins. */
        DAMAGED_PAYLOAD,
        DAMAGED_HEADER
    }

    private Frames() {}

    /** Bytes that are no frame, relative to what was scanned. */
    record Range(int from, int to) {

        int length() {
            return to - from;
        }
    }

    /**
     * @param payloads whole frames, in order
     * @param damaged ranges between, before or behind them
     * @param torn length of the last write's remains, which was never confirmed to anybody
     * @param consumed bytes that need not be scanned again
     */
    record Scan(List<byte[]> payloads, List<Range> damaged, int torn, int consumed) {}

    /** The header that goes before a payload. */
    static ByteBuffer header(byte[] payload) {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
        header.putInt(MAGIC).putInt(payload.length).putInt(crc(ByteBuffer.wrap(payload), 0, payload.length));
        return header.putInt(crc(header, 0, 12)).flip();
    }

    /**
     * Finds the frames in {@code data}, going on behind damage at the next one that is whole.
     *
     * @param isEnd whether nothing follows {@code data}; else a frame at its end may be unfinished and is left alone
     */
    static Scan scan(byte[] data, boolean isEnd) {
        List<byte[]> payloads = new ArrayList<>();
        List<Range> damaged = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(data);
        int at = 0;
        while (at < data.length) {
            Kind kind = kindAt(in, at);
            if (kind == Kind.WHOLE) {
                byte[] payload = new byte[in.getInt(at + 4)];
                in.get(at + HEADER_BYTES, payload);
                payloads.add(payload);
                at = end(in, at);
                continue;
            }
            if (kind == Kind.CUT_SHORT) {
                return isEnd
                        ? new Scan(payloads, damaged, data.length - at, data.length)
                        : new Scan(payloads, damaged, 0, at);
            }
            int next = kind == Kind.DAMAGED_PAYLOAD ? end(in, at) : nextWhole(in, at + 1);
            if (next < 0 && !isEnd) {
                return new Scan(payloads, damaged, 0, at);
            }
            int to = next < 0 ? data.length : next;
            damaged.add(new Range(at, to));
            at = to;
        }
        return new Scan(payloads, damaged, 0, at);
    }

    private static int end(ByteBuffer in, int at) {
        return at + HEADER_BYTES + in.getInt(at + 4);
    }

    private static int nextWhole(ByteBuffer in, int from) {
        for (int at = from; at <= in.limit() - HEADER_BYTES; at++) {
            if (in.getInt(at) == MAGIC && kindAt(in, at) == Kind.WHOLE) {
                return at;
            }
        }
        return -1;
    }

    private static Kind kindAt(ByteBuffer in, int at) {
        int left = in.limit() - at;
        if (left < HEADER_BYTES) {
            return isCutHeader(in, at, left) ? Kind.CUT_SHORT : Kind.DAMAGED_HEADER;
        }
        int length = in.getInt(at + 4);
        boolean headerHolds = in.getInt(at) == MAGIC
                && in.getInt(at + 12) == crc(in, at, 12)
                && length >= 0
                && length <= LARGEST_PAYLOAD;
        if (!headerHolds) {
            return Kind.DAMAGED_HEADER;
        }
        if (length > left - HEADER_BYTES) {
            return Kind.CUT_SHORT;
        }
        return in.getInt(at + 8) == crc(in, at + HEADER_BYTES, length) ? Kind.WHOLE : Kind.DAMAGED_PAYLOAD;
    }

    private static boolean isCutHeader(ByteBuffer in, int at, int left) {
        for (int i = 0; i < Math.min(left, Integer.BYTES); i++) {
            if (in.get(at + i) != (byte) (MAGIC >>> (24 - 8 * i))) {
                return false;
            }
        }
        return true;
    }

    private static int crc(ByteBuffer bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.slice(offset, length));
        return (int) crc.getValue();
    }
}
