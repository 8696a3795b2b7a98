package dev.selfheal.validation.sandbox.runner;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;

/**
 * Which test classes to run, each in a class loader of its own.
 *
 * @param tests its selectors are names of classes
 * @param folders of the class path whose classes are told; as seen inside the sandbox
 */
public record CoverageOrder(TestOrder tests, List<String> folders) {

    public byte[] encode() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        Wire.writeBytes(out, tests.encode());
        Wire.writeTexts(out, folders);
        return bytes.toByteArray();
    }

    static CoverageOrder decode(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        return new CoverageOrder(TestOrder.decode(Wire.readBytes(in)), Wire.readTexts(in));
    }
}
