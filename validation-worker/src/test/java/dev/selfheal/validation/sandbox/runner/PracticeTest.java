package dev.selfheal.validation.sandbox.runner;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A task that fails while it practises ends the JVM that waits for its order. */
class PracticeTest {

    private static final List<String> OPTIONS = List.of("--release", "17");

    @TestFactory
    List<DynamicTest> shouldPractise() {
        return List.of(
                practise("test", new TestTask()),
                practise("compile", new CompileTask(OPTIONS)),
                practise("compile what refuses every warning", new CompileTask(List.of("-Xlint:all", "-Werror"))),
                practise("mutants", new MutationTask(OPTIONS)),
                practise("observe", new ObservationTask()),
                practise("replay", new ReplayTask()),
                practise("cover", new CoverageTask()),
                practise("lint", new LintTask()));
    }

    /** Each of its kinds of round once. */
    private static DynamicTest practise(String name, Task task) {
        return DynamicTest.dynamicTest(name, () -> {
            for (int round = 0; round < Math.min(3, task.rounds()); round++) {
                assertThatCode(task::warmUp).doesNotThrowAnyException();
            }
        });
    }
}
