package dev.selfheal.validation.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.event.ProposedTest;
import dev.selfheal.validation.baseline.Baseline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnTestRulesTest {

    @TempDir
    private Path root;

    private Baseline baseline;

    @BeforeEach
    void layOut() throws IOException {
        Files.createDirectories(root.resolve("target/classes"));
        Files.createDirectories(root.resolve("target/test-classes"));
        baseline = Trials.baseline(root);
    }

    @ParameterizedTest
    @ValueSource(strings = {"org.junit.jupiter.api.Test", "org.junit.Test", "org.testng.annotations.Test"})
    void shouldTakeAPlainTestOfEachFramework(String test) {
        assertThat(objection("@" + test + " public void shows() { new Object().hashCode(); }"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@org.testng.annotations.BeforeSuite public void before() {}",
                "@org.testng.annotations.DataProvider public Object[][] rows() { return null; }",
                "@org.junit.jupiter.api.BeforeAll static void before() {}",
                "@org.junit.jupiter.api.Disabled @org.junit.jupiter.api.Test void off() {}",
                "@org.junit.Before public void before() {}",
                "@org.junit.Rule public Object rule;"
            })
    void shouldNotTakeWhatRunsBeforeOrAroundATest(String member) {
        assertThat(objection("@org.junit.jupiter.api.Test void shows() {} " + member))
                .hasValueSatisfying(why -> assertThat(why).startsWith("it is annotated with "));
    }

    @Test
    void shouldNotTakeAnAnnotationThatWasImported() {
        assertThat(OwnTestRules.objection(
                        baseline,
                        test("package org.example; import org.testng.annotations.BeforeSuite;"
                                + " public class OwnTest { @BeforeSuite public void before() {} }")))
                .isPresent();
    }

    private Optional<String> objection(String members) {
        return OwnTestRules.objection(baseline, test("package org.example; public class OwnTest { " + members + " }"));
    }

    private static ProposedTest test(String source) {
        return ProposedTest.newBuilder()
                .setClassName("org.example.OwnTest")
                .setSource(source)
                .build();
    }
}
