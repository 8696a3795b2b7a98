package dev.selfheal.validation.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.selfheal.errors.RetriableException;
import dev.selfheal.event.CandidatePatch;
import dev.selfheal.event.CheckOutcome;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.Finding;
import dev.selfheal.event.FindingLevel;
import dev.selfheal.event.HealingPolicy;
import dev.selfheal.event.Isolation;
import dev.selfheal.event.SourceRepository;
import dev.selfheal.validation.Proposals;
import dev.selfheal.validation.check.Check;
import dev.selfheal.validation.check.CheckPipeline;
import dev.selfheal.validation.check.CheckReport;
import dev.selfheal.validation.check.Deadline;
import dev.selfheal.validation.check.ReproductionEvidence;
import dev.selfheal.validation.check.TestEvidence;
import dev.selfheal.validation.check.Trial;
import dev.selfheal.validation.check.Trials;
import dev.selfheal.validation.check.ValidationJob;
import dev.selfheal.validation.confidence.Confidence;
import dev.selfheal.validation.confidence.ConfidenceModel;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProposalValidatorTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    @TempDir
    private Path root;

    private int tried;

    @Test
    void shouldStopAtTheFirstApproved() throws Exception {
        Judgement judgement = validate(proven("good", 0.1), proven("also good", 0.9));
        assertThat(judgement.decision()).isInstanceOf(Decision.Approved.class);
        assertThat(about(judgement)).isEqualTo("good");
        assertThat(tried).isEqualTo(1);
    }

    @Test
    void shouldPreferALaterApprovalToAnEarlierReview() throws Exception {
        Judgement judgement = validate(unproven("maybe", 0.9), proven("good", 0.1));
        assertThat(about(judgement)).isEqualTo("good");
        assertThat(judgement.refuted()).isEmpty();
    }

    @Test
    void shouldTakeTheReviewWithTheMostConfidence() throws Exception {
        Judgement judgement = validate(unproven("weak", 0.1), wrong("wrong"), unproven("better", 0.9));
        assertThat(judgement.decision()).isInstanceOf(Decision.NeedsReview.class);
        assertThat(about(judgement)).isEqualTo("better");
        assertThat(judgement.refuted()).hasSize(1);
    }

    @Test
    void shouldRejectWhenAllAreRefutedAndListTheOthers() throws Exception {
        Judgement judgement = validate(wrong("one"), wrong("two"), wrong("three"));
        assertThat(judgement.decision()).isInstanceOf(Decision.Rejected.class);
        assertThat(judgement.decision().reason()).contains("all 3 candidates are refuted");
        assertThat(judgement.refuted()).hasSize(2);
        assertThat(judgement.confidence()).isEqualTo(Confidence.NONE);
    }

    @Test
    void shouldAskAPersonAboutACandidateThatMayNotBeTriedFurther() throws Exception {
        Judgement judgement = validate(wrong("wrong"), scripted(candidate("held", 0.5), "held"));
        assertThat(judgement.decision()).isInstanceOf(Decision.NeedsReview.class);
        assertThat(about(judgement)).isEqualTo("held");
        assertThat(judgement.refuted()).hasSize(1);
    }

    @Test
    void shouldNotCallACandidateRefutedThatWasHeldBack() throws Exception {
        Judgement judgement = validate(scripted(candidate("held", 0.1), "held"), proven("good", 0.5));
        assertThat(about(judgement)).isEqualTo("good");
        assertThat(judgement.refuted()).isEmpty();
    }

    @Test
    void shouldRejectWhenThereIsNoCandidate() throws Exception {
        assertThat(validate().decision().reason()).contains("holds no candidate");
    }

    @Test
    void shouldSayHowManyWereNotTriedWhenTheTimeIsUp() throws Exception {
        Judgement judgement = validate(Duration.ZERO, proven("late", 1), proven("later", 1));
        assertThat(tried).isZero();
        assertThat(judgement.decision()).isInstanceOf(Decision.Rejected.class);
        assertThat(judgement.decision().reason()).contains("2 candidate(s) were not tried");
    }

    @Test
    void shouldAskToBeCalledAgainWhenACheckCouldNotBeCarriedOut() {
        assertThatThrownBy(() -> validate(candidate("broken sandbox", 1)))
                .isInstanceOf(RetriableException.class)
                .hasMessageContaining("no sandbox");
    }

    private Judgement validate(CandidatePatch... candidates) throws Exception {
        return validate(Duration.ofMinutes(1), candidates);
    }

    private Judgement validate(Duration time, CandidatePatch... candidates) throws Exception {
        ErrorEvent event = Proposals.reproducible();
        SourceRepository source =
                SourceRepository.newBuilder().setUrl("file:///r").build();
        HealingPolicy policy = Proposals.policy(source);
        ValidationJob job = new ValidationJob(
                Proposals.proposal("p", Trials.COMMIT, event, candidates),
                policy,
                Trials.COMMIT,
                Trials.baseline(root),
                Deadline.in(time, CLOCK));
        return new ProposalValidator(
                        new CheckPipeline(List.of(new Scripted()), () -> 0),
                        ConfidenceModel.withoutHistory(),
                        Isolation.BUBBLEWRAP)
                .validate(job);
    }

    /** Decides by the candidate's explanation. */
    private final class Scripted implements Check {

        @Override
        public String name() {
            return "scripted";
        }

        @Override
        public CheckReport run(Trial trial) {
            tried++;
            String script = trial.candidate().getOrigin().getVersion();
            boolean proves = script.equals("proven");
            Trials.with(
                    trial,
                    new ReproductionEvidence(Optional.of("T#t"), proves, proves),
                    new TestEvidence(20, 20, 20, 0, 0));
            Finding finding = new Finding("SH-X", FindingLevel.ERROR, "no sandbox", null, 0, 0, "");
            return switch (script) {
                case "wrong" -> CheckReport.refuted(finding);
                case "held" -> CheckReport.undecided(finding);
                case "" -> new CheckReport(CheckOutcome.ERROR, "no sandbox", List.of(finding));
                default -> CheckReport.passed("fine");
            };
        }
    }

    private static String about(Judgement judgement) {
        return judgement.about().orElseThrow().trial().candidate().getExplanation();
    }

    private static CandidatePatch proven(String name, double score) {
        return scripted(candidate(name, score), "proven");
    }

    private static CandidatePatch unproven(String name, double score) {
        return scripted(candidate(name, score), "unproven");
    }

    private static CandidatePatch wrong(String name) {
        return scripted(candidate(name, 0.5), "wrong");
    }

    private static CandidatePatch candidate(String name, double score) {
        return CandidatePatch.newBuilder(Proposals.candidate())
                .setExplanation(name)
                .setScore(score)
                .build();
    }

    private static CandidatePatch scripted(CandidatePatch candidate, String script) {
        candidate.getOrigin().put("version", script);
        return candidate;
    }
}
