package dev.selfheal.validation.sandbox.runner;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How calls ended: {@code Class#method(types) with arguments on receiver} to {@code returns value} or {@code throws type}.
 * Calls that ended otherwise when made again are left out.
 */
public record ReplayReport(Map<String, String> calls) {

    byte[] encode() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(calls.size());
        for (Map.Entry<String, String> call : calls.entrySet()) {
            Wire.writeText(out, call.getKey());
            Wire.writeText(out, call.getValue());
        }
        return bytes.toByteArray();
    }

    public static ReplayReport decode(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        int count = Wire.readCount(in);
        Map<String, String> calls = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            calls.put(Wire.readText(in), Wire.readText(in));
        }
        return new ReplayReport(calls);
    }
}
