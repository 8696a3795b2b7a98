package dev.selfheal.validation.sandbox;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The system-call filter as classic BPF, the form {@code bwrap --seccomp} takes (struct sock_filter, seccomp(2)). A deny
 * list on top of namespaces: no new processes or namespaces, no mounts, no kernel interfaces with a bad record, no
 * socket families but unix and IP (AF_VSOCK would reach the hypervisor from any network namespace).
 */
final class SeccompFilter {

    private static final int LOAD_WORD = 0x20;
    private static final int JUMP_IF_EQUAL = 0x15;
    private static final int JUMP_IF_GREATER_OR_EQUAL = 0x35;
    private static final int JUMP_IF_ANY_BIT = 0x45;
    private static final int RETURN = 0x06;

    private static final int ALLOW = 0x7fff0000;
    private static final int ERROR = 0x00050000;
    private static final int KILL_PROCESS = 0x80000000;
    private static final int EPERM = 1;
    private static final int ENOSYS = 38;
    private static final int EAFNOSUPPORT = 97;

    // offsets in struct seccomp_data; arguments are 64 bits, of which the low word comes first on both machines
    private static final int SYSCALL = 0;
    private static final int ARCHITECTURE = 4;
    private static final int ARGUMENT_0 = 16;
    private static final int ARGUMENT_1 = 24;

    private static final int CLONE_THREAD = 0x00010000;
    /** CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET. */
    private static final int CLONE_NEW_NAMESPACE = 0x7e020000;

    private static final int TIOCSTI = 0x5412;
    private static final int[] SOCKET_FAMILIES = {1, 2, 10}; // AF_UNIX, AF_INET, AF_INET6
    private static final int X32_BIT = 0x40000000;

    private final SystemCalls calls;
    private final List<long[]> program = new ArrayList<>();

    private SeccompFilter(SystemCalls calls) {
        this.calls = calls;
    }

    /** The filter for a machine as {@code os.arch} names it; empty where its numbers are not known to us. */
    static Optional<byte[]> forArchitecture(String osArch) {
        return SystemCalls.of(osArch).map(calls -> new SeccompFilter(calls).assemble());
    }

    private byte[] assemble() {
        requireArchitecture();
        calls.denied().forEach(this::deny);
        denyOnMatch(calls.clone3(), ENOSYS); // its flags are behind a pointer; libc falls back to clone
        allowCloneForThreadsOnly();
        denyTerminalInjection();
        allowKnownSocketFamiliesOnly();
        add(RETURN, 0, 0, ALLOW);
        return bytes();
    }

    private void requireArchitecture() {
        add(LOAD_WORD, 0, 0, ARCHITECTURE);
        add(JUMP_IF_EQUAL, 1, 0, calls.auditArchitecture());
        add(RETURN, 0, 0, KILL_PROCESS);
        add(LOAD_WORD, 0, 0, SYSCALL);
        add(JUMP_IF_GREATER_OR_EQUAL, 0, 1, X32_BIT);
        add(RETURN, 0, 0, ERROR | ENOSYS);
    }

    private void deny(int call) {
        denyOnMatch(call, EPERM);
    }

    private void denyOnMatch(int call, int errno) {
        add(JUMP_IF_EQUAL, 0, 1, call);
        add(RETURN, 0, 0, ERROR | errno);
    }

    /** The address-space limit counts per process, so a second process would double the memory. */
    private void allowCloneForThreadsOnly() {
        add(JUMP_IF_EQUAL, 0, 5, calls.cloneProcess());
        add(LOAD_WORD, 0, 0, ARGUMENT_0);
        add(JUMP_IF_ANY_BIT, 1, 0, CLONE_NEW_NAMESPACE);
        add(JUMP_IF_ANY_BIT, 1, 0, CLONE_THREAD);
        add(RETURN, 0, 0, ERROR | EPERM);
        add(RETURN, 0, 0, ALLOW);
    }

    private void denyTerminalInjection() {
        add(JUMP_IF_EQUAL, 0, 4, calls.ioctl());
        add(LOAD_WORD, 0, 0, ARGUMENT_1);
        add(JUMP_IF_EQUAL, 0, 1, TIOCSTI);
        add(RETURN, 0, 0, ERROR | EPERM);
        add(RETURN, 0, 0, ALLOW);
    }

    private void allowKnownSocketFamiliesOnly() {
        add(JUMP_IF_EQUAL, 0, SOCKET_FAMILIES.length + 3, calls.socket());
        add(LOAD_WORD, 0, 0, ARGUMENT_0);
        for (int i = 0; i < SOCKET_FAMILIES.length; i++) {
            add(JUMP_IF_EQUAL, SOCKET_FAMILIES.length - i, 0, SOCKET_FAMILIES[i]);
        }
        add(RETURN, 0, 0, ERROR | EAFNOSUPPORT);
        add(RETURN, 0, 0, ALLOW);
    }

    private void add(int code, int jumpIfTrue, int jumpIfFalse, long operand) {
        program.add(new long[] {code, jumpIfTrue, jumpIfFalse, operand});
    }

    private byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (long[] instruction : program) {
            ByteBuffer buffer = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
            buffer.putShort((short) instruction[0]).put((byte) instruction[1]).put((byte) instruction[2]);
            out.writeBytes(buffer.putInt((int) instruction[3]).array());
        }
        return out.toByteArray();
    }
}
