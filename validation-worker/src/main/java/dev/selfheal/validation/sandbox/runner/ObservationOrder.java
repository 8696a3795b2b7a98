package dev.selfheal.validation.sandbox.runner;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * Which tests to measure.
 *
 * @param repeats runs that are measured, in one JVM; one more is run before, unmeasured, to see what it reaches for
 */
public record ObservationOrder(TestOrder tests, int repeats) {

    public byte[] encode() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        Wire.writeBytes(out, tests.encode());
        out.writeInt(repeats);
        return bytes.toByteArray();
    }

    static ObservationOrder decode(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        return new ObservationOrder(TestOrder.decode(Wire.readBytes(in)), in.readInt());
    }
}
