package dev.selfheal.validation.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.selfheal.event.AutonomyPolicy;
import dev.selfheal.event.CheckResult;
import dev.selfheal.event.FindingLevel;
import dev.selfheal.validation.Proposals;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class CheckPipelineTest {

    @TempDir
    Path root;

    private final Lanes lanes = new Lanes(2);
    private final CountDownLatch interrupted = new CountDownLatch(1);
    private Trial trial;

    @BeforeEach
    void layOut() throws Exception {
        trial = Trials.trial(
                Trials.baseline(root),
                Proposals.candidate(),
                Proposals.reproducible(),
                AutonomyPolicy.newBuilder().build());
    }

    @AfterEach
    void close() {
        lanes.close();
    }

    @Test
    void shouldRunTheChecksOfAStageAtTheSameTime() throws Exception {
        CyclicBarrier meeting = new CyclicBarrier(2);
        Check one = check("one", () -> passedAfter(meeting));
        Check other = check("other", () -> passedAfter(meeting));

        assertThat(names(pipeline(Stage.of(one, other)).run(trial))).containsExactly("one", "other");
    }

    @Test
    void shouldReportInTheOrderOfTheChecksWhenALaterOneEndsFirst() throws Exception {
        CountDownLatch laterEnded = new CountDownLatch(1);
        Check slow = check("slow", () -> {
            laterEnded.await();
            return CheckReport.passed("fine");
        });
        Check quick = check("quick", () -> {
            laterEnded.countDown();
            return CheckReport.passed("fine");
        });

        assertThat(names(pipeline(Stage.of(slow, quick), Stage.of(passing("next")))
                        .run(trial)))
                .containsExactly("slow", "quick", "next");
    }

    @Test
    void shouldInterruptWhatComesAfterTheFirstThatRefutes() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        Check refuting = check("refuting", () -> {
            started.await();
            return refuted();
        });
        Check endless = endless("endless", started);

        CheckPipeline.Tried tried = pipeline(Stage.of(refuting, endless), Stage.of(passing("never")))
                .run(trial);

        assertThat(names(tried)).containsExactly("refuting");
        assertThat(tried.ending()).map(CheckResult::getName).contains("refuting");
        interrupted.await();
    }

    @Test
    void shouldKeepWhatStandsBeforeTheOneThatRefutes() throws Exception {
        CountDownLatch refuted = new CountDownLatch(1);
        Check before = check("before", () -> {
            refuted.await();
            return CheckReport.passed("fine");
        });
        Check refuting = check("refuting", () -> {
            refuted.countDown();
            return refuted();
        });

        assertThat(names(pipeline(Stage.of(before, refuting)).run(trial))).containsExactly("before", "refuting");
    }

    @Test
    void shouldThrowWhatACheckThrowsAndInterruptTheOthers() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        Check broken = check("broken", () -> {
            started.await();
            throw new IllegalStateException("a bug");
        });

        assertThatIllegalStateException()
                .isThrownBy(() ->
                        pipeline(Stage.of(broken, endless("endless", started))).run(trial))
                .withMessage("a bug");
        interrupted.await();
    }

    @Test
    void shouldInterruptTheChecksWhenItsCallerIsInterrupted() throws Exception {
        CountDownLatch started = new CountDownLatch(2);
        CheckPipeline pipeline = pipeline(Stage.of(endless("one", started), endless("other", started)));
        Thread caller = Thread.currentThread();
        Thread impatient = new Thread(() -> {
            try {
                started.await();
                caller.interrupt();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        impatient.start();

        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> pipeline.run(trial));

        impatient.join();
        interrupted.await();
    }

    @Test
    void shouldTellOfTheInterruptWhenTheLanesAreClosed() throws Exception {
        CountDownLatch started = new CountDownLatch(2);
        CheckPipeline pipeline = pipeline(Stage.of(endless("one", started), endless("other", started)));
        Thread closer = new Thread(() -> {
            try {
                started.await();
                pipeline.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        closer.start();

        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> pipeline.run(trial));

        closer.join();
    }

    private CheckPipeline pipeline(Stage... stages) {
        return new CheckPipeline(List.of(stages), List.of(), lanes, () -> 0);
    }

    private static List<String> names(CheckPipeline.Tried tried) {
        return tried.results().stream().map(CheckResult::getName).toList();
    }

    private static CheckReport passedAfter(CyclicBarrier meeting) throws InterruptedException {
        try {
            meeting.await(10, TimeUnit.SECONDS);
            return CheckReport.passed("they met");
        } catch (BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException("the other one did not come", e);
        }
    }

    private static CheckReport refuted() {
        return CheckReport.refuted(CheckReport.finding("SH-TEST", FindingLevel.ERROR, "no"));
    }

    private static Check passing(String name) {
        return check(name, () -> CheckReport.passed("fine"));
    }

    private Check endless(String name, CountDownLatch started) {
        return check(name, () -> {
            started.countDown();
            try {
                new CountDownLatch(1).await();
                throw new IllegalStateException("nobody opens it");
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
        });
    }

    @FunctionalInterface
    private interface Answer {

        CheckReport give() throws InterruptedException;
    }

    private static Check check(String name, Answer answer) {
        return new Check() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public CheckReport run(Trial any) throws InterruptedException {
                return answer.give();
            }
        };
    }
}
