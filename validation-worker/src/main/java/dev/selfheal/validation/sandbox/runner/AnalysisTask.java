package dev.selfheal.validation.sandbox.runner;

import dev.selfheal.validation.sandbox.runner.AnalysisReport.Issue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs the static analysers. They read hostile class files and sources, so they do it in here. */
final class AnalysisTask implements Task {

    private static final Map<String, byte[]> WARM_UP = Map.of(
            "Warm.java",
            "class Warm { int n(String s) { if (s == null) { return s.length(); } return 1; } }"
                    .getBytes(StandardCharsets.UTF_8));

    private final SpotBugsRun spotBugs;
    private final PmdRun pmd = new PmdRun();
    private final ErrorProneRun errorProne = new ErrorProneRun();

    AnalysisTask() throws IOException {
        spotBugs = new SpotBugsRun();
    }

    @Override
    public int rounds() {
        return 1;
    }

    @Override
    public void warmUp() throws IOException {
        String self = AnalysisTask.class.getName();
        try (InputStream in = AnalysisTask.class.getResourceAsStream("AnalysisTask.class")) {
            spotBugs.run(Map.of(self, in.readAllBytes()), List.of());
        }
        pmd.run(WARM_UP, List.of());
        errorProne.run(WARM_UP, List.of(), List.of());
    }

    @Override
    public byte[] run(byte[] bytes) throws IOException {
        AnalysisOrder order = AnalysisOrder.decode(bytes);
        List<Issue> issues = new ArrayList<>(spotBugs.run(order.classes(), order.classpath()));
        issues.addAll(pmd.run(order.sources(), order.classpath()));
        issues.addAll(errorProne.run(order.sources(), order.classpath(), order.options()));
        return new AnalysisReport(issues).encode();
    }
}
