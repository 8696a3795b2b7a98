package dev.selfheal.validation.sandbox;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The six instructions of classic BPF that the filter uses, over a struct seccomp_data. */
final class BpfMachine {

    private final ByteBuffer program;

    private BpfMachine(ByteBuffer program) {
        this.program = program;
    }

    static BpfMachine load(byte[] program) {
        if (program.length % 8 != 0 || program.length / 8 > 4096) {
            throw new IllegalArgumentException("the kernel takes 1 to 4096 whole instructions");
        }
        return new BpfMachine(ByteBuffer.wrap(program).order(ByteOrder.LITTLE_ENDIAN));
    }

    /** What the filter returns for a call with its first two arguments. */
    int run(int architecture, int call, long argument0, long argument1) {
        int accumulator = 0;
        for (int at = 0; ; at++) {
            int code = program.getShort(at * 8);
            int ifTrue = program.get(at * 8 + 2);
            int ifFalse = program.get(at * 8 + 3);
            int operand = program.getInt(at * 8 + 4);
            switch (code) {
                case 0x20 -> accumulator = word(operand, architecture, call, argument0, argument1);
                case 0x15 -> at += accumulator == operand ? ifTrue : ifFalse;
                case 0x35 -> at += Integer.compareUnsigned(accumulator, operand) >= 0 ? ifTrue : ifFalse;
                case 0x45 -> at += (accumulator & operand) != 0 ? ifTrue : ifFalse;
                case 0x06 -> {
                    return operand;
                }
                default -> throw new IllegalStateException("instruction " + code + " at " + at);
            }
        }
    }

    private static int word(int offset, int architecture, int call, long argument0, long argument1) {
        return switch (offset) {
            case 0 -> call;
            case 4 -> architecture;
            case 16 -> (int) argument0;
            case 24 -> (int) argument1;
            default -> throw new IllegalStateException("no word at " + offset);
        };
    }
}
