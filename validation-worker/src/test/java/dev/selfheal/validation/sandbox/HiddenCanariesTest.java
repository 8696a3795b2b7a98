package dev.selfheal.validation.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.validation.sandbox.runner.TestReport.Entry;
import dev.selfheal.validation.sandbox.runner.TestReport.Status;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HiddenCanariesTest {

    private static final TestJob JOB =
            job(List.of(Path.of("/repo/junit-4.13.2.jar"), Path.of("/repo/testng-7.11.0.jar")));

    /** What swallows the failures of one framework does not touch those of the other. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7})
    void shouldHoldOfEachFrameworkOneThatPassesAndOneThatFailsAtLeast(long seed) throws Exception {
        HiddenCanaries hidden = plant(seed);
        for (String framework :
                List.of("Lorg/junit/jupiter/api/Test;", "Lorg/junit/Test;", "Lorg/testng/annotations/Test;")) {
            assertThat(hidden.classes().entrySet())
                    .filteredOn(type -> new String(type.getValue(), StandardCharsets.ISO_8859_1).contains(framework))
                    .extracting(type -> hidden.expected().get(type.getKey() + "#test"))
                    .contains(Status.PASSED, Status.FAILED);
        }
    }

    @Test
    void shouldBeOthersInEveryRun() throws Exception {
        assertThat(plant(1).expected().keySet())
                .doesNotContainAnyElementsOf(plant(2).expected().keySet());
    }

    @Test
    void shouldStandAmongTheProjectsTestsAndInItsPackage() throws Exception {
        HiddenCanaries hidden = plant(3);

        assertThat(hidden.selectors())
                .containsSubsequence(JOB.selectors())
                .hasSize(2 + hidden.classes().size());
        assertThat(hidden.classes().keySet()).allMatch(name -> name.startsWith("org.example.T"));
    }

    @Test
    void shouldBeClassesUnderTheirNewNames() throws Exception {
        Map<String, byte[]> classes = plant(4).classes();
        ClassLoader loader = new ClassLoader(getClass().getClassLoader()) {
            @Override
            protected Class<?> findClass(String name) {
                return defineClass(name, classes.get(name), 0, classes.get(name).length);
            }
        };

        for (String name : classes.keySet()) {
            assertThat(loader.loadClass(name).getDeclaredMethod("test")).isNotNull();
        }
    }

    @Test
    void shouldCatchARunThatPassesThemAll() throws Exception {
        HiddenCanaries hidden = plant(5);

        assertThat(hidden.lie(entries(hidden))).isEmpty();
        List<Entry> passed = entries(hidden).stream()
                .map(entry -> entry(entry.id(), Status.PASSED))
                .toList();
        assertThat(hidden.lie(passed)).hasValueSatisfying(why -> assertThat(why).contains("must be FAILED"));
    }

    @Test
    void shouldCatchARunThatLeavesOneOut() throws Exception {
        HiddenCanaries hidden = plant(6);
        List<Entry> entries = entries(hidden);

        assertThat(hidden.lie(entries.subList(1, entries.size()))).isPresent();
    }

    @Test
    void shouldNotCallItALieWhenTheSetUpOfTheSuiteFailsThemAll() throws Exception {
        HiddenCanaries hidden = plant(7);
        List<Entry> entries = new ArrayList<>(List.of(failed("org.example.ATest", "no set-up")));
        hidden.expected().keySet().forEach(id -> entries.add(failed(id, "no set-up")));

        assertThat(hidden.lie(entries)).isEmpty();
    }

    @Test
    void shouldCatchCanariesThatFailOtherwiseThanTheSetUp() throws Exception {
        HiddenCanaries hidden = plant(7);
        List<Entry> entries = new ArrayList<>(List.of(failed("org.example.ATest", "no set-up")));
        hidden.expected().keySet().forEach(id -> entries.add(failed(id, "something else")));

        assertThat(hidden.lie(entries)).isPresent();
    }

    @Test
    void shouldHoldNoneOfTestNgWhereTheProjectDoesNotHaveIt() throws Exception {
        HiddenCanaries hidden = HiddenCanaries.plant(job(List.of(Path.of("/testng/classes"))), new Random(8));

        assertThat(hidden.known()).isEqualTo(5);
        assertThat(hidden.classes().values())
                .noneMatch(type -> new String(type, StandardCharsets.ISO_8859_1).contains("org/testng"));
    }

    private static TestJob job(List<Path> classpath) {
        return new TestJob(
                Map.of(),
                classpath,
                Path.of("/"),
                List.of("org.example.ATest#a", "org.example.BTest"),
                Duration.ofSeconds(1));
    }

    private static Entry failed(String id, String trace) {
        return new Entry(id, true, Status.FAILED, 1, "java.lang.Exception", "", trace);
    }

    private static HiddenCanaries plant(long seed) throws Exception {
        return HiddenCanaries.plant(JOB, new Random(seed));
    }

    private static List<Entry> entries(HiddenCanaries hidden) {
        List<Entry> entries = new ArrayList<>(List.of(entry("org.example.ATest#a", Status.PASSED)));
        hidden.expected().forEach((id, status) -> entries.add(0, entry(id, status)));
        return entries;
    }

    private static Entry entry(String id, Status status) {
        return new Entry(id, true, status, 1, "", "", "");
    }
}
