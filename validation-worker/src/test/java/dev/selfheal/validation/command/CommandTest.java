package dev.selfheal.validation.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.selfheal.event.CommandRunner;
import dev.selfheal.event.Finding;
import dev.selfheal.validation.command.JunitXml.Case;
import dev.selfheal.validation.command.JunitXml.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandTest {

    @Test
    void shouldReadEveryCaseOnceUnderAnIdOfItsOwn() throws IOException {
        Map<String, Case> cases = read("""
                <testsuites><testsuite>
                <testcase classname="t" name="a"/>
                <testcase classname="t" name="a"><failure type="E" message="m">text</failure></testcase>
                <testcase classname="t" name="b"><skipped/></testcase>
                </testsuite></testsuites>
                """);
        assertThat(cases.keySet()).containsExactly("t#a", "t#a~2", "t#b");
        assertThat(cases.get("t#a~2").failure()).isEqualTo("E: m\ntext");
        assertThat(cases.get("t#b").status()).isEqualTo(Status.SKIPPED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<testsuites>", "<!DOCTYPE t []><t/>", "<t/><t/>"})
    void shouldRefuseAReportThatIsNotWhole(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @EnumSource(value = CommandRunner.class, names = "UNKNOWN", mode = EnumSource.Mode.EXCLUDE)
    void shouldPlantCanariesBeforeAndBehindTheTests(CommandRunner runner) {
        CommandCanaries canaries = CommandCanaries.plant(runner, List.of("t/x"), new Random(1));
        List<String> all = canaries.around(List.of("t/x"));
        assertThat(all.indexOf("t/x")).isPositive().isLessThan(all.size() - 1);
        assertThat(canaries.expected().values()).contains(Status.PASSED, Status.FAILED);
    }

    @Test
    void shouldCatchARunThatPassesTheCanariesOrLeavesThemOut() {
        CommandCanaries canaries = CommandCanaries.plant(CommandRunner.PYTEST, List.of("t/x"), new Random(1));
        Map<String, Case> cases = new LinkedHashMap<>();
        canaries.expected().forEach((name, status) -> cases.put(name, new Case(name, name, status, "")));
        assertThat(canaries.lie(cases)).isEmpty();
        cases.replaceAll((name, was) -> new Case(name, name, Status.PASSED, ""));
        assertThat(canaries.lie(cases)).isPresent();
        cases.clear();
        assertThat(canaries.lie(cases)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tests/test_a.py", "conftest.py", "src/sitecustomize.py", "vite.config.ts", "a.so"})
    void shouldTellTestsAndTheirRunnersFromTheProject(String path) {
        assertThat(new TestPaths(List.of("tests/**")).isTest(path) || TestPaths.isRunners(path))
                .isTrue();
        assertThat(new TestPaths(List.of("tests/**")).isTest("src/a.py") || TestPaths.isRunners("src/a.py"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "os.system(x)",
                "import subprocess",
                "eval(x)",
                "process.exit(1)",
                "sys.modules",
                "require('child_process')",
                "pickle.loads(x)",
                "fetch(url)",
                "a\u202eb"
            })
    void shouldRefuteWhatAFixSeldomNeeds(String line) {
        assertThat(TextRisk.of("a.py", List.of(), List.of(line)))
                .extracting(Finding::getLevel)
                .anyMatch(level -> level.name().equals("ERROR"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"return sum(p for p in prices if p is not None)", "if (price == null) return 0;"})
    void shouldSayNothingOfAnOrdinaryFix(String line) {
        assertThat(TextRisk.of("a.py", List.of(), List.of(line))).isEmpty();
    }

    @Test
    void shouldSayNothingOfLinesThatWereThere() {
        assertThat(TextRisk.of("a.py", List.of("eval(x)"), List.of("y", "  eval(x)")))
                .isEmpty();
    }

    private static Map<String, Case> read(String text) throws IOException {
        return JunitXml.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
