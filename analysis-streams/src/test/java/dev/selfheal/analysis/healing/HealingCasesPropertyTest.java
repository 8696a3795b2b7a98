package dev.selfheal.analysis.healing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.analysis.Samples;
import dev.selfheal.analysis.breaker.Outcome;
import dev.selfheal.analysis.healing.Chaos.Happening;
import dev.selfheal.analysis.healing.Chaos.Step;
import dev.selfheal.event.CaseState;
import dev.selfheal.event.CaseTransition;
import dev.selfheal.event.Decision;
import dev.selfheal.event.HealingCase;
import dev.selfheal.event.HealingRequest;
import dev.selfheal.event.RegressionWatch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Whatever happens in whatever order: one state, one request in flight, one rollback a deployment, no more attempts than
 * allowed, no hanging. A failure names the seed and the fewest steps that still fail.
 */
class HealingCasesPropertyTest {

    private static final int STORIES = 2000;
    private static final int MOST_STEPS = 60;
    private static final int MAX_ATTEMPTS = 3;

    /** Every way from one state to the next, as the manual has it; anything else is a fault. */
    private static final Map<CaseState, Set<CaseState>> WAYS = HealingManual.ways();

    @Test
    void shouldHoldWhateverHappensInWhateverOrder() {
        for (long seed = 1; seed <= STORIES; seed++) {
            List<Step> steps = Chaos.steps(seed, MOST_STEPS);
            Optional<Throwable> failure = play(steps);
            if (failure.isPresent()) {
                List<Step> fewest = shrunk(steps);
                throw new AssertionError(
                        "seed " + seed + ", fewest steps " + fewest,
                        play(fewest).orElseThrow());
            }
        }
    }

    @Test
    void shouldReachEveryState() {
        Set<CaseState> reached = EnumSet.noneOf(CaseState.class);
        for (long seed = 1; seed <= STORIES; seed++) {
            Chaos chaos = new Chaos();
            Chaos.steps(seed, MOST_STEPS).forEach(chaos::happen);
            chaos.story().changes().forEach(changed -> changed.getHistory().forEach(step -> reached.add(step.getTo())));
        }
        assertThat(reached).containsAll(WAYS.keySet());
    }

    @Test
    void shouldEndEveryRequestWhenNobodyAnswers() {
        for (int proposals = 0; proposals <= MAX_ATTEMPTS; proposals++) {
            CaseStory story = CaseStory.requested();
            Instant now = Samples.START;
            for (int i = 0; i < MAX_ATTEMPTS * 2; i++) {
                if (i < proposals) {
                    story.tell(
                            Inputs.of(Samples.proposal(story.lastRequest(), now).build()));
                }
                now = now.plusSeconds(601);
                story.tell(new CaseInput.TimePassed(now));
            }
            assertThat(story.state()).isEqualTo(CaseState.EXHAUSTED);
        }
    }

    /** Leaves out whatever is not needed for the failure. */
    private static List<Step> shrunk(List<Step> failing) {
        List<Step> fewest = new ArrayList<>(failing);
        for (int i = fewest.size() - 1; i >= 0; i--) {
            List<Step> without = new ArrayList<>(fewest);
            without.remove(i);
            if (play(without).isPresent()) {
                fewest = without;
            }
        }
        return fewest;
    }

    private static Optional<Throwable> play(List<Step> steps) {
        Chaos chaos = new Chaos();
        try {
            for (Step step : steps) {
                Optional<HealingCase> before = chaos.story().current();
                int requestsBefore = chaos.story().requests().size();
                chaos.happen(step);
                holdsAfter(step, before, requestsBefore, chaos.story());
                holds(chaos.story());
            }
            return Optional.empty();
        } catch (AssertionError | RuntimeException e) {
            return Optional.of(e);
        }
    }

    private static void holdsAfter(Step step, Optional<HealingCase> before, int requestsBefore, CaseStory story) {
        boolean byPerson = Set.of(
                        Happening.PERSON_RETRIES,
                        Happening.PERSON_FORCES,
                        Happening.PERSON_NAMES_NO_CASE,
                        Happening.SAME_AGAIN)
                .contains(step.happening());
        boolean held = before.filter(c -> c.getQuarantined() || c.getStanding().equals(Optional.of(Decision.STOP)))
                .isPresent();
        if (held && !byPerson) {
            assertThat(story.present().getCaseId()).isEqualTo(before.get().getCaseId());
            assertThat(story.requests()).as("requests of a held group").hasSize(requestsBefore);
        }
        boolean errors =
                Set.of(Happening.ERROR, Happening.BURST, Happening.REPRODUCTION).contains(step.happening());
        if (errors && before.filter(CaseHistory::awaitsAnswer).isPresent()) {
            assertThat(story.requests()).as("requests while one is in flight").hasSize(requestsBefore);
        }
    }

    private static void holds(CaseStory story) {
        Map<String, Integer> attempts = new HashMap<>();
        for (HealingRequest request : story.requests()) {
            assertThat(request.getAttempt())
                    .isEqualTo(attempts.merge(request.getCaseId(), 1, Integer::sum))
                    .isLessThanOrEqualTo(MAX_ATTEMPTS);
        }
        assertThat(story.rollbacks()).doesNotHaveDuplicates();
        long requested =
                story.outcomes().stream().filter(Outcome.REQUESTED::equals).count();
        assertThat(requested).isEqualTo(story.requests().size());
        replaced(story);
        watched(story);
        story.current().ifPresent(HealingCasesPropertyTest::holds);
    }

    /** A case is followed by another only when it is no longer under way. */
    private static void replaced(CaseStory story) {
        Set<String> past = new HashSet<>();
        Optional<HealingCase> newest = Optional.empty();
        for (HealingCase changed : story.changes()) {
            Optional<HealingCase> previous = newest.filter(c -> !c.getCaseId().equals(changed.getCaseId()));
            previous.ifPresent(c -> {
                assertThat(CaseHistory.isUnderWay(c))
                        .as("%s is replaced", c.getState())
                        .isFalse();
                past.add(c.getCaseId());
            });
            assertThat(past).doesNotContain(changed.getCaseId());
            newest = Optional.of(changed);
        }
    }

    /** A watch begins once and ends once, and runs exactly while its case is out. */
    private static void watched(CaseStory story) {
        Map<String, RegressionWatch> running = new HashMap<>();
        Set<String> begun = new HashSet<>();
        for (CaseOutput.WatchChanged change : story.watchChanges()) {
            if (change.watch().isPresent()) {
                assertThat(begun.add(change.caseId())).isTrue();
                running.put(change.caseId(), change.watch().get());
            } else {
                assertThat(running.remove(change.caseId())).isNotNull();
            }
        }
        Set<String> out = story.current()
                .filter(c -> c.getState() == CaseState.DEPLOYED)
                .map(c -> Set.of(c.getCaseId()))
                .orElse(Set.of());
        assertThat(running.keySet()).isEqualTo(out);
    }

    private static void holds(HealingCase present) {
        List<CaseTransition> history = present.getHistory();
        for (int i = 0; i < history.size(); i++) {
            CaseTransition step = history.get(i);
            assertThat(WAYS.get(step.getFrom())).contains(step.getTo());
            if (i > 0) {
                assertThat(step.getFrom()).isEqualTo(history.get(i - 1).getTo());
                assertThat(step.getAt()).isAfterOrEqualTo(history.get(i - 1).getAt());
            }
        }
        if (!history.isEmpty()) {
            assertThat(history.get(history.size() - 1).getTo()).isEqualTo(present.getState());
        }
        boolean waits = CaseHistory.isUnderWay(present);
        boolean mayWait = present.getState() == CaseState.OBSERVED || present.getState() == CaseState.REGRESSED;
        if (!mayWait) {
            assertThat(present.getDeadline().isPresent()).isEqualTo(waits);
        }
        assertThat(present.getWatch().isPresent()).isEqualTo(present.getState() == CaseState.DEPLOYED);
    }
}
