package dev.selfheal.validation.sandbox.runner;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Does once what every task does, so that a class data archive taken at the end of this JVM holds all of it. */
final class Rehearsal {

    private Rehearsal() {}

    static void run() throws IOException {
        Task tests = new TestTask();
        for (int round = 0; round < tests.rounds(); round++) {
            tests.warmUp();
        }
        answer(tests, new TestOrder(Map.of(), List.of(), List.of("NoSuchTest")).encode());
        Map<String, byte[]> source = Map.of(WarmUpSource.PATH, WarmUpSource.TEXT.getBytes(StandardCharsets.UTF_8));
        for (List<String> options : List.of(List.<String>of(), List.of("--release", "8"))) {
            answer(new CompileTask(options), new CompileOrder(source, List.of(), options).encode());
        }
    }

    private static void answer(Task task, byte[] order) throws IOException {
        ByteArrayOutputStream channel = new ByteArrayOutputStream();
        Seal seal = new Seal(new byte[Seal.KEY_BYTES]);
        Frame.sealed(Frame.Kind.DONE, task.run(order), seal).write(channel);
        Frame frame = Frame.read(new DataInputStream(new ByteArrayInputStream(channel.toByteArray())));
        if (!seal.verifies(frame)) {
            throw new IllegalStateException("a frame does not survive its own channel");
        }
    }
}
