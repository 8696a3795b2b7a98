package dev.selfheal.patch;

import dev.selfheal.errors.HealingException;
import dev.selfheal.event.CandidatePatch;
import dev.selfheal.event.HealingMode;
import dev.selfheal.event.HealingRequest;
import dev.selfheal.event.ModelUsage;
import dev.selfheal.patch.ProviderAnswer.Candidates;
import dev.selfheal.patch.ProviderAnswer.NothingFound;
import dev.selfheal.patch.ProviderAnswer.Unavailable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks providers in order until one has candidates. The order is the request's, then the policy's; a request may name one
 * provider instead, and then that one alone is asked. In mode TEMPLATES_ONLY templates alone are, whatever anybody wishes;
 * in mode OBSERVE_ONLY nobody is. When models are all there is and none of them can be reached, templates are asked
 * although the policy does not list them. Thread-safe.
 */
final class Providers {

    private static final Logger LOG = LoggerFactory.getLogger(Providers.class);

    /** The contract's bound on candidates in a proposal. */
    private static final int MAX_CANDIDATES = 64;

    private final Map<String, PatchProvider> byName = new LinkedHashMap<>();

    Providers(List<PatchProvider> providers) {
        providers.forEach(provider -> byName.put(provider.name(), provider));
    }

    /** The first candidates; else the reasons of all that were asked, as nothing found if at least one could look. */
    ProviderAnswer propose(ProposalContext context) throws HealingException, InterruptedException {
        if (context.request().getMode() == HealingMode.OBSERVE_ONLY) {
            return new Unavailable("the healer only observes for now", Optional.empty(), List.of());
        }
        Optional<String> wish = context.request().getProvider();
        Set<String> order = order(context);
        Inquiry inquiry = new Inquiry(context);
        for (String name : order) {
            Optional<Candidates> found = inquiry.ask(name);
            if (found.isPresent()) {
                return found.get();
            }
        }
        if (wish.isEmpty() && !inquiry.anybodyLooked && !order.contains(TemplateProvider.NAME)) {
            Optional<Candidates> found = inquiry.ask(TemplateProvider.NAME);
            if (found.isPresent()) {
                return found.get();
            }
        }
        return inquiry.nothing();
    }

    private Set<String> order(ProposalContext context) {
        HealingRequest request = context.request();
        if (request.getMode() == HealingMode.TEMPLATES_ONLY) {
            return Set.of(TemplateProvider.NAME);
        }
        if (request.getProvider().isPresent()) {
            return Set.of(request.getProvider().get());
        }
        Set<String> order = new LinkedHashSet<>(request.getProviders());
        order.retainAll(byName.keySet());
        order.addAll(context.policy().getProviders());
        return order;
    }

    /** One request on its way from provider to provider. */
    private final class Inquiry {
        private final ProposalContext context;
        private final List<ModelUsage> usage = new ArrayList<>();
        private final List<String> reasons = new ArrayList<>();
        private boolean anybodyLooked;

        private Inquiry(ProposalContext context) {
            this.context = context;
        }

        private Optional<Candidates> ask(String name) throws HealingException, InterruptedException {
            PatchProvider provider = byName.get(name);
            if (provider == null) {
                reasons.add(name + ": not configured here (known: " + String.join(", ", byName.keySet()) + ")");
                return Optional.empty();
            }
            ProviderAnswer answer = answerOf(provider);
            usage.addAll(answer.usage());
            if (answer instanceof Candidates candidates) {
                return fresh(name, candidates);
            }
            if (answer instanceof NothingFound nothing) {
                anybodyLooked = true;
                reasons.add(name + ": " + nothing.reason());
            } else if (answer instanceof Unavailable unavailable) {
                LOG.warn("case {}: {} is unavailable: {}", caseId(), name, unavailable.reason());
                reasons.add(name + " is unavailable: " + unavailable.reason());
            }
            return Optional.empty();
        }

        /**
         * Sources and errors come from outside: one that trips a bug of ours in one provider must not stop the worker, or
         * the same request would stop it again after every restart.
         */
        private ProviderAnswer answerOf(PatchProvider provider) throws HealingException, InterruptedException {
            try {
                return provider.propose(context);
            } catch (RuntimeException | StackOverflowError e) {
                LOG.error("case {}: provider {} failed, please report this", caseId(), provider.name(), e);
                return new Unavailable("a bug of ours: " + e, Optional.empty(), List.of());
            }
        }

        /** Without those refuted before and without repetitions. */
        private Optional<Candidates> fresh(String name, Candidates candidates) {
            Map<String, CandidatePatch> kept = new LinkedHashMap<>();
            for (CandidatePatch patch : candidates.patches()) {
                if (!context.refuted().contains(patch.getPatchId()) && kept.size() < MAX_CANDIDATES) {
                    kept.putIfAbsent(patch.getPatchId(), patch);
                }
            }
            if (kept.isEmpty()) {
                anybodyLooked = true;
                reasons.add(name + ": proposed only what was refuted before");
                return Optional.empty();
            }
            return Optional.of(new Candidates(List.copyOf(kept.values()), usage));
        }

        private String caseId() {
            return context.request().getCaseId();
        }

        private ProviderAnswer nothing() {
            String reason = reasons.isEmpty() ? "the policy lists no provider" : String.join("; ", reasons);
            return anybodyLooked ? new NothingFound(reason, usage) : new Unavailable(reason, Optional.empty(), usage);
        }
    }
}
