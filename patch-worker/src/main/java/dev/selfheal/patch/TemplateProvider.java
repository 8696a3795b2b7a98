package dev.selfheal.patch;

import dev.selfheal.errors.ErrorCode;
import dev.selfheal.errors.HealingException;
import dev.selfheal.event.CandidatePatch;
import dev.selfheal.patch.template.TemplateProposer;
import java.io.IOException;
import java.util.List;

/** Fix templates: always there, without a key or a network. */
final class TemplateProvider implements PatchProvider {

    static final String NAME = "template";

    private final TemplateProposer proposer;

    TemplateProvider(TemplateProposer proposer) {
        this.proposer = proposer;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ProviderAnswer propose(ProposalContext context) throws HealingException {
        List<CandidatePatch> candidates;
        try {
            candidates = proposer.propose(
                            context.sourceTree(), context.request().getEvent(), context.policy(), context.refuted())
                    .candidates();
        } catch (IOException e) {
            throw new HealingException(ErrorCode.SOURCE_UNAVAILABLE, "cannot read the exported sources", e);
        }
        return candidates.isEmpty()
                ? new ProviderAnswer.NothingFound(reason(context), List.of())
                : new ProviderAnswer.Candidates(candidates, List.of());
    }

    private static String reason(ProposalContext context) {
        return context.localisation().suspects().isEmpty()
                ? "no frame of the error is in the repository's main sources"
                : "no template fits the error at any suspected place";
    }
}
