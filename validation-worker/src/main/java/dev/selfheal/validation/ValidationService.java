package dev.selfheal.validation;

import dev.selfheal.attestation.AttestationSigner;
import dev.selfheal.attestation.PatchDigest;
import dev.selfheal.event.Isolation;
import dev.selfheal.event.PatchProposal;
import dev.selfheal.runtime.Backoff;
import dev.selfheal.runtime.Health;
import dev.selfheal.runtime.KafkaClients;
import dev.selfheal.runtime.Pauser;
import dev.selfheal.runtime.Service;
import dev.selfheal.runtime.Worker;
import dev.selfheal.source.SourceMirrors;
import dev.selfheal.topic.Topics;
import dev.selfheal.validation.ahead.AheadPreparation;
import dev.selfheal.validation.ahead.RequestFollower;
import dev.selfheal.validation.baseline.AffectedTests;
import dev.selfheal.validation.check.AffectedTestsCheck;
import dev.selfheal.validation.check.AppliesCheck;
import dev.selfheal.validation.check.BehaviourCheck;
import dev.selfheal.validation.check.CheckPipeline;
import dev.selfheal.validation.check.CommandTestsCheck;
import dev.selfheal.validation.check.CompiledRiskCheck;
import dev.selfheal.validation.check.CompilesCheck;
import dev.selfheal.validation.check.DependencyCheck;
import dev.selfheal.validation.check.IntegrityCheck;
import dev.selfheal.validation.check.IsolationCheck;
import dev.selfheal.validation.check.Lanes;
import dev.selfheal.validation.check.LintCheck;
import dev.selfheal.validation.check.MutationCheck;
import dev.selfheal.validation.check.NotApplicable;
import dev.selfheal.validation.check.Observations;
import dev.selfheal.validation.check.ParsesCheck;
import dev.selfheal.validation.check.PerformanceCheck;
import dev.selfheal.validation.check.PolicyCheck;
import dev.selfheal.validation.check.QualityCheck;
import dev.selfheal.validation.check.ReproductionCheck;
import dev.selfheal.validation.check.RiskCheck;
import dev.selfheal.validation.check.Stage;
import dev.selfheal.validation.check.StaticAnalysisCheck;
import dev.selfheal.validation.check.TextRiskCheck;
import dev.selfheal.validation.check.WholeSuiteCheck;
import dev.selfheal.validation.command.CommandSuite;
import dev.selfheal.validation.dependency.Advisories;
import dev.selfheal.validation.sandbox.Sandbox;
import dev.selfheal.validation.signing.SigningKeys;
import dev.selfheal.validation.verdict.PatientSigner;
import dev.selfheal.validation.verdict.ProposalValidator;
import dev.selfheal.validation.verdict.Restraint;
import dev.selfheal.validation.verdict.VerdictWriter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.common.config.ConfigException;

/** Consumes patch proposals and publishes exactly one signed verdict for each. */
public final class ValidationService implements Service {

    private final ValidationConfig config;
    private final MeterRegistry meters;
    private final Clock clock;
    private final AttestationSigner signer;
    private final Advisories advisories;
    private final Optional<Workbench> shared;
    private Optional<Running> running = Optional.empty();

    /** What exists between start and close. */
    private record Running(
            Workbench workbench,
            Tables tables,
            CheckPipeline pipeline,
            Worker<PatchProposal> worker,
            Optional<RequestFollower> ahead) {}

    /**
     * Works at a workbench of its own.
     *
     * @throws ConfigException when the signing key cannot be read
     */
    public ValidationService(ValidationConfig config, MeterRegistry meters, Clock clock) {
        this(config, meters, clock, Optional.empty());
    }

    /**
     * Works at the caller's workbench, which stays open when this is closed.
     *
     * @throws ConfigException when the signing key cannot be read
     */
    public ValidationService(ValidationConfig config, MeterRegistry meters, Clock clock, Workbench shared) {
        this(config, meters, clock, Optional.of(shared));
    }

    private ValidationService(ValidationConfig config, MeterRegistry meters, Clock clock, Optional<Workbench> shared) {
        this.shared = shared;
        this.config = config;
        this.meters = meters;
        this.clock = clock;
        this.advisories = config.advisories();
        this.signer = new AttestationSigner(SigningKeys.of(config), config.attestationValidity(), clock);
    }

    @Override
    public String name() {
        return "validation-worker";
    }

    /**
     * @throws IllegalStateException when no sandbox can be set up: nothing may run without one
     */
    @Override
    public synchronized void start() {
        KafkaClients clients = new KafkaClients(config);
        Topics topics = config.topics();
        Workbench workbench = shared.orElseGet(() -> Workbench.open(config, clock));
        Tables tables = Tables.of(clients, topics);
        CheckPipeline pipeline = pipeline(workbench.sandbox(), workbench.sources());
        Worker<PatchProposal> worker = new Worker<>(
                name(),
                clients,
                List.of(topics.patchProposals()),
                config.concurrency(),
                handler(workbench, tables, pipeline),
                meters,
                topics.workerLoads());
        Optional<RequestFollower> ahead =
                config.preparesAhead() ? Optional.of(ahead(clients, workbench, tables, worker)) : Optional.empty();
        running = Optional.of(new Running(workbench, tables, pipeline, worker, ahead));
        tables.start();
        worker.start();
        ahead.ifPresent(RequestFollower::start);
    }

    private RequestFollower ahead(
            KafkaClients clients, Workbench workbench, Tables tables, Worker<PatchProposal> worker) {
        return new RequestFollower(
                clients,
                List.of(config.topics().urgentHealingRequests(), config.topics().healingRequests()),
                new AheadPreparation(
                        tables.policies()::get,
                        workbench.sources(),
                        workbench.baselines(),
                        workbench.sandbox(),
                        new AffectedTests(config.affectedTestClasses()),
                        new AheadPreparation.Timeouts(
                                config.reproductionTimeout(), config.testsTimeout(), config.suiteTimeout()),
                        worker::isBusy));
    }

    private ProposalHandler handler(Workbench workbench, Tables tables, CheckPipeline pipeline) {
        Isolation isolation = workbench.sandbox().isolation();
        return new ProposalHandler(
                tables.policies()::get,
                workbench.sources(),
                workbench.baselines(),
                new ProposalValidator(pipeline, tables.confidence(), isolation),
                new Restraint(tables.breakers()::get, tables.breakers()::isCurrent),
                new VerdictWriter(isolation, Runtime.version().toString()),
                new PatientSigner(
                        signer,
                        () -> new Backoff(config.retryPolicy(), ThreadLocalRandom.current(), Pauser.sleeping()),
                        clock),
                config.topics(),
                new ValidationMeters(meters),
                config.timeout(),
                clock);
    }

    /** The order is the design: what is cheap and harmless first, what hands the patch to the sandbox last. */
    private CheckPipeline pipeline(Sandbox sandbox, SourceMirrors sources) {
        Observations observations = new Observations(sandbox, config.testsTimeout());
        List<Stage> stages = new ArrayList<>(Stage.inOrder(
                new IntegrityCheck(PatchDigest::of),
                new PolicyCheck(),
                new AppliesCheck(sources::treeAfter),
                new ParsesCheck(),
                new RiskCheck(),
                new DependencyCheck(advisories),
                new IsolationCheck(sandbox.isolation()),
                new CompilesCheck(sandbox, config.compileTimeout()),
                new CompiledRiskCheck(),
                new ReproductionCheck(sandbox, config.reproductionTimeout()),
                new AffectedTestsCheck(sandbox, new AffectedTests(config.affectedTestClasses()), config.testsTimeout()),
                new WholeSuiteCheck(sandbox, config.suiteTimeout())));
        stages.add(Stage.of(
                new StaticAnalysisCheck(sandbox, config.analysisTimeout()),
                new MutationCheck(sandbox, config.mutationBudget()),
                new BehaviourCheck(sandbox, observations)));
        stages.addAll(Stage.inOrder(
                new PerformanceCheck(observations),
                new LintCheck(sandbox, config.analysisTimeout()),
                new QualityCheck()));
        return new CheckPipeline(stages, ofCommands(sandbox, sources), new Lanes(lanes()), System::nanoTime);
    }

    /** What is observed is also timed: it gets a processor of its own as far as there are some. */
    private static int lanes() {
        return Runtime.getRuntime().availableProcessors();
    }

    /** Where one program runs all tests; what needs Java says so in the verdict. */
    private List<Stage> ofCommands(Sandbox sandbox, SourceMirrors sources) {
        String text = "only Java is read; the text is searched instead";
        String noClasses = "there are no class files to look at";
        return Stage.inOrder(
                new IntegrityCheck(PatchDigest::of),
                new PolicyCheck(),
                new AppliesCheck(sources::treeAfter),
                new NotApplicable("parses", text),
                new TextRiskCheck(),
                new IsolationCheck(sandbox.isolation()),
                new NotApplicable("compiles", "the command runs the sources as they are"),
                new CommandTestsCheck(new CommandSuite(sandbox), config.suiteTimeout()),
                new NotApplicable("mutation", noClasses),
                new NotApplicable("behaviour", noClasses),
                new NotApplicable("static-analysis", noClasses),
                new NotApplicable("performance", "times of a whole command say too little"),
                new NotApplicable("quality", "the rules are Java's"));
    }

    @Override
    public synchronized Health health() {
        if (running.isEmpty()) {
            return new Health(true, false, Map.of("worker", "not started"));
        }
        Running parts = running.get();
        return health(
                parts.worker().isHealthy(),
                parts.tables().policies().isHealthy(),
                parts.tables().breakers().isHealthy(),
                parts.tables().followsOutcomes(),
                parts.workbench().sandbox().isolation());
    }

    /**
     * A table that stopped grows old: patches would be judged by rules that no longer hold. Only that of outcomes may: the
     * confidence no longer follows them then, and nothing else changes.
     */
    static Health health(boolean worker, boolean policies, boolean breakers, boolean outcomes, Isolation isolation) {
        boolean works = worker && policies && breakers;
        return new Health(
                works,
                works,
                Map.of(
                        "worker",
                        worker ? "running" : "failed",
                        "policies",
                        told(policies),
                        "breakers",
                        told(breakers),
                        "outcomes",
                        told(outcomes),
                        "sandbox",
                        isolation.name()));
    }

    private static String told(boolean table) {
        return table ? "up to date" : "stopped by a failure: see the log";
    }

    @Override
    public synchronized void close() {
        running.ifPresent(parts -> {
            parts.ahead().ifPresent(RequestFollower::close);
            parts.worker().close();
            parts.pipeline().close();
            parts.tables().close();
            if (shared.isEmpty()) {
                parts.workbench().close();
            }
        });
        running = Optional.empty();
    }
}
