package dev.selfheal.validation;

import dev.selfheal.envelope.Envelope;
import dev.selfheal.errors.HealingException;
import dev.selfheal.errors.RetriableException;
import dev.selfheal.event.HealingPolicy;
import dev.selfheal.event.PatchProposal;
import dev.selfheal.event.PatchVerdict;
import dev.selfheal.event.ProposalOutcome;
import dev.selfheal.event.SecurityIncident;
import dev.selfheal.runtime.MessageHandler;
import dev.selfheal.runtime.Outgoing;
import dev.selfheal.source.SourceMirrors;
import dev.selfheal.topic.Topic;
import dev.selfheal.topic.Topics;
import dev.selfheal.validation.baseline.Baselines;
import dev.selfheal.validation.check.Deadline;
import dev.selfheal.validation.check.ValidationJob;
import dev.selfheal.validation.verdict.Incidents;
import dev.selfheal.validation.verdict.Judgement;
import dev.selfheal.validation.verdict.PatientSigner;
import dev.selfheal.validation.verdict.ProposalValidator;
import dev.selfheal.validation.verdict.Restraint;
import dev.selfheal.validation.verdict.VerdictWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers every proposal that holds candidates with exactly one verdict. A proposal that is judged twice, after a crash,
 * has the same verdict id; only the judgement that is committed with the proposal's end is ever seen. Proposals that found nothing get none; the case has ended there. One that
 * is taken up after its verdict had to be there gets none either: its case asks for another, and two signed verdicts on
 * one attempt would be one too many.
 */
final class ProposalHandler implements MessageHandler<PatchProposal> {

    private static final Logger LOG = LoggerFactory.getLogger(ProposalHandler.class);
    private static final String SOURCE = "/selfheal/validation-worker";

    private final Function<String, Optional<HealingPolicy>> policies;
    private final SourceMirrors sources;
    private final Baselines baselines;
    private final ProposalValidator validator;
    private final Restraint restraint;
    private final VerdictWriter writer;
    private final PatientSigner signer;
    private final Topics topics;
    private final ValidationMeters meters;
    private final Duration timeout;
    private final Clock clock;

    ProposalHandler(
            Function<String, Optional<HealingPolicy>> policies,
            SourceMirrors sources,
            Baselines baselines,
            ProposalValidator validator,
            Restraint restraint,
            VerdictWriter writer,
            PatientSigner signer,
            Topics topics,
            ValidationMeters meters,
            Duration timeout,
            Clock clock) {
        this.policies = policies;
        this.sources = sources;
        this.baselines = baselines;
        this.validator = validator;
        this.restraint = restraint;
        this.writer = writer;
        this.signer = signer;
        this.topics = topics;
        this.meters = meters;
        this.timeout = timeout;
        this.clock = clock;
    }

    /** A judgement and the commit it was made on. */
    private record Answer(Judgement judgement, String commit) {}

    @Override
    public List<Outgoing<?>> handle(Envelope<PatchProposal> message) throws HealingException, InterruptedException {
        PatchProposal proposal = message.data();
        if (proposal.getOutcome() != ProposalOutcome.PROPOSED) {
            return List.of();
        }
        Instant begun = clock.instant();
        if (isTooLate(proposal, begun)) {
            return List.of();
        }
        Answer answer = judge(proposal);
        Instant decided = clock.instant();
        PatchVerdict verdict = signer.sign(
                writer.write(proposal, answer.judgement(), answer.commit(), decided, Duration.between(begun, decided)),
                proposal.getVerdictDeadline().orElseGet(() -> decided.plus(timeout)));
        if (isTooLate(proposal, clock.instant())) {
            return List.of();
        }
        meters.decided(verdict);
        LOG.info(
                "case {} attempt {}: {} after {} ms: {}",
                verdict.getCaseId(),
                verdict.getAttempt(),
                verdict.getVerdict(),
                verdict.getDurationMs(),
                verdict.getReason());
        List<Outgoing<?>> answers = new ArrayList<>();
        answers.add(outgoing(message, topic(verdict), verdict));
        for (SecurityIncident incident : Incidents.of(proposal, answer.judgement(), decided)) {
            meters.incident(incident.getRule());
            answers.add(outgoing(message, topics.securityIncidents(), incident));
        }
        return answers;
    }

    private boolean isTooLate(PatchProposal proposal, Instant now) {
        boolean late = proposal.getVerdictDeadline().filter(now::isAfter).isPresent();
        if (late) {
            LOG.info("case {} attempt {}: its verdict would be too late", proposal.getCaseId(), proposal.getAttempt());
            meters.expired();
        }
        return late;
    }

    /** What a person must mend (no policy, no source, a broken base) is a verdict too: the case must not hang. */
    private Answer judge(PatchProposal proposal) throws InterruptedException, RetriableException {
        Optional<HealingPolicy> policy = policies.apply(proposal.getService());
        if (policy.isEmpty()) {
            return new Answer(
                    Judgement.rejectedOutright("NO_POLICY: no policy is known for service " + proposal.getService()),
                    proposal.getBaseCommit());
        }
        String commit = proposal.getBaseCommit();
        try {
            commit = sources.resolve(
                    policy.get().getSource(), proposal.getEvent().getCommit());
            var baseline = baselines.of(policy.get().getSource(), commit);
            Deadline deadline = Deadline.in(timeout, clock);
            var job = new ValidationJob(proposal, policy.get(), commit, baseline, deadline);
            return new Answer(restraint.on(proposal, validator.validate(job)), commit);
        } catch (RetriableException e) {
            throw e;
        } catch (HealingException e) {
            return new Answer(Judgement.rejectedOutright(e.code() + ": " + e.getMessage()), commit);
        }
    }

    private Topic<PatchVerdict> topic(PatchVerdict verdict) {
        return switch (verdict.getVerdict()) {
            case APPROVED -> topics.approvedPatches();
            case NEEDS_REVIEW -> topics.patchesForReview();
            case REJECTED, UNKNOWN -> topics.rejectedPatches();
        };
    }

    private <T extends SpecificRecord> Outgoing<T> outgoing(Envelope<PatchProposal> message, Topic<T> topic, T answer) {
        PatchProposal proposal = message.data();
        return new Outgoing<>(
                topic,
                message.answer(
                        SOURCE,
                        topic.keyOf(answer),
                        clock.instant(),
                        proposal.getCaseId(),
                        proposal.getAttempt(),
                        answer));
    }
}
