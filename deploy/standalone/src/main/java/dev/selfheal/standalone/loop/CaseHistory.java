package dev.selfheal.standalone.loop;

import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.ErrorTrend;
import dev.selfheal.event.HealingCase;
import dev.selfheal.event.HealingRequest;
import dev.selfheal.event.PatchProposal;
import dev.selfheal.event.PatchVerdict;
import dev.selfheal.event.SecurityIncident;
import dev.selfheal.event.VerdictKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the topics have said of one service's case so far, and whether that is its end. Not thread-safe. */
public final class CaseHistory implements LoopListener {

    private final List<PatchProposal> proposals = new ArrayList<>();
    private final List<PatchVerdict> verdicts = new ArrayList<>();
    private final List<SecurityIncident> incidents = new ArrayList<>();
    private int requests;
    private Optional<String> group = Optional.empty();
    private Optional<HealingCase> healingCase = Optional.empty();

    /**
     * The end, once the state machine and the verdict it rests on have both been read: topics are not ordered among
     * themselves.
     */
    public Optional<HealingOutcome> outcome() {
        return healingCase.flatMap(c -> switch (c.getState()) {
            case APPROVED -> when(VerdictKind.APPROVED, HealingOutcome.APPROVED);
            case IN_REVIEW -> when(VerdictKind.NEEDS_REVIEW, HealingOutcome.NEEDS_REVIEW);
            case EXHAUSTED -> Optional.of(HealingOutcome.EXHAUSTED);
            case REJECTED -> when(VerdictKind.REJECTED, HealingOutcome.REJECTED);
            case ABSTAINED, SUPPRESSED -> Optional.of(HealingOutcome.ABSTAINED);
            default -> Optional.empty();
        });
    }

    public Optional<String> group() {
        return group;
    }

    public Optional<HealingCase> healingCase() {
        return healingCase;
    }

    public List<PatchProposal> proposals() {
        return List.copyOf(proposals);
    }

    public List<PatchVerdict> verdicts() {
        return List.copyOf(verdicts);
    }

    public List<SecurityIncident> incidents() {
        return List.copyOf(incidents);
    }

    public int requests() {
        return requests;
    }

    /** The verdict the case rests on: the newest. */
    public Optional<PatchVerdict> verdict() {
        return verdicts.isEmpty() ? Optional.empty() : Optional.of(verdicts.get(verdicts.size() - 1));
    }

    @Override
    public void errorSeen(String topic, ErrorEvent event) {
        group = Optional.of(event.getGroup());
    }

    @Override
    public void trendSeen(String topic, ErrorTrend trend) {
        group = Optional.of(trend.getGroup());
    }

    @Override
    public void requestSeen(String topic, HealingRequest request) {
        requests++;
    }

    @Override
    public void proposalSeen(String topic, PatchProposal proposal) {
        proposals.add(proposal);
    }

    @Override
    public void verdictSeen(String topic, PatchVerdict verdict) {
        verdicts.add(verdict);
    }

    @Override
    public void caseSeen(String topic, HealingCase seen) {
        healingCase = Optional.of(seen);
    }

    @Override
    public void incidentSeen(String topic, SecurityIncident incident) {
        incidents.add(incident);
    }

    private Optional<HealingOutcome> when(VerdictKind needed, HealingOutcome end) {
        return verdict().filter(v -> v.getVerdict() == needed).map(v -> end);
    }
}
