package dev.selfheal.patch;

import dev.selfheal.envelope.Envelope;
import dev.selfheal.errors.ErrorCode;
import dev.selfheal.errors.HealingException;
import dev.selfheal.event.HealingPolicy;
import dev.selfheal.event.HealingRequest;
import dev.selfheal.event.PatchProposal;
import dev.selfheal.event.ProposalOutcome;
import dev.selfheal.patch.ProviderAnswer.Candidates;
import dev.selfheal.patch.ProviderAnswer.NothingFound;
import dev.selfheal.patch.ProviderAnswer.Unavailable;
import dev.selfheal.patch.localise.FaultLocaliser;
import dev.selfheal.patch.localise.JavaSources;
import dev.selfheal.patch.localise.Localisation;
import dev.selfheal.patch.localise.SourceIndex;
import dev.selfheal.runtime.MessageHandler;
import dev.selfheal.runtime.Outgoing;
import dev.selfheal.topic.Topic;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers every healing request with exactly one proposal, whatever happens; only a request whose case has moved on to a
 * later attempt gets none. Time counts from the moment a request is taken: what it has waited before, in a broker or an
 * analysis that was away, is not the worker's to judge, and its case still waits for it.
 */
final class RequestHandler implements MessageHandler<HealingRequest> {

    private static final Logger LOG = LoggerFactory.getLogger(RequestHandler.class);

    private final Function<String, Optional<HealingPolicy>> policies;
    private final PatientCheckout checkout;
    private final Providers providers;
    private final Topic<PatchProposal> proposals;
    private final PatchMeters meters;
    private final Clock clock;
    private final NewestAttempts newestAttempts = new NewestAttempts();

    RequestHandler(
            Function<String, Optional<HealingPolicy>> policies,
            PatientCheckout checkout,
            Providers providers,
            Topic<PatchProposal> proposals,
            PatchMeters meters,
            Clock clock) {
        this.policies = policies;
        this.checkout = checkout;
        this.providers = providers;
        this.proposals = proposals;
        this.meters = meters;
        this.clock = clock;
    }

    @Override
    public List<Outgoing<?>> handle(Envelope<HealingRequest> message) throws HealingException, InterruptedException {
        Instant begun = clock.instant();
        HealingRequest request = takenAt(begun, message.data());
        if (newestAttempts.isSuperseded(request)) {
            LOG.info("case {} attempt {}: a later attempt is known", request.getCaseId(), request.getAttempt());
            meters.expired();
            return List.of();
        }
        PatchProposal proposal = answer(new ProposalDraft(request, begun));
        meters.answered(proposal);
        LOG.info(
                "case {} attempt {}: {}, {} candidates, {} ms{}",
                request.getCaseId(),
                request.getAttempt(),
                proposal.getOutcome(),
                proposal.getCandidates().size(),
                proposal.getDurationMs(),
                proposal.getReason().map(reason -> ": " + reason).orElse(""));
        return List.of(new Outgoing<>(
                proposals,
                message.answer(
                        "/selfheal/patch-worker",
                        proposals.keyOf(proposal),
                        clock.instant(),
                        request.getCaseId(),
                        request.getAttempt(),
                        proposal)));
    }

    /** The same request with as much time from now on as it had when it was made. */
    private static HealingRequest takenAt(Instant now, HealingRequest request) {
        Duration allowed = Duration.between(request.getRequestedAt(), request.getDeadline());
        Instant end = now.plus(allowed);
        return end.isAfter(request.getDeadline())
                ? HealingRequest.newBuilder(request).setDeadline(end).build()
                : request;
    }

    private PatchProposal answer(ProposalDraft draft) throws InterruptedException {
        HealingRequest request = draft.request();
        Optional<HealingPolicy> policy = policies.apply(request.getService());
        if (policy.isEmpty()) {
            return draft.without(
                    ProposalOutcome.FAILED,
                    ErrorCode.NO_POLICY + ": no policy for service " + request.getService(),
                    clock.instant());
        }
        try (SourceCheckout.Tree tree =
                checkout.open(policy.get().getSource(), request.getEvent().getCommit(), request.getDeadline())) {
            return propose(draft.at(tree.commit()), policy.get(), tree);
        } catch (HealingException e) {
            LOG.debug("case {} failed", request.getCaseId(), e);
            return draft.without(ProposalOutcome.FAILED, e.code() + ": " + e.getMessage(), clock.instant());
        }
    }

    private PatchProposal propose(ProposalDraft draft, HealingPolicy policy, SourceCheckout.Tree tree)
            throws HealingException, InterruptedException {
        HealingRequest request = draft.request();
        Localisation localisation = localise(request, policy, tree);
        ProviderAnswer answer = providers.propose(new ProposalContext(
                request, policy, tree.root(), localisation, Set.copyOf(request.getRefutedPatches())));
        ProposalDraft located = draft.suspecting(localisation.suspects()).costing(answer.usage());
        if (answer instanceof Candidates candidates) {
            return located.with(candidates.patches(), clock.instant());
        }
        if (answer instanceof NothingFound nothing) {
            return located.without(ProposalOutcome.NOTHING_FOUND, nothing.reason(), clock.instant());
        }
        Unavailable unavailable = (Unavailable) answer;
        return located.without(
                ProposalOutcome.FAILED, ErrorCode.MODEL_FAILED + ": " + unavailable.reason(), clock.instant());
    }

    private static Localisation localise(HealingRequest request, HealingPolicy policy, SourceCheckout.Tree tree)
            throws HealingException {
        try {
            SourceIndex index = SourceIndex.of(tree.root(), policy.getSource().getSubdirectory());
            return new FaultLocaliser(index, new JavaSources(tree.root())).localise(request.getEvent());
        } catch (IOException e) {
            throw new HealingException(ErrorCode.SOURCE_UNAVAILABLE, "cannot read the exported sources", e);
        }
    }
}
