package dev.selfheal.validation.sandbox.runner;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;

/**
 * What the probe is to try.
 *
 * @param secretFile exists on the host, must not be readable
 * @param readOnlyFolder is mounted, must not be writable
 * @param port somebody listens there on the host's loopback
 * @param workerPid process id of the worker on the host, must not be visible
 * @param environment names of variables that must not be seen
 */
public record ProbeOrder(String secretFile, String readOnlyFolder, int port, long workerPid, List<String> environment) {

    public static final String READ = "read a file outside its mounts";
    public static final String WRITE = "wrote below its read-only mounts";
    public static final String CONNECT = "connected to the host's loopback";
    public static final String ENVIRONMENT = "saw the worker's environment";
    public static final String PROCESSES = "saw the host's processes";
    public static final String KERNEL = "could write kernel settings";
    /** The one breach that only a seccomp filter prevents. */
    public static final String FORK = "started a child process";

    public static final List<String> ALL = List.of(READ, WRITE, CONNECT, ENVIRONMENT, PROCESSES, KERNEL, FORK);

    public byte[] encode() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        Wire.writeText(out, secretFile);
        Wire.writeText(out, readOnlyFolder);
        out.writeInt(port);
        out.writeLong(workerPid);
        Wire.writeTexts(out, environment);
        return bytes.toByteArray();
    }

    static ProbeOrder decode(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        return new ProbeOrder(Wire.readText(in), Wire.readText(in), in.readInt(), in.readLong(), Wire.readTexts(in));
    }
}
