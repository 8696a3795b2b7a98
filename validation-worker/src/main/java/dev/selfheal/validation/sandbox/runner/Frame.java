package dev.selfheal.validation.sandbox.runner;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What the runner writes on its channel: one greeting, then one sealed answer.
 */
public final class Frame {

    /** What a frame says. */
    public enum Kind {
        /** Warmed up and waiting for the order. */
        READY('R'),
        /** The order is done; the payload is the report. */
        DONE('D'),
        /** Out of heap, threads or native memory; the payload says which. */
        LIMIT('L'),
        /** The runner itself failed; the payload says how. */
        FAILED('F');

        final char code;

        Kind(char code) {
            this.code = code;
        }

        static Kind of(int code) throws MalformedMessageException {
            return Arrays.stream(values())
                    .filter(kind -> kind.code == code)
                    .findFirst()
                    .orElseThrow(() -> new MalformedMessageException("no frame begins with byte " + code));
        }
    }

    private final Kind kind;
    private final byte[] payload;
    /** See {@link Seal}; zeros on the greeting, which comes before the key. */
    private final byte[] mac;

    private Frame(Kind kind, byte[] payload, byte[] mac) {
        this.kind = kind;
        this.payload = payload;
        this.mac = mac;
    }

    public Kind kind() {
        return kind;
    }

    public byte[] payload() {
        return payload;
    }

    byte[] mac() {
        return mac;
    }

    static Frame ready() {
        return new Frame(Kind.READY, new byte[0], new byte[Seal.MAC_BYTES]);
    }

    static Frame sealed(Kind kind, byte[] payload, Seal seal) {
        return new Frame(kind, payload, seal.sign((byte) kind.code, payload));
    }

    void write(OutputStream channel) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(payload.length + 64);
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeByte(kind.code);
        Wire.writeBytes(out, payload);
        out.write(mac);
        channel.write(bytes.toByteArray());
        channel.flush();
    }

    /**
     * Reads one frame.
     *
     * @throws MalformedMessageException when something else was written on the channel
     */
    public static Frame read(DataInputStream in) throws IOException {
        Kind kind = Kind.of(in.readUnsignedByte());
        byte[] payload = Wire.readBytes(in);
        byte[] mac = new byte[Seal.MAC_BYTES];
        in.readFully(mac);
        return new Frame(kind, payload, mac);
    }

    public String text() {
        return new String(payload, StandardCharsets.UTF_8);
    }
}
