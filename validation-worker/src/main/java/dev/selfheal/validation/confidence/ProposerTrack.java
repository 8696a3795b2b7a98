package dev.selfheal.validation.confidence;

import dev.selfheal.event.CandidatePatch;
import dev.selfheal.event.Classification;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.ExceptionInfo;
import dev.selfheal.event.OriginKind;
import dev.selfheal.event.PatchProposal;
import dev.selfheal.event.ProposerRecord;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** How often a proposer was right: on such errors, or else on all, or else nobody knows. */
public final class ProposerTrack {

    private static final String TEMPLATE = "template";
    private static final String ALL = "*";

    private final Function<String, Optional<ProposerRecord>> records;

    ProposerTrack(Function<String, Optional<ProposerRecord>> records) {
        this.records = records;
    }

    double of(PatchProposal proposal, CandidatePatch candidate) {
        String provider = provider(proposal, candidate);
        return records.apply(provider + "|" + errorType(proposal))
                .or(() -> records.apply(provider + "|" + ALL))
                .map(record -> record.getAlpha() / (record.getAlpha() + record.getBeta()))
                .orElse(Factors.NEUTRAL);
    }

    /** As the proposal says, or by the origin of the candidate where it does not. */
    public static String provider(PatchProposal proposal, CandidatePatch candidate) {
        if (!proposal.getProvider().isEmpty()) {
            return proposal.getProvider();
        }
        return candidate.getOrigin().getKind() == OriginKind.TEMPLATE
                ? TEMPLATE
                : candidate.getOrigin().getVersion();
    }

    private static String errorType(PatchProposal proposal) {
        return proposal.getClassification()
                .map(Classification::getErrorType)
                .orElseGet(() -> rootCause(proposal.getEvent()));
    }

    private static String rootCause(ErrorEvent event) {
        List<ExceptionInfo> chain = event.getExceptions();
        return chain.isEmpty() ? "" : chain.get(chain.size() - 1).getType();
    }
}
