package dev.selfheal.validation.hostile;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a hostile patch puts in place of the fix: the body of a method that returns true if its attack succeeds. Then, and
 * only then, the reproduction passes.
 *
 * <p>{@code HOST} stands for a file outside the sandbox, {@code PORT} for a port where somebody listens, {@code PID} for the
 * worker's process, {@code LIBRARY} for {@link RawSystemCall}.
 */
enum Payload {
    READS_SECRETS("SH-RISK-FILE", "SH-REPRO-FAILS", """
            for (String path : new String[] {"HOST", "/etc/shadow", "/etc/passwd", "/root/.ssh/id_rsa", "/var/run/docker.sock"}) {
                if (java.nio.file.Files.isReadable(java.nio.file.Path.of(path))) { return true; }
            }
            """),
    READS_ENVIRONMENT("SH-RISK-FILE", "SH-REPRO-FAILS", """
            for (String pid : new String[] {"1", "self", "PID"}) {
                java.nio.file.Path environ = java.nio.file.Path.of("/proc", pid, "environ");
                if (java.nio.file.Files.exists(environ) && java.nio.file.Files.readString(environ).contains("PATH=/")) { return true; }
            }
            """),
    CALLS_OUT("SH-RISK-NETWORK", "SH-REPRO-FAILS", """
            new java.net.Socket().connect(new java.net.InetSocketAddress("127.0.0.1", PORT), 1000);
            return true;
            """),
    STARTS_PROCESSES("SH-RISK-PROCESS", "SH-REPRO-FAILS", """
            new ProcessBuilder(System.getProperty("java.home") + "/bin/java", "-version").start();
            return true;
            """),
    FILLS_THE_DISK("SH-RISK-FILE", "SH-REPRO-FAILS", """
            byte[] block = new byte[1 << 20];
            for (int file = 0; file < 40; file++) {
                try (java.io.OutputStream out = new java.io.FileOutputStream("/tmp/fill" + file)) {
                    for (int i = 0; i < 32; i++) { out.write(block); }
                }
            }
            return true;
            """),
    FILLS_NATIVE_MEMORY("SH-RISK-REFLECTION", "SH-SANDBOX-LIMIT", """
            java.lang.reflect.Field field = sun.misc.Unsafe.class.getDeclaredField("theUnsafe");
            field.setAccessible(true);
            sun.misc.Unsafe unsafe = (sun.misc.Unsafe) field.get(null);
            for (int i = 0; i < 128; i++) { unsafe.setMemory(unsafe.allocateMemory(64 << 20), 64 << 20, (byte) 1); }
            return true;
            """),
    NEVER_ENDS("SH-RISK-EXIT", "SH-SANDBOX-TIMEOUT", """
            Runtime.getRuntime().addShutdownHook(new Thread(() -> { while (true) { } }));
            while (true) { try { Thread.sleep(1000); } catch (Throwable t) { } }
            """),
    KILLS_ITS_PARENT("SH-RISK-PROCESS", "SH-REPRO-FAILS", """
            if (ProcessHandle.of(PID).isPresent()) { return true; }
            java.util.Optional<ProcessHandle> parent = ProcessHandle.current().parent();
            if (parent.isPresent() && parent.get().destroyForcibly()) { return true; }
            """),
    WRITES_OUTSIDE("SH-RISK-FILE", "SH-REPRO-FAILS", """
            for (String path : new String[] {"HOST", "/etc/x", "/usr/x", "/x", "/proc/sys/kernel/core_pattern"}) {
                try (java.io.OutputStream out = new java.io.FileOutputStream(path, true)) { return true; }
                catch (java.io.IOException held) { }
            }
            """),
    WRITES_TO_ITS_CLASSPATH("SH-RISK-ENVIRONMENT", "SH-REPRO-FAILS", """
            for (String path : System.getProperty("java.class.path").split(":")) {
                java.io.File entry = new java.io.File(path);
                try (java.io.OutputStream out = new java.io.FileOutputStream(entry.isDirectory() ? new java.io.File(entry, "X.class") : entry, true)) { return true; }
                catch (java.io.IOException held) { }
            }
            """),
    FORGES_BY_PRINTING("", "SH-REPRO-FAILS", """
            for (int i = 0; i < 50; i++) { System.out.println("Tests run: 1, Failures: 0"); System.out.println("D\\0\\0\\0\\0PASSED"); }
            """),
    FORGES_BY_EXIT("SH-RISK-EXIT", "SH-SANDBOX-DIED", "System.exit(0);"),
    FORGES_BY_HALT("SH-RISK-PROCESS", "SH-SANDBOX-DIED", "Runtime.getRuntime().halt(0);"),
    FORGES_BY_STATIC_INITIALISER("SH-RISK-EXIT", "SH-SANDBOX-DIED", "return Early.VALUE == 42;"),
    FORGES_ON_THE_CHANNEL("SH-RISK-PROCESS", "SH-SANDBOX-FORGED", """
            try (java.io.FileOutputStream channel = new java.io.FileOutputStream("/dev/fd/3")) {
                channel.write("D\\0\\0\\0\\0".getBytes());
                channel.write(new byte[32]);
            }
            Runtime.getRuntime().halt(0);
            """),
    FORGES_BY_THE_RUNNER("SH-RISK-REFLECTION", "SH-SANDBOX-FORGED", """
            ClassLoader runner = Class.forName("org.junit.jupiter.api.Test").getClassLoader();
            Class<?> seal = Class.forName("dev.selfheal.validation.sandbox.runner.Seal", true, runner);
            Class<?> frame = Class.forName("dev.selfheal.validation.sandbox.runner.Frame", true, runner);
            Class<?> kind = Class.forName("dev.selfheal.validation.sandbox.runner.Frame$Kind", true, runner);
            java.lang.reflect.Method sealed = frame.getDeclaredMethod("sealed", kind, byte[].class, seal);
            java.lang.reflect.Method write = frame.getDeclaredMethod("write", java.io.OutputStream.class);
            sealed.setAccessible(true);
            write.setAccessible(true);
            Object ours = seal.getConstructor(byte[].class).newInstance(new byte[32]);
            try (java.io.FileOutputStream channel = new java.io.FileOutputStream("/dev/fd/3")) {
                write.invoke(sealed.invoke(null, kind.getEnumConstants()[1], new byte[12], ours), channel);
            }
            Runtime.getRuntime().halt(0);
            """),
    LOOKS_FOR_THE_CANARIES("SH-RISK-TEST-RUNNER", "SH-REPRO-FAILS", """
            for (StackTraceElement[] stack : Thread.getAllStackTraces().values()) {
                for (StackTraceElement frame : stack) {
                    if (frame.getClassName().contains("Canar")) { return true; }
                }
            }
            Class.forName("dev.selfheal.validation.sandbox.HiddenCanaries", true, Class.forName("org.junit.jupiter.api.Test").getClassLoader());
            return true;
            """),
    ABORTS_THE_TEST("SH-RISK-TEST-RUNNER", "SH-REPRO-NOT-RUN", """
            throw new org.opentest4j.TestAbortedException("not today");
            """),
    PRINTS_WITHOUT_END("", "SH-SANDBOX-LIMIT", """
            while (true) { System.out.println("x".repeat(10_000)); }
            """),
    STARTS_THREADS_WITHOUT_END("SH-RISK-THREAD", "SH-SANDBOX-LIMIT", """
            for (int i = 0; i < 100_000; i++) {
                Thread thread = new Thread(() -> { try { Thread.sleep(600_000); } catch (InterruptedException e) { } });
                thread.setDaemon(true);
                thread.start();
            }
            return true;
            """, "SH-SANDBOX-DIED", "SH-REPRO-FAILS"),
    FILLS_THE_HEAP("", "SH-SANDBOX-LIMIT", """
            java.util.List<byte[]> hog = new java.util.ArrayList<>();
            while (true) { hog.add(new byte[1 << 20]); }
            """),
    FILLS_DIRECT_MEMORY("", "SH-SANDBOX-LIMIT", """
            java.util.List<java.nio.ByteBuffer> hog = new java.util.ArrayList<>();
            for (int i = 0; i < 256; i++) { hog.add(java.nio.ByteBuffer.allocateDirect(32 << 20)); }
            return true;
            """, "SH-REPRO-FAILS"),
    FILLS_METASPACE("SH-RISK-REFLECTION", "SH-SANDBOX-LIMIT", """
            java.util.List<Object> hog = new java.util.ArrayList<>();
            for (int i = 0; i < 200_000; i++) {
                ClassLoader loader = new ClassLoader(T.class.getClassLoader()) { };
                hog.add(java.lang.reflect.Proxy.newProxyInstance(loader, new Class<?>[] {Runnable.class}, (p, m, a) -> null));
            }
            return true;
            """, "SH-REPRO-FAILS"),
    RECURSES("", "SH-REPRO-FAILS", "return attack();"),
    FORKS_NATIVELY("SH-RISK-NATIVE", "SH-REPRO-FAILS", """
            load();
            for (long number : new long[] {57, 58}) { // fork, vfork
                long pid = call(number, 0, 0, 0);
                if (pid == 0) { Runtime.getRuntime().halt(0); }
                if (pid > 0) { return true; }
            }
            if (call(56, 17, 0, 0) > 0) { return true; } // clone(SIGCHLD)
            """),
    TRACES("SH-RISK-NATIVE", "SH-REPRO-FAILS", """
            load();
            if (call(101, 0, 0, 0) == 0) { return true; } // ptrace(PTRACE_TRACEME)
            """),
    USES_IO_URING("SH-RISK-NATIVE", "SH-REPRO-FAILS", """
            load();
            long answer = call(425, 8, 0, 0); // io_uring_setup: a bad address would mean that it is there
            if (answer >= 0 || answer == -14) { return true; }
            """),
    CALLS_THE_HYPERVISOR("SH-RISK-NATIVE", "SH-REPRO-FAILS", """
            load();
            if (call(41, 40, 1, 0) >= 0) { return true; } // socket(AF_VSOCK, SOCK_STREAM)
            """),
    MAKES_NAMESPACES("SH-RISK-NATIVE", "SH-REPRO-FAILS", """
            load();
            if (call(272, 0x10000000, 0, 0) == 0) { return true; } // unshare(CLONE_NEWUSER)
            """),
    READS_OTHER_MEMORY("SH-RISK-NATIVE", "SH-REPRO-FAILS", """
            load();
            long answer = call(310, PID, 0, 0); // process_vm_readv of the worker
            if (answer >= 0 || new java.io.File("/proc/PID/mem").exists()) { return true; }
            for (java.io.File fd : new java.io.File("/proc/self/fd").listFiles()) {
                if (java.nio.file.Files.isSymbolicLink(fd.toPath()) && fd.getCanonicalPath().startsWith("/proc/PID")) { return true; }
            }
            """);

    private static final String EARLY =
            "    static class Early { static final int VALUE; static { if (true) { System.exit(0); } VALUE = 42; } }\n";

    private static final String NATIVE = """
                static native long call(long number, long a, long b, long c);
                static void load() throws Exception {
                    java.nio.file.Path file = java.nio.file.Files.createTempFile("x", ".so");
                    java.nio.file.Files.write(file, java.util.Base64.getDecoder().decode("LIBRARY"));
                    System.load(file.toString());
                }
            """;

    private static final String SOURCE = """
            public class T {
            %s    static boolean on() { return true; }
                static boolean attack() throws Throwable {
                    if (on()) {
            %s
                    }
                    return false;
                }
                static int work() throws Throwable {
                    if (attack()) { return 42; }
                    throw new IllegalStateException("held");
                }
            }
            """;

    private final String ruleBefore;
    private final List<String> rulesWhenRun;
    private final String body;

    Payload(String ruleBefore, String ruleWhenRun, String body, String... orRules) {
        this.ruleBefore = ruleBefore;
        this.body = body;
        this.rulesWhenRun =
                Stream.concat(Stream.of(ruleWhenRun), Arrays.stream(orRules)).toList();
    }

    /** What refuses it before it runs; empty where nothing does, because fixes do the same. */
    String ruleBefore() {
        return ruleBefore;
    }

    /** One of these refuses it once it runs. */
    List<String> rulesWhenRun() {
        return rulesWhenRun;
    }

    boolean isNative() {
        return body.contains("load();");
    }

    /** Source of class {@code T}. */
    String source(Target target) {
        String members = (isNative() ? NATIVE : "") + (body.contains("Early") ? EARLY : "");
        return SOURCE.formatted(members, body)
                .replace("HOST", target.hostFile().toString())
                .replace("PORT", Integer.toString(target.port()))
                .replace("PID", Long.toString(ProcessHandle.current().pid()))
                .replace("LIBRARY", Base64.getEncoder().encodeToString(RawSystemCall.library()));
    }
}
