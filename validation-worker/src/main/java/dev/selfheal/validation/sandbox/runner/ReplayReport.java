package dev.selfheal.validation.sandbox.runner;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How calls ended: {@code Class#method(types) with arguments on receiver} to {@code returns value}, {@code throws type},
 * {@link #ENDLESS} or {@link #UNSTABLE}.
 */
public record ReplayReport(Map<String, String> calls, End end) {

    /** The call was given up, and no other made after it. */
    public static final String ENDLESS = "does not end";

    /** Made again, the call ended otherwise. */
    public static final String UNSTABLE = "ends otherwise each time";

    /** Why no more calls were made. */
    public enum End {
        /** All were made. */
        ALL,
        /** One of them did not end. */
        ENDLESS,
        /** The time was up: on another day there may be more. */
        TIME
    }

    byte[] encode() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        Wire.writeText(out, end.name());
        out.writeInt(calls.size());
        for (Map.Entry<String, String> call : calls.entrySet()) {
            Wire.writeText(out, call.getKey());
            Wire.writeText(out, call.getValue());
        }
        return bytes.toByteArray();
    }

    public static ReplayReport decode(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        End end = Wire.readEnum(in, End.class);
        int count = Wire.readCount(in);
        Map<String, String> calls = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            calls.put(Wire.readText(in), Wire.readText(in));
        }
        return new ReplayReport(calls, end);
    }
}
