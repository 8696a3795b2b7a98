package dev.selfheal.validation.confidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.selfheal.event.AutonomyPolicy;
import dev.selfheal.event.Calibration;
import dev.selfheal.event.CandidatePatch;
import dev.selfheal.event.CheckOutcome;
import dev.selfheal.event.CheckResult;
import dev.selfheal.event.Classification;
import dev.selfheal.event.FaultClass;
import dev.selfheal.event.FileEdit;
import dev.selfheal.event.Finding;
import dev.selfheal.event.FindingLevel;
import dev.selfheal.event.Hunk;
import dev.selfheal.event.OriginKind;
import dev.selfheal.event.PatchOrigin;
import dev.selfheal.event.PatchProposal;
import dev.selfheal.event.ProposerRecord;
import dev.selfheal.event.SuspectLocation;
import dev.selfheal.validation.Proposals;
import dev.selfheal.validation.check.CheckPipeline.Tried;
import dev.selfheal.validation.check.Deadline;
import dev.selfheal.validation.check.ReproductionEvidence;
import dev.selfheal.validation.check.TestEvidence;
import dev.selfheal.validation.check.Trial;
import dev.selfheal.validation.check.Trials;
import dev.selfheal.validation.check.ValidationJob;
import dev.selfheal.validation.edit.AppliedPatch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfidenceModelTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final ReproductionEvidence PROVEN = new ReproductionEvidence(Optional.of("T#t"), true, true);
    private static final String CART = "src/main/java/Cart.java";

    @TempDir
    private Path root;

    private final Map<String, ProposerRecord> records = new HashMap<>();
    private Optional<Calibration> calibration = Optional.empty();
    private final ConfidenceModel model =
            new ConfidenceModel(key -> Optional.ofNullable(records.get(key)), () -> calibration);

    private CandidatePatch candidate;
    private PatchProposal.Builder proposal;
    private ReproductionEvidence reproduction = PROVEN;
    private TestEvidence tests = TestEvidence.none();
    private int changedLines = 3;
    private List<CheckResult> results = List.of();

    @BeforeEach
    void aSmallProvenPatch() {
        candidate = candidate("null-guard", 10);
        proposal = PatchProposal.newBuilder(Proposals.proposal("p", Trials.COMMIT, Proposals.reproducible(), candidate))
                .setProvider("template");
    }

    @Test
    void shouldPassTheDefaultThresholdWithASmallProvenPatchAlone() throws IOException {
        assertThat(score().calibrated()).isGreaterThan(0.8);
    }

    @Test
    void shouldStillPassItWithABadRecordButNotWithEverythingAgainstIt() throws IOException {
        record("template", "*", 1, 9);
        assertThat(score().calibrated()).isGreaterThan(0.5);
        proposal.setSuspects(List.of(location("src/main/java/Other.java", 5, 1)));
        changedLines = 30;
        assertThat(score().calibrated()).isLessThan(0.5);
    }

    @Test
    void shouldStayBelowItsCapWithoutProofWhateverElseSpeaksForThePatch() throws IOException {
        reproduction = ReproductionEvidence.none();
        tests = new TestEvidence(900, 900, 900, 0, 0);
        record("template", "*", 900, 1);
        suspect(CART, 10);
        classified(FaultClass.CODE, 0.99);
        calibrate(List.of(0.0), List.of(0.99));
        assertThat(score().raw()).isEqualTo(ConfidenceModel.WITHOUT_PROOF);
        assertThat(score().calibrated()).isEqualTo(ConfidenceModel.WITHOUT_PROOF);
    }

    @Test
    void shouldNotCountAReproductionThatDidNotFailBefore() throws IOException {
        reproduction = new ReproductionEvidence(Optional.of("T#t"), false, true);
        assertThat(score().raw()).isLessThanOrEqualTo(ConfidenceModel.WITHOUT_PROOF);
    }

    @Test
    void shouldGrowWithTestsThatKeepPassingButNeverReachCertainty() throws IOException {
        double none = score().raw();
        tests = new TestEvidence(5, 5, 5, 0, 0);
        double some = score().raw();
        tests = new TestEvidence(1_000_000, 1_000_000, 1_000_000, 0, 0);
        assertThat(some).isGreaterThan(none);
        assertThat(score().raw()).isGreaterThan(some).isLessThan(1);
    }

    @Test
    void shouldNotCountTestsThatFailOnTheBaseAnyway() throws IOException {
        double none = score().raw();
        tests = new TestEvidence(5, 5, 0, 5, 0);
        assertThat(score().raw()).isEqualTo(none);
    }

    @Test
    void shouldHalveTheRiskFactorWithEveryFindingThatAReviewerShouldSee() throws IOException {
        double clean = factor(Factor.RISK);
        results = List.of(check(FindingLevel.WARNING), check(FindingLevel.NOTE), check(FindingLevel.WARNING));
        assertThat(factor(Factor.RISK)).isCloseTo(clean / 4, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({"0, 1.0", "20, 0.5", "40, 0.0", "41, 0.0"})
    void shouldTrustASmallChangeMore(int lines, double expected) throws IOException {
        changedLines = lines;
        assertThat(factor(Factor.RISK)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"CODE, 0.9, 0.9", "CODE, 0.4, 0.5", "UNKNOWN, 0.9, 0.5", "INFRASTRUCTURE, 0.9, 0.1"})
    void shouldDoubtAPatchForAFaultThatMayNotBeInTheCode(FaultClass found, double sure, double expected)
            throws IOException {
        classified(found, sure);
        assertThat(factor(Factor.CLASSIFICATION)).isCloseTo(expected, within(1e-9));
    }

    @Test
    void shouldGoByTheProposersRecordOnTheTypeThenOnAllThenByNothing() throws IOException {
        assertThat(factor(Factor.PROPOSER)).isEqualTo(0.5);
        record("template", "*", 8, 2);
        assertThat(factor(Factor.PROPOSER)).isEqualTo(0.8);
        record("template", "java.lang.NullPointerException", 1, 3);
        assertThat(factor(Factor.PROPOSER)).isEqualTo(0.25);
    }

    @Test
    void shouldKnowTheProposerByTheCandidateWhereTheProposalDoesNotSay() throws IOException {
        record("template", "*", 8, 2);
        proposal.setProvider("");
        assertThat(factor(Factor.PROPOSER)).isEqualTo(0.8);
        record("claude", "*", 6, 4);
        candidate.put("origin", new PatchOrigin(OriginKind.MODEL, "a-model", "claude"));
        assertThat(factor(Factor.PROPOSER)).isEqualTo(0.6);
    }

    @ParameterizedTest
    @CsvSource({"10, 1.0", "13, 1.0", "14, 0.5", "7, 1.0", "6, 0.5", "0, 0.8"})
    void shouldBelieveAPatchMoreTheNearerItIsToTheSuspect(int line, double expected) throws IOException {
        suspect(CART, line);
        assertThat(factor(Factor.LOCALISATION)).isEqualTo(expected);
    }

    @Test
    void shouldBelieveAPatchAtALesserSuspectLess() throws IOException {
        proposal.setSuspects(List.of(location("src/main/java/Other.java", 1, 1), location(CART, 10, 0.4)));
        assertThat(factor(Factor.LOCALISATION)).isCloseTo(0.4, within(1e-9));
    }

    @Test
    void shouldSayNothingOfLocalisationWithoutSuspects() throws IOException {
        assertThat(factor(Factor.LOCALISATION)).isEqualTo(0.5);
    }

    @Test
    void shouldBelieveAPatchMoreWhenOthersChangeTheSameLines() throws IOException {
        assertThat(factor(Factor.AGREEMENT)).isEqualTo(0.5);
        proposal.setCandidates(List.of(candidate, candidate("other", 10)));
        assertThat(factor(Factor.AGREEMENT)).isEqualTo(0.75);
        proposal.setCandidates(List.of(candidate, candidate("other", 11)));
        assertThat(factor(Factor.AGREEMENT)).isEqualTo(0.5);
    }

    @Test
    void shouldNotTakeAProposersSecondIdeaForAnotherProposer() throws IOException {
        proposal.setCandidates(List.of(candidate, candidate("null-guard", 10)));
        assertThat(factor(Factor.AGREEMENT)).isEqualTo(0.5);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, 2, Double.NaN, Double.POSITIVE_INFINITY})
    void shouldIgnoreAScoreThatIsNone(double ranking) throws IOException {
        candidate.put("score", ranking);
        assertThat(factor(Factor.RANKING)).isEqualTo(0.5);
    }

    @Test
    void shouldCalibrateTheScoreAndTellBoth() throws IOException {
        double raw = score().raw();
        calibrate(List.of(raw - 0.1, raw + 0.1), List.of(0.2, 0.4));
        assertThat(score().raw()).isEqualTo(raw);
        assertThat(score().calibrated()).isCloseTo(0.3, within(1e-9));
        assertThat(score().named())
                .containsOnlyKeys(
                        "evidence", "risk", "proposer", "classification", "localisation", "agreement", "ranking");
    }

    @Test
    void shouldLeaveTheScoreWhileThereIsNoCurve() throws IOException {
        double raw = score().raw();
        calibration = Optional.of(
                Calibration.newBuilder().setName("confidence").setUpdatedAt(NOW).build());
        assertThat(score().calibrated()).isEqualTo(raw);
    }

    private Confidence score() throws IOException {
        ValidationJob job = new ValidationJob(
                proposal.build(),
                Trials.policy(AutonomyPolicy.newBuilder().build()),
                Trials.COMMIT,
                Trials.baseline(root),
                Deadline.in(Duration.ofMinutes(1), Clock.systemUTC()));
        Trial trial = Trials.with(new Trial(job, candidate), reproduction, tests);
        Trials.applied(trial, new AppliedPatch(List.of(), "+\n".repeat(changedLines)));
        return model.of(new Tried(trial, results, Optional.empty()));
    }

    private double factor(Factor factor) throws IOException {
        return score().factors().get(factor);
    }

    private void classified(FaultClass found, double sure) {
        proposal.setClassification(Classification.newBuilder()
                .setFaultClass(found)
                .setConfidence(sure)
                .setErrorType("java.lang.NullPointerException")
                .build());
    }

    private void suspect(String path, int line) {
        proposal.setSuspects(List.of(location(path, line, 1)));
    }

    private static SuspectLocation location(String path, int line, double score) {
        return new SuspectLocation(path, "Cart", "total", line, score);
    }

    private void record(String proposer, String type, double alpha, double beta) {
        records.put(proposer + "|" + type, new ProposerRecord(proposer, type, alpha, beta, NOW));
    }

    private void calibrate(List<Double> scores, List<Double> probabilities) {
        calibration = Optional.of(Calibration.newBuilder()
                .setName("confidence")
                .setMethod("isotonic")
                .setScores(scores)
                .setProbabilities(probabilities)
                .setUpdatedAt(NOW)
                .build());
    }

    private static CheckResult check(FindingLevel level) {
        return CheckResult.newBuilder()
                .setName("risk")
                .setOutcome(CheckOutcome.PASSED)
                .setDurationMs(1)
                .setFindings(List.of(new Finding("SH-X", level, "look", null, 0, 0, "")))
                .build();
    }

    private static CandidatePatch candidate(String template, int line) {
        return CandidatePatch.newBuilder(Proposals.candidate())
                .setOrigin(PatchOrigin.newBuilder()
                        .setKind(OriginKind.TEMPLATE)
                        .setName(template)
                        .build())
                .setEdits(List.of(FileEdit.newBuilder()
                        .setPath(CART)
                        .setHunks(List.of(new Hunk(line, List.of("x"), List.of("y"))))
                        .build()))
                .build();
    }
}
