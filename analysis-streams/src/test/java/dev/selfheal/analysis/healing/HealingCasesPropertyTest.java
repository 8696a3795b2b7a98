package dev.selfheal.analysis.healing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.analysis.Samples;
import dev.selfheal.analysis.breaker.Outcome;
import dev.selfheal.event.CaseState;
import dev.selfheal.event.CaseTransition;
import dev.selfheal.event.Decision;
import dev.selfheal.event.DeploymentStatus;
import dev.selfheal.event.HealingCase;
import dev.selfheal.event.HealingRequest;
import dev.selfheal.event.VerdictKind;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever happens in whatever order: one state, one request in flight, no more attempts than allowed, no hanging. */
class HealingCasesPropertyTest {

    private static final int MAX_ATTEMPTS = 3;

    /** Things that may happen; each may refer to any request sent so far, so late and double answers come up often. */
    private enum Happening {
        ERROR,
        REPRODUCTION,
        PROPOSAL,
        NOTHING_FOUND,
        APPROVED,
        REJECTED,
        NEEDS_REVIEW,
        PERSON_APPROVES,
        PERSON_REJECTS,
        PERSON_STOPS,
        PERSON_RETRIES,
        PERSON_FORCES,
        DEPLOYED,
        ROLLED_BACK,
        TIME,
        BREAKER_OPENS,
        BREAKER_CLOSES
    }

    private record Step(Happening happening, int request, int seconds) {}

    @Property(tries = 2000)
    void shouldKeepEveryCaseInOneStateWithOneRequestInFlight(
            @ForAll @Size(max = 60) List<@IntRange(max = 16) Integer> happenings,
            @ForAll @Size(value = 60) List<@IntRange(max = 9) Integer> requests,
            @ForAll @Size(value = 60) List<@IntRange(max = 1500) Integer> seconds) {
        CaseStory story = new CaseStory();
        Instant now = Samples.START;
        for (int i = 0; i < happenings.size(); i++) {
            now = now.plusSeconds(seconds.get(i));
            int requestsBefore = story.requests().size();
            boolean inFlightBefore = inFlight(story, now);
            Step step = new Step(Happening.values()[happenings.get(i)], requests.get(i), i);

            happen(story, step, now);

            assertThat(story.requests().size() - requestsBefore).isLessThanOrEqualTo(2);
            boolean answersNothing = step.happening() == Happening.ERROR || step.happening() == Happening.REPRODUCTION;
            if (inFlightBefore && answersNothing) {
                assertThat(story.requests()).hasSize(requestsBefore);
            }
            holds(story);
        }
    }

    @Property(tries = 300)
    void shouldEndEveryRequestWhenNobodyAnswers(@ForAll @IntRange(max = 3) int proposals) {
        CaseStory story = CaseStory.requested();
        Instant now = Samples.START;
        for (int i = 0; i < MAX_ATTEMPTS * 2; i++) {
            if (i < proposals) {
                happen(story, new Step(Happening.PROPOSAL, story.requests().size() - 1, i), now);
            }
            now = now.plusSeconds(601);
            story.tell(new CaseInput.TimePassed(now));
        }
        assertThat(story.state()).isEqualTo(CaseState.EXHAUSTED);
    }

    private static boolean inFlight(CaseStory story, Instant now) {
        return story.current()
                .filter(CaseHistory::awaitsAnswer)
                .filter(present -> !CaseHistory.isOverdue(present, now))
                .isPresent();
    }

    private static void holds(CaseStory story) {
        Map<String, Integer> attempts = new HashMap<>();
        for (HealingRequest request : story.requests()) {
            assertThat(request.getAttempt())
                    .isEqualTo(attempts.merge(request.getCaseId(), 1, Integer::sum))
                    .isLessThanOrEqualTo(MAX_ATTEMPTS);
        }
        story.current().ifPresent(present -> holds(story, present));
    }

    private static void holds(CaseStory story, HealingCase present) {
        List<CaseTransition> history = present.getHistory();
        for (int i = 1; i < history.size(); i++) {
            assertThat(history.get(i).getFrom()).isEqualTo(history.get(i - 1).getTo());
            assertThat(history.get(i).getAt())
                    .isAfterOrEqualTo(history.get(i - 1).getAt());
        }
        if (!history.isEmpty()) {
            assertThat(history.get(history.size() - 1).getTo()).isEqualTo(present.getState());
        }
        assertThat(present.getDeadline().isPresent()).isEqualTo(CaseHistory.awaitsAnswer(present));
        long requested =
                story.outcomes().stream().filter(Outcome.REQUESTED::equals).count();
        assertThat(requested).isEqualTo(story.requests().size());
    }

    private static void happen(CaseStory story, Step step, Instant now) {
        switch (step.happening()) {
            case ERROR -> story.see(Samples.error("e" + step.seconds(), now).build());
            case REPRODUCTION ->
                story.see(Samples.reproducible("r" + step.seconds(), now).build());
            case TIME -> story.tell(new CaseInput.TimePassed(now));
            case BREAKER_OPENS -> story.circumstances.openBreaker(true);
            case BREAKER_CLOSES -> story.circumstances.openBreaker(false);
            default -> answer(story, step, now);
        }
    }

    private static void answer(CaseStory story, Step step, Instant now) {
        if (story.requests().isEmpty()) {
            return;
        }
        HealingRequest request =
                story.requests().get(Math.min(step.request(), story.requests().size() - 1));
        String caseId = request.getCaseId();
        story.tell(
                switch (step.happening()) {
                    case PROPOSAL ->
                        new CaseInput.ProposalArrived(
                                Samples.proposal(request, now).build());
                    case NOTHING_FOUND ->
                        new CaseInput.ProposalArrived(
                                Samples.nothingFound(request, now).build());
                    case APPROVED -> verdict(request, VerdictKind.APPROVED, now);
                    case REJECTED -> verdict(request, VerdictKind.REJECTED, now);
                    case NEEDS_REVIEW -> verdict(request, VerdictKind.NEEDS_REVIEW, now);
                    case PERSON_APPROVES -> review(caseId, Decision.APPROVE, now);
                    case PERSON_REJECTS -> review(caseId, Decision.REJECT, now);
                    case PERSON_STOPS -> review(caseId, Decision.STOP, now);
                    case PERSON_RETRIES -> review(caseId, Decision.RETRY, now);
                    case PERSON_FORCES -> review(caseId, Decision.FORCE, now);
                    case DEPLOYED -> deployment(caseId, DeploymentStatus.SUCCEEDED, now);
                    case ROLLED_BACK -> deployment(caseId, DeploymentStatus.ROLLED_BACK, now);
                    default -> throw new IllegalArgumentException(step.happening() + " is no answer");
                });
    }

    private static CaseInput verdict(HealingRequest request, VerdictKind kind, Instant now) {
        return new CaseInput.VerdictArrived(Samples.verdict(request, kind, now).build());
    }

    private static CaseInput review(String caseId, Decision decision, Instant now) {
        return new CaseInput.ReviewDecided(Samples.review(caseId, decision, now).build());
    }

    private static CaseInput deployment(String caseId, DeploymentStatus status, Instant now) {
        return new CaseInput.DeploymentReported(
                Samples.deployment(caseId, status, now).build());
    }
}
