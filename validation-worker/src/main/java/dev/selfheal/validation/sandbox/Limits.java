package dev.selfheal.validation.sandbox;

/**
 * What one sandboxed JVM may use at most.
 *
 * @param heapMiB Java heap; the address space is limited to this plus {@value #NATIVE_MIB} MiB
 * @param cpuSeconds summed over all threads
 * @param openFiles descriptors
 * @param fileMiB size of any one file
 * @param temporaryMiB size of the temporary folder and of the home folder, each, both in memory
 * @param outputMiB what the code may print before it is killed
 * @param processes processes and threads, where the kernel counts them per namespace
 */
public record Limits(
        int heapMiB, int cpuSeconds, int openFiles, int fileMiB, int temporaryMiB, int outputMiB, int processes) {

    /** Metaspace, code cache, thread stacks, the JDK's mapped module image. */
    private static final int NATIVE_MIB = 1024;

    public Limits {
        if (heapMiB < 32
                || cpuSeconds < 1
                || openFiles < 64
                || fileMiB < 1
                || temporaryMiB < 1
                || outputMiB < 1
                || processes < 64) {
            throw new IllegalArgumentException("a JVM cannot start within these limits");
        }
    }

    public static Limits defaults() {
        return new Limits(512, 300, 1024, 64, 256, 16, 512);
    }

    public Limits withHeapMiB(int mebibytes) {
        return new Limits(mebibytes, cpuSeconds, openFiles, fileMiB, temporaryMiB, outputMiB, processes);
    }

    public Limits withCpuSeconds(int seconds) {
        return new Limits(heapMiB, seconds, openFiles, fileMiB, temporaryMiB, outputMiB, processes);
    }

    int addressSpaceMiB() {
        return heapMiB + NATIVE_MIB;
    }
}
