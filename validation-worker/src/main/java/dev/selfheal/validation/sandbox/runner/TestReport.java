package dev.selfheal.validation.sandbox.runner;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What the tests came to.
 *
 * @param planned tests known before the first one ran; each of them must be among the entries
 * @param canaries the runner's own tests, run after the project's under the same conditions
 */
public record TestReport(int planned, List<Entry> entries, List<Entry> canaries) {

    /** How a test ended. */
    public enum Status {
        PASSED,
        FAILED,
        SKIPPED
    }

    /**
     * One test.
     *
     * @param inPlan was known before the first test ran, unlike the invocations of a parameterised test
     * @param exceptionType empty unless failed
     */
    public record Entry(
            String id,
            boolean inPlan,
            Status status,
            long nanos,
            String exceptionType,
            String message,
            String stackTrace) {}

    byte[] encode() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(planned);
        writeEntries(out, entries);
        writeEntries(out, canaries);
        return bytes.toByteArray();
    }

    public static TestReport decode(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        return new TestReport(in.readInt(), readEntries(in), readEntries(in));
    }

    private static void writeEntries(DataOutputStream out, List<Entry> entries) throws IOException {
        out.writeInt(entries.size());
        for (Entry entry : entries) {
            Wire.writeText(out, entry.id());
            out.writeBoolean(entry.inPlan());
            Wire.writeText(out, entry.status().name());
            out.writeLong(entry.nanos());
            Wire.writeText(out, entry.exceptionType());
            Wire.writeText(out, entry.message());
            Wire.writeText(out, entry.stackTrace());
        }
    }

    private static List<Entry> readEntries(DataInputStream in) throws IOException {
        int count = Wire.readCount(in);
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            entries.add(new Entry(
                    Wire.readText(in),
                    in.readBoolean(),
                    status(Wire.readText(in)),
                    in.readLong(),
                    Wire.readText(in),
                    Wire.readText(in),
                    Wire.readText(in)));
        }
        return entries;
    }

    private static Status status(String name) throws MalformedMessageException {
        try {
            return Status.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw new MalformedMessageException("no status is called " + name);
        }
    }
}
