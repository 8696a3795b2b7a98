package dev.selfheal.patch;

import dev.selfheal.event.CandidatePatch;
import dev.selfheal.event.FileEdit;
import dev.selfheal.event.ModelUsage;
import dev.selfheal.event.OriginKind;
import dev.selfheal.event.PatchOrigin;
import dev.selfheal.patch.ProviderAnswer.Candidates;
import dev.selfheal.patch.ProviderAnswer.NothingFound;
import dev.selfheal.patch.ProviderAnswer.Unavailable;
import dev.selfheal.patch.edit.EditParser;
import dev.selfheal.patch.edit.Reading;
import dev.selfheal.patch.model.Bill;
import dev.selfheal.patch.model.ModelError;
import dev.selfheal.patch.model.ModelGateway;
import dev.selfheal.patch.model.ModelOutcome;
import dev.selfheal.patch.model.ModelRequest;
import dev.selfheal.patch.prompt.Prompt;
import dev.selfheal.patch.prompt.PromptBuilder;
import dev.selfheal.patch.template.PatchIdentity;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Language models: one route, or several that share the load. */
final class ModelProvider implements PatchProvider {

    /** A model states no score, and a proposal of a model has one candidate: there is nothing to rank. */
    private static final double SCORE = 0.5;

    private final String name;
    private final Set<String> routes;
    private final ModelGateway gateway;
    private final PromptSources sources;
    private final PromptBuilder prompts;
    private final PatchIdentity identity;
    private final Clock clock;

    ModelProvider(
            String name,
            Set<String> routes,
            ModelGateway gateway,
            PromptSources sources,
            PromptBuilder prompts,
            PatchIdentity identity,
            Clock clock) {
        this.name = name;
        this.routes = Set.copyOf(routes);
        this.gateway = gateway;
        this.sources = sources;
        this.prompts = prompts;
        this.identity = identity;
        this.clock = clock;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public ProviderAnswer propose(ProposalContext context) throws InterruptedException {
        if (context.localisation().suspects().isEmpty()) {
            return new NothingFound("no frame of the error is in the repository's main sources", List.of());
        }
        Prompt prompt = prompts.build(sources.of(context));
        Instant deadline = context.request().getDeadline();
        CompletableFuture<ModelOutcome> asked = gateway.ask(
                routes, ModelRequest.of(prompt.system(), prompt.user()), reply -> complaint(context, reply), deadline);
        try {
            Duration left = Duration.between(clock.instant(), deadline);
            return answer(context, asked.get(Math.max(1, left.toMillis()), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return new Unavailable("no answer before the request's deadline", Optional.empty(), List.of());
        } catch (ExecutionException e) {
            throw new IllegalStateException("asking " + name + " failed in an unforeseen way", e.getCause());
        } finally {
            asked.cancel(true);
        }
    }

    /** What is wrong with a reply, for the model. */
    private Optional<String> complaint(ProposalContext context, String reply) {
        Reading reading = EditParser.read(context.sourceTree(), reply);
        if (reading instanceof Reading.Unusable unusable) {
            return Optional.of(unusable.reason());
        }
        String id = identity.of(((Reading.Edits) reading).edits());
        return context.refuted().contains(id)
                ? Optional.of("this very change was tried before and refuted; find another one")
                : Optional.empty();
    }

    private ProviderAnswer answer(ProposalContext context, ModelOutcome outcome) {
        List<ModelUsage> usage =
                outcome.bills().stream().map(ModelProvider::usage).toList();
        if (outcome instanceof ModelOutcome.Answered answered) {
            return new Candidates(List.of(candidate(context.sourceTree(), answered)), usage);
        }
        ModelError error = ((ModelOutcome.Failed) outcome).error();
        return error.health() == ModelError.Health.WELL
                ? new NothingFound(error.detail(), usage)
                : new Unavailable(error.detail(), error.retryAfter(), usage);
    }

    private CandidatePatch candidate(Path tree, ModelOutcome.Answered answered) {
        // The reply passed its check, which read it the same way.
        List<FileEdit> read = ((Reading.Edits) EditParser.read(tree, answered.text())).edits();
        return CandidatePatch.newBuilder()
                .setPatchId(identity.of(read))
                .setOrigin(PatchOrigin.newBuilder()
                        .setKind(OriginKind.MODEL)
                        .setName(answered.model())
                        .setVersion(answered.route())
                        .build())
                .setEdits(read)
                .setExplanation(Explanation.of(answered.text()))
                .setScore(SCORE)
                .build();
    }

    private static ModelUsage usage(Bill bill) {
        return ModelUsage.newBuilder()
                .setModel(bill.model())
                .setCalls(bill.calls())
                .setInputTokens(bill.usage().input())
                .setOutputTokens(bill.usage().output())
                .setCostUsd(bill.costUsd())
                .build();
    }
}
