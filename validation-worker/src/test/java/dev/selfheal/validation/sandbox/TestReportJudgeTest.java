package dev.selfheal.validation.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.validation.sandbox.TestOutcome.Completed;
import dev.selfheal.validation.sandbox.TestOutcome.Stopped;
import dev.selfheal.validation.sandbox.runner.TestReport;
import dev.selfheal.validation.sandbox.runner.TestReport.Entry;
import dev.selfheal.validation.sandbox.runner.TestReport.Status;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TestReportJudgeTest {

    private static final int CANARIES_KNOWN = 5;

    private static final HiddenCanaries NONE_HIDDEN = new HiddenCanaries(Map.of(), Map.of(), List.of(), CANARIES_KNOWN);

    private static final List<Entry> CANARIES = List.of(
            entry("C$Jupiter#sings", true, Status.PASSED),
            entry("C$Jupiter#dies", true, Status.FAILED),
            entry("C$Jupiter#explodes", true, Status.FAILED),
            entry("C$Vintage#sings", true, Status.PASSED),
            entry("C$Vintage#dies", true, Status.FAILED));

    @Test
    void shouldBelieveReportWhenCountsAndCanariesAgree() {
        TestReport report = new TestReport(1, List.of(entry("T#t", true, Status.PASSED)), CANARIES);

        assertThat(TestReportJudge.judge(report, NONE_HIDDEN, 5)).isInstanceOf(Completed.class);
    }

    @Test
    void shouldBelieveInvocationsThatWereNotPlanned() {
        TestReport report = new TestReport(0, List.of(entry("T#t[1]", false, Status.PASSED)), CANARIES);

        assertThat(TestReportJudge.judge(report, NONE_HIDDEN, 5)).isInstanceOf(Completed.class);
    }

    @Test
    void shouldCallItForgedWhenPlannedTestIsMissing() {
        TestReport report = new TestReport(2, List.of(entry("T#t", true, Status.PASSED)), CANARIES);

        assertForged(report, "2 tests were planned and 1 of them reported");
    }

    @Test
    void shouldCallItForgedWhenCanaryIsMissing() {
        assertForged(new TestReport(0, List.of(), CANARIES.subList(0, 4)), "4 of 5 canary tests reported");
    }

    @Test
    void shouldCallItForgedWhenFailingCanaryPasses() {
        List<Entry> canaries = new java.util.ArrayList<>(CANARIES);
        canaries.set(4, entry("C$Vintage#dies", true, Status.PASSED));

        assertForged(new TestReport(0, List.of(), canaries), "C$Vintage#dies must be FAILED and was PASSED");
    }

    @Test
    void shouldCallItForgedWhenTheCanariesOfTestNgAreMissing() {
        HiddenCanaries expecting = new HiddenCanaries(Map.of(), Map.of(), List.of(), CANARIES_KNOWN + 2);

        assertThat(TestReportJudge.judge(new TestReport(0, List.of(), CANARIES), expecting, 5))
                .isInstanceOf(Stopped.class);
    }

    @Test
    void shouldTakeHiddenCanariesOutOfTheResults() {
        HiddenCanaries hidden =
                new HiddenCanaries(Map.of(), Map.of("H#test", Status.FAILED), List.of(), CANARIES_KNOWN);
        List<Entry> entries = List.of(entry("T#t", true, Status.PASSED), entry("H#test", true, Status.FAILED));

        assertThat(TestReportJudge.judge(new TestReport(2, entries, CANARIES), hidden, 5))
                .isInstanceOfSatisfying(
                        Completed.class,
                        completed -> assertThat(completed.results())
                                .extracting(TestOutcome.TestResult::id)
                                .containsExactly("T#t"));
    }

    private static void assertForged(TestReport report, String detail) {
        assertThat(TestReportJudge.judge(report, NONE_HIDDEN, 5)).isInstanceOfSatisfying(Stopped.class, stopped -> {
            assertThat(stopped.containment().kind()).isEqualTo(Containment.Kind.FORGED);
            assertThat(stopped.containment().detail()).contains(detail);
        });
    }

    private static Entry entry(String id, boolean inPlan, Status status) {
        return new Entry(id, inPlan, status, 1, "", "", "");
    }
}
