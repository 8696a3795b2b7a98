package dev.selfheal.validation.sandbox.runner;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What test classes load.
 *
 * @param loaded binary names of the project's classes, by test class; without the test classes that say too little
 */
public record CoverageReport(Map<String, Set<String>> loaded) {

    public byte[] encode() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(loaded.size());
        for (Map.Entry<String, Set<String>> test : loaded.entrySet()) {
            Wire.writeText(out, test.getKey());
            Wire.writeTexts(out, List.copyOf(test.getValue()));
        }
        return bytes.toByteArray();
    }

    /**
     * @throws IOException when these are not such bytes
     */
    public static CoverageReport decode(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        Map<String, Set<String>> loaded = new TreeMap<>();
        for (int test = Wire.readCount(in); test > 0; test--) {
            loaded.put(Wire.readText(in), new TreeSet<>(Wire.readTexts(in)));
        }
        return new CoverageReport(loaded);
    }
}
