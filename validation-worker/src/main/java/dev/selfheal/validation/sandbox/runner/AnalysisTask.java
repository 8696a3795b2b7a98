package dev.selfheal.validation.sandbox.runner;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Runs the static analysers. They read hostile class files and sources, so they do it in here. */
final class AnalysisTask implements Task {

    /** Each analyser twice: that makes them seven times as fast. */
    private static final int ROUNDS = 6;

    private static final Map<String, byte[]> PRACTICE =
            Map.of(WarmUpSource.PATH, WarmUpSource.TEXT.getBytes(StandardCharsets.UTF_8));

    private final SpotBugsRun spotBugs;
    private final PmdRun pmd = new PmdRun();
    private final ErrorProneRun errorProne = new ErrorProneRun();
    private final List<String> options;
    private int warmUps;

    /** @param options javac's, as the order will have them */
    AnalysisTask(List<String> options) throws IOException {
        this.options = List.copyOf(options);
        spotBugs = new SpotBugsRun();
    }

    @Override
    public int rounds() {
        return ROUNDS;
    }

    /** One analyser at a time: an order that comes is not kept waiting by the others. */
    @Override
    public void warmUp() throws IOException {
        switch (warmUps++ % 3) {
            case 0 -> errorProne.run(PRACTICE, List.of(), options);
            case 1 -> spotBugs.run(new CompileTask(options).practise().classes(), List.of());
            default -> pmd.run(PRACTICE, List.of());
        }
    }

    @Override
    public byte[] run(byte[] bytes) throws IOException {
        AnalysisOrder order = AnalysisOrder.decode(bytes);
        return spotBugs.run(order.classes(), order.classpath())
                .and(pmd.run(order.sources(), order.classpath()))
                .and(errorProne.run(order.sources(), order.classpath(), order.options()))
                .encode();
    }
}
