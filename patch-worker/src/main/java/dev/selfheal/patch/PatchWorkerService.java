package dev.selfheal.patch;

import dev.selfheal.attestation.PatchDigest;
import dev.selfheal.event.HealingPolicy;
import dev.selfheal.event.HealingRequest;
import dev.selfheal.patch.model.ModelGateway;
import dev.selfheal.patch.model.RouteState;
import dev.selfheal.patch.prompt.PromptBuilder;
import dev.selfheal.patch.template.PatchIdentity;
import dev.selfheal.patch.template.TemplateProposer;
import dev.selfheal.runtime.CompactedTable;
import dev.selfheal.runtime.Health;
import dev.selfheal.runtime.KafkaClients;
import dev.selfheal.runtime.MessagePublisher;
import dev.selfheal.runtime.Pauser;
import dev.selfheal.runtime.Service;
import dev.selfheal.runtime.Worker;
import dev.selfheal.source.SourceMirrors;
import dev.selfheal.topic.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Answers healing requests with patch proposals, urgent requests first. */
public final class PatchWorkerService implements Service {

    private static final String NAME = "patch-worker";

    private final MessagePublisher publisher;
    private final BreakerStates breakerStates;
    private final ModelGateway gateway;
    private final SourceCheckout checkout;
    private final CompactedTable<HealingPolicy> policies;
    private final Worker<HealingRequest> worker;

    public PatchWorkerService(PatchWorkerConfig config, MeterRegistry meters, Clock clock) {
        Topics topics = config.topics();
        KafkaClients clients = new KafkaClients(config);
        SecureRandom random = new SecureRandom();
        publisher = new MessagePublisher(clients, NAME + "-breakers");
        breakerStates = new BreakerStates(publisher, topics.breakerStates(), clock);
        gateway = new ModelGateway(config.routes(), config.totalUsdPerDay(), meters, clock, random, breakerStates);
        checkout = new SourceCheckout(
                new SourceMirrors(config.workDirectory().resolve("mirrors")),
                config.workDirectory().resolve("jobs"));
        policies = new CompactedTable<>(clients, topics.policies());
        worker = new Worker<>(
                NAME,
                clients,
                List.of(topics.urgentHealingRequests(), topics.healingRequests()),
                config.concurrency(),
                new RequestHandler(
                        policies::get,
                        new PatientCheckout(checkout::open, config.retryPolicy(), Pauser.sleeping(), clock, random),
                        providers(config, clock),
                        topics.patchProposals(),
                        new PatchMeters(meters),
                        clock),
                meters,
                topics.workerLoads());
    }

    private Providers providers(PatchWorkerConfig config, Clock clock) {
        PatchIdentity identity = PatchDigest::of;
        List<PatchProvider> providers = new ArrayList<>();
        providers.add(new TemplateProvider(new TemplateProposer(identity)));
        providers.addAll(ModelProviders.of(
                config.routes(), gateway, new PromptBuilder(config.promptCharacters()), identity, clock));
        return new Providers(providers);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void start() {
        checkout.deleteLeftovers();
        policies.start();
        // A process that died with an open breaker left that state in the topic.
        gateway.states().forEach(breakerStates);
        worker.start();
    }

    /** Open breakers are told, but the service is ready without any model: templates need none. */
    @Override
    public Health health() {
        boolean live = worker.isHealthy() && policies.isHealthy();
        Map<String, String> details = new LinkedHashMap<>();
        details.put("worker", worker.failure().map(Throwable::toString).orElse("no failure"));
        details.put("policies", policies.isHealthy() ? "up to date" : "stopped by a failure: see the log");
        for (RouteState state : gateway.states()) {
            details.put("model " + state.name(), state.position() + ": " + state.reason());
        }
        return new Health(live, live, details);
    }

    @Override
    public void close() {
        worker.close();
        policies.close();
        gateway.close();
        breakerStates.close();
        publisher.close();
    }
}
