package dev.selfheal.validation.verdict;

import dev.selfheal.errors.ErrorCode;
import dev.selfheal.errors.RetriableException;
import dev.selfheal.event.AutonomyPolicy;
import dev.selfheal.event.CandidatePatch;
import dev.selfheal.event.CheckOutcome;
import dev.selfheal.event.CheckResult;
import dev.selfheal.event.Isolation;
import dev.selfheal.validation.check.CheckPipeline;
import dev.selfheal.validation.check.CheckPipeline.Tried;
import dev.selfheal.validation.check.Trial;
import dev.selfheal.validation.check.ValidationJob;
import dev.selfheal.validation.confidence.Confidence;
import dev.selfheal.validation.confidence.ConfidenceModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Tries a proposal's candidates best first and stops at the first that is approved; else the best that needs a person;
 * else rejects. Thread-safe.
 */
public final class ProposalValidator {

    /** The contract's bound; what comes after is not looked at. */
    static final int MAX_CANDIDATES = 64;

    private final CheckPipeline pipeline;
    private final ConfidenceModel confidence;
    private final Isolation isolation;

    /**
     * @param isolation what the pipeline's sandbox gives
     */
    public ProposalValidator(CheckPipeline pipeline, ConfidenceModel confidence, Isolation isolation) {
        this.pipeline = pipeline;
        this.confidence = confidence;
        this.isolation = isolation;
    }

    private record Judged(Tried tried, Decision decision, Confidence confidence) {}

    /**
     * @throws RetriableException when a check could not be carried out, through no fault of the patch
     */
    public Judgement validate(ValidationJob job) throws InterruptedException, RetriableException {
        List<CandidatePatch> candidates = job.proposal().getCandidates();
        List<Judged> judged = new ArrayList<>();
        for (CandidatePatch candidate : candidates.subList(0, Math.min(MAX_CANDIDATES, candidates.size()))) {
            if (job.deadline().isPassed()) {
                break;
            }
            Tried tried = pipeline.run(new Trial(job, candidate));
            requireCarriedOut(tried);
            if (ranOutOfTime(tried, job)) {
                break;
            }
            Judged one = judge(tried, job.policy().getAutonomy());
            judged.add(one);
            if (one.decision() instanceof Decision.Approved) {
                break;
            }
        }
        return choose(judged, candidates.size());
    }

    private Judged judge(Tried tried, AutonomyPolicy policy) {
        Confidence sureness = confidence.of(tried);
        return new Judged(tried, DecisionRule.decide(tried, isolation, policy, sureness.calibrated()), sureness);
    }

    private static void requireCarriedOut(Tried tried) throws RetriableException {
        Optional<CheckResult> ending = tried.ending().filter(result -> result.getOutcome() == CheckOutcome.ERROR);
        if (ending.isPresent()) {
            throw new RetriableException(
                    ErrorCode.SANDBOX_UNAVAILABLE,
                    "check " + ending.get().getName() + " could not be carried out: "
                            + ending.get().getSummary());
        }
    }

    /** A run that the proposal's own end cut short says nothing about the patch. */
    private static boolean ranOutOfTime(Tried tried, ValidationJob job) {
        return job.deadline().isPassed() && !tried.trial().containments().isEmpty();
    }

    private static Judgement choose(List<Judged> judged, int proposed) {
        List<Tried> tried = judged.stream().map(Judged::tried).toList();
        Optional<Judged> approved = judged.stream()
                .filter(each -> each.decision() instanceof Decision.Approved)
                .findFirst();
        Optional<Judged> review = judged.stream()
                .filter(each -> each.decision() instanceof Decision.NeedsReview)
                .max(Comparator.comparingDouble(each -> each.confidence().raw()));
        Optional<Judged> chosen = approved.or(() -> review);
        if (chosen.isPresent()) {
            Judged best = chosen.get();
            return new Judgement(best.decision(), Optional.of(best.tried()), best.confidence(), tried);
        }
        return rejected(judged, tried, proposed - judged.size());
    }

    private static Judgement rejected(List<Judged> judged, List<Tried> tried, int notTried) {
        String late = notTried == 0 ? "" : "; " + notTried + " candidate(s) were not tried, the time was up";
        Optional<Judged> furthest = judged.stream()
                .max(Comparator.comparingInt(each -> each.tried().results().size()));
        if (furthest.isEmpty()) {
            return Judgement.rejectedOutright(
                    notTried == 0 ? "the proposal holds no candidate" : "nothing was proven" + late);
        }
        String reason = judged.size() == 1
                ? furthest.get().decision().reason()
                : "all " + judged.size() + " candidates are refuted; the one that came furthest: "
                        + furthest.get().decision().reason();
        return new Judgement(
                new Decision.Rejected(reason + late), Optional.of(furthest.get().tried()), Confidence.NONE, tried);
    }
}
