package dev.selfheal.validation.sandbox.runner;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What tests cost and reached for.
 *
 * @param costs one per test that passed in every measured run
 * @param watched false when this JVM does not let itself be watched; then effects says nothing
 * @param effects {@code kind target}, each once, sorted
 */
public record ObservationReport(List<Cost> costs, boolean watched, List<String> effects) {

    /**
     * The least of the measured runs.
     *
     * @param bytes allocated by the thread that ran the test
     */
    public record Cost(String id, long nanos, long bytes) {}

    byte[] encode() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(costs.size());
        for (Cost cost : costs) {
            Wire.writeText(out, cost.id());
            out.writeLong(cost.nanos());
            out.writeLong(cost.bytes());
        }
        out.writeBoolean(watched);
        Wire.writeTexts(out, effects);
        return bytes.toByteArray();
    }

    public static ObservationReport decode(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        int count = Wire.readCount(in);
        List<Cost> costs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            costs.add(new Cost(Wire.readText(in), in.readLong(), in.readLong()));
        }
        return new ObservationReport(costs, in.readBoolean(), Wire.readTexts(in));
    }
}
