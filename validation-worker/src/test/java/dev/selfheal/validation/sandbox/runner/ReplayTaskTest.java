package dev.selfheal.validation.sandbox.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.validation.baseline.CompiledSources;
import dev.selfheal.validation.sandbox.runner.ReplayReport.End;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTaskTest {

    private static final int CALLS = 200;

    @TempDir
    private Path root;

    @Test
    void shouldTellHowEveryCallEnds() throws Exception {
        ReplayReport report = replay("return s.length();", 2_000);

        assertThat(report.end()).isEqualTo(End.ALL);
        assertThat(report.calls().values())
                .contains("returns 0", "throws java.lang.NullPointerException")
                .doesNotContain(ReplayReport.UNSTABLE);
    }

    @Test
    void shouldTellWhichCallDoesNotEndAndMakeNoOther() throws Exception {
        ReplayReport report = replay("while (true) { if (System.nanoTime() == 0) return 1; }", 600);

        assertThat(report.end()).isEqualTo(End.ENDLESS);
        assertThat(report.calls().values()).containsExactly(ReplayReport.ENDLESS);
    }

    @Test
    void shouldTellThatACallEndsOtherwiseEachTime() throws Exception {
        ReplayReport report = replay("return (int) System.nanoTime();", 2_000);

        assertThat(report.calls()).isNotEmpty();
        assertThat(report.calls().entrySet())
                .filteredOn(call -> call.getKey().contains("#total"))
                .allSatisfy(call -> assertThat(call.getValue()).isEqualTo(ReplayReport.UNSTABLE));
    }

    @Test
    void shouldSayThatThereAreMoreCallsWhenItsTimeIsUp() throws Exception {
        String slow = "long end = System.nanoTime() + 30_000_000L; while (System.nanoTime() < end) {} return 1;";

        assertThat(replay(slow, 80).end()).isEqualTo(End.TIME);
    }

    private ReplayReport replay(String body, long budgetMillis) throws Exception {
        String text = "package org.example; public class Cart { public static int total(String s) { " + body
                + " } public static String name(String s) { return \"n\" + s; } }";
        Path scratch = Files.createTempDirectory(root, "compiled");
        Map<String, byte[]> classes =
                new TreeMap<>(CompiledSources.compile(Map.of("org/example/Cart.java", text), scratch));
        ReplayOrder order = new ReplayOrder(
                classes, List.of(), List.of("org.example.Cart"), "org.example.Cart#total", CALLS, budgetMillis);
        return ReplayReport.decode(new ReplayTask().run(order.encode()));
    }
}
