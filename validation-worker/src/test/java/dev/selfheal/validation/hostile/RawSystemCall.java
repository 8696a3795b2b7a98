package dev.selfheal.validation.hostile;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A shared library for x86-64 Linux, assembled here, with one function: {@code static native long call(long number, long a,
 * long b, long c)} of class {@code T} makes that system call and returns what the kernel answers. It is how a patch would
 * get past the JDK.
 */
final class RawSystemCall {

    private static final int HEADER = 64;
    private static final int PROGRAM_HEADER = 56;
    private static final int DYNAMIC = HEADER + 3 * PROGRAM_HEADER;
    private static final int HASH = DYNAMIC + 6 * 16;
    private static final int SYMBOLS = HASH + 24;
    private static final int STRINGS = SYMBOLS + 2 * 24;
    private static final int CODE = STRINGS + 16;

    /** JNI gives the arguments in rdx, rcx, r8, r9; the kernel takes them in rax, rdi, rsi, rdx, and r10, r8 as zero. */
    private static final byte[] INSTRUCTIONS = {
        0x48,
        (byte) 0x89,
        (byte) 0xd0, // mov rax, rdx
        0x48,
        (byte) 0x89,
        (byte) 0xcf, // mov rdi, rcx
        0x4c,
        (byte) 0x89,
        (byte) 0xc6, // mov rsi, r8
        0x4c,
        (byte) 0x89,
        (byte) 0xca, // mov rdx, r9
        0x4d,
        0x31,
        (byte) 0xd2, // xor r10, r10
        0x4d,
        0x31,
        (byte) 0xc0, // xor r8, r8
        0x0f,
        0x05, // syscall
        (byte) 0xc3 // ret
    };

    private RawSystemCall() {}

    static byte[] library() {
        ByteBuffer file = ByteBuffer.allocate(CODE + INSTRUCTIONS.length).order(ByteOrder.LITTLE_ENDIAN);
        header(file);
        segment(
                file,
                1,
                7,
                0,
                file.capacity(),
                0x1000); // PT_LOAD, all of it; the loader writes into the dynamic section
        segment(file, 2, 6, DYNAMIC, HASH - DYNAMIC, 8); // PT_DYNAMIC
        segment(file, 0x6474e551, 6, 0, 0, 16); // PT_GNU_STACK: the stack need not be executable
        long[][] dynamic = {{4, HASH}, {5, STRINGS}, {6, SYMBOLS}, {10, 16}, {11, 24}, {0, 0}};
        for (long[] entry : dynamic) {
            file.putLong(entry[0]).putLong(entry[1]);
        }
        file.putInt(1).putInt(2).putInt(1).putInt(0).putInt(0); // one bucket, which leads to symbol 1
        file.position(SYMBOLS + 24);
        file.putInt(1).put((byte) 0x12).put((byte) 0).putShort((short) 1); // global function
        file.putLong(CODE).putLong(INSTRUCTIONS.length);
        file.put((byte) 0).put("Java_T_call\0".getBytes(StandardCharsets.US_ASCII));
        return file.position(CODE).put(INSTRUCTIONS).array();
    }

    private static void header(ByteBuffer file) {
        file.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0}).putLong(0);
        file.putShort((short) 3).putShort((short) 62).putInt(1); // shared object, x86-64
        file.putLong(0).putLong(HEADER).putLong(0).putInt(0);
        file.putShort((short) HEADER).putShort((short) PROGRAM_HEADER).putShort((short) 3);
        file.putShort((short) 64).putShort((short) 0).putShort((short) 0);
    }

    private static void segment(ByteBuffer file, int type, int flags, long offset, long size, long alignment) {
        file.putInt(type).putInt(flags).putLong(offset).putLong(offset).putLong(offset);
        file.putLong(size).putLong(size).putLong(alignment);
    }
}
