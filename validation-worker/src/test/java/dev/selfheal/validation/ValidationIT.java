package dev.selfheal.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.attestation.AttestationVerifier;
import dev.selfheal.attestation.Ed25519Key;
import dev.selfheal.attestation.Verification;
import dev.selfheal.config.ServiceConfig;
import dev.selfheal.embedded.LocalCluster;
import dev.selfheal.envelope.Envelope;
import dev.selfheal.event.AutonomyPolicy;
import dev.selfheal.event.CandidatePatch;
import dev.selfheal.event.CheckResult;
import dev.selfheal.event.CommandBuild;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.FileEdit;
import dev.selfheal.event.HealingPolicy;
import dev.selfheal.event.HealingRequest;
import dev.selfheal.event.PatchProposal;
import dev.selfheal.event.PatchVerdict;
import dev.selfheal.event.SecurityIncident;
import dev.selfheal.event.SourceRepository;
import dev.selfheal.event.VerdictKind;
import dev.selfheal.runtime.KafkaClients;
import dev.selfheal.runtime.MessagePublisher;
import dev.selfheal.topic.Topic;
import dev.selfheal.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole worker against a real broker, with the real sandbox, on small real projects. */
class ValidationIT {

    /** Each takes as long as the way to the worker and back. */
    private static final int MOST_ASKED = 100;

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Topics TOPICS = new Topics(Topics.DEFAULT_PREFIX);

    @TempDir
    private static Path temp;

    private static LocalCluster cluster;
    private static KafkaClients clients;
    private static MessagePublisher publisher;
    private static ValidationService service;
    private static SampleProject project;
    private static String commit;

    @BeforeAll
    static void startWorker() throws Exception {
        cluster = LocalCluster.start(temp.resolve("cluster"), TOPICS);
        ValidationConfig config = new ValidationConfig(Map.of(
                ServiceConfig.BOOTSTRAP_SERVERS, cluster.bootstrapServers(),
                ServiceConfig.SCHEMA_REGISTRY_URL, cluster.registryUrl(),
                ValidationConfig.WORK_DIRECTORY, temp.resolve("work").toString(),
                ValidationConfig.KEY_FILE, temp.resolve("key.pem").toString(),
                ValidationConfig.KEY_CREATE, "true",
                ValidationConfig.REPRODUCTION_TIMEOUT, "5000",
                ValidationConfig.CONCURRENCY, "1"));
        clients = new KafkaClients(config);
        publisher = new MessagePublisher(clients, "test");
        project = SampleProject.withJupiter(Files.createDirectory(temp.resolve("jupiter")));
        commit = project.git("rev-parse", "HEAD").strip();
        publish(TOPICS.policies(), Proposals.policy(project.repository()));
        service = new ValidationService(config, new SimpleMeterRegistry(), Clock.systemUTC());
        service.start();
    }

    @AfterAll
    static void stopAll() {
        service.close();
        publisher.close();
        cluster.close();
    }

    @Test
    void shouldApproveAndSignAFixWhenTheReproductionPassesOnlyWithIt() throws Exception {
        PatchVerdict verdict = verdictOn("fix", Proposals.fix(project));
        assertThat(verdict.getVerdict()).as(verdict.toString()).isEqualTo(VerdictKind.APPROVED);
        assertThat(verdict.getEvidence().getFailedBefore()).isTrue();
        assertThat(verdict.getEvidence().getPassedAfter()).isTrue();
        assertThat(verdict.getEvidence().getTestsRun()).isEqualTo(3);
        assertThat(verdict.getEvidence().getNewFailures()).isZero();
        String key = Ed25519Key.load(temp.resolve("key.pem")).publicKeyPem();
        assertThat(new AttestationVerifier(List.of(key), Clock.systemUTC()).verify(verdict))
                .isInstanceOf(Verification.Valid.class);
        Path clone = temp.resolve("clone");
        SampleProject.run(temp, "clone", "--quiet", project.directory().toString(), clone.toString());
        Files.writeString(temp.resolve("fix.diff"), verdict.getDiff());
        SampleProject.run(clone, "apply", "--index", temp.resolve("fix.diff").toString());
        assertThat(SampleProject.run(clone, "write-tree").strip()).isEqualTo(verdict.getTree());
    }

    @Test
    void shouldAskAPersonWhenTheErrorCarriesNoReproduction() throws Exception {
        ErrorEvent event = Proposals.event("java.lang.NullPointerException", null);
        PatchVerdict verdict = verdict(Proposals.proposal("bare", commit, event, Proposals.fix(project)));
        assertThat(verdict.getVerdict()).isEqualTo(VerdictKind.NEEDS_REVIEW);
        assertThat(verdict.getReason()).contains("without a reproduction");
    }

    @Test
    void shouldAskAPersonWhenTheBaseFailsOtherwiseThanReported() throws Exception {
        ErrorEvent reported = ErrorEvent.newBuilder(Proposals.reproducible())
                .setExceptions(
                        Proposals.event("java.lang.IllegalStateException", null).getExceptions())
                .build();
        PatchVerdict verdict = verdict(Proposals.proposal("other", commit, reported, Proposals.fix(project)));
        assertThat(verdict.getVerdict()).isEqualTo(VerdictKind.NEEDS_REVIEW);
        assertThat(check(verdict, "reproduction").getSummary())
                .contains("not reproduced", "NullPointerException", "IllegalStateException");
    }

    @Test
    void shouldTakeTheNextCandidateWhenTheFirstIsRefuted() throws Exception {
        CandidatePatch wrong = Proposals.cart(project, "            sum += 1 + price;");
        PatchVerdict verdict = verdictOn("second", wrong, Proposals.fix(project));
        assertThat(verdict.getVerdict()).isEqualTo(VerdictKind.APPROVED);
        assertThat(verdict.getRefuted())
                .singleElement()
                .satisfies(refuted -> assertThat(refuted.getCheck()).isEqualTo("reproduction"));
    }

    @Test
    void shouldRejectWhenAnotherTestBreaks() throws Exception {
        CandidatePatch wrong = Proposals.cart(project, "            sum = 3; if (prices.size() == 2) sum = 4;");
        PatchVerdict verdict = verdictOn("breaks", wrong);
        assertThat(verdict.getVerdict()).isEqualTo(VerdictKind.REJECTED);
        assertThat(verdict.getReason()).contains("affected-tests", "totalAddsPrices");
        assertThat(verdict.getEvidence().getNewFailures()).isEqualTo(1);
    }

    @Test
    void shouldRejectWithTheCompilersWordsWhenItDoesNotCompile() throws Exception {
        PatchVerdict verdict = verdictOn("compile", Proposals.cart(project, "            sum += prize;"));
        assertThat(verdict.getReason()).contains("compiles", "cannot find symbol");
    }

    @Test
    void shouldRejectAPatchThatTouchesTheBuild() throws Exception {
        FileEdit edit = Proposals.edit(
                "pom.xml", project.read("pom.xml"), 2, List.of("  <modelVersion>4.0.0</modelVersion>"), List.of("  "));
        assertThat(verdictOn("pom", Proposals.candidate(edit)).getReason())
                .contains("policy", "pom.xml", "build files");
    }

    @Test
    void shouldRejectAPatchThatDeletesATest() throws Exception {
        FileEdit edit = FileEdit.newBuilder()
                .setPath(SampleProject.CART_TEST)
                .setBaseSha256("0".repeat(64))
                .setDeletes(true)
                .build();
        assertThat(verdictOn("test", Proposals.candidate(edit)).getReason())
                .contains("policy", "must not change or remove tests");
    }

    @Test
    void shouldRejectAndReportAPathThatLeavesTheRepository() throws Exception {
        FileEdit edit = Proposals.edit("src/main/java/../../../../etc/passwd", new byte[0], 1, List.of(), List.of("x"));
        PatchVerdict verdict = verdictOn("escape", Proposals.candidate(edit));
        assertThat(verdict.getReason()).contains("leaves the repository");
        assertThat(incident(verdict).getRule()).isEqualTo("SH-POLICY-ESCAPE");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    loop   | reproduction | while (sum >= 0) { sum = Math.max(sum, 0); }
                    socket | risk         | new java.net.Socket("127.0.0.1", 1).close();
                    fork   | risk         | Runtime.getRuntime().exec("id");
                    home   | reproduction | java.io.File home = new java.io.File(System.getProperty("user.home"), ".m2/repository"); if (!home.exists()) throw new IllegalStateException("nothing there");
                    """)
    void shouldContainAndReportHostileCode(String name, String check, String code) throws Exception {
        String guarded =
                "            try { " + code + " } catch (java.io.IOException e) { throw new RuntimeException(e); }";
        String plain = "            " + code;
        CandidatePatch hostile = Proposals.cart(project, check.equals("risk") ? guarded : plain);
        PatchVerdict verdict = verdictOn("hostile-" + name, hostile);
        assertThat(verdict.getVerdict()).isEqualTo(VerdictKind.REJECTED);
        assertThat(verdict.getReason()).startsWith(check + ":");
    }

    @Test
    void shouldHealAProjectWithJunit4() throws Exception {
        SampleProject old = SampleProject.withJunit4(Files.createDirectory(temp.resolve("junit4")));
        PatchProposal proposal = proposalFor("old-shop", old, Proposals.fix(old));
        assertThat(verdict(proposal).getVerdict()).isEqualTo(VerdictKind.APPROVED);
    }

    @Test
    void shouldHealAProjectWithTestNgAndRejectWhatBreaksARowOfItsData() throws Exception {
        SampleProject other = SampleProject.withTestNg(Files.createDirectory(temp.resolve("testng")));
        PatchVerdict fixed = verdict(proposalFor("testng-shop", other, Proposals.fix(other)));
        assertThat(fixed.getVerdict()).as(fixed.toString()).isEqualTo(VerdictKind.APPROVED);
        assertThat(fixed.getEvidence().getTestsRun()).isEqualTo(3);

        CandidatePatch wrong = Proposals.cart(other, "            sum = 3;");
        PatchVerdict broken = verdict(proposalFor("testng-wrong", other, wrong));
        assertThat(broken.getVerdict()).isEqualTo(VerdictKind.REJECTED);
        assertThat(broken.getReason()).contains("affected-tests", "CartTest#totalAddsPrices[1]");
    }

    @Test
    void shouldPrepareTheBaseWhenACaseOpens() throws Exception {
        project.git("checkout", "--quiet", "-b", "ahead");
        project.write("README", "another commit, so another base");
        String ahead = project.commit();
        project.git("checkout", "--quiet", "main");
        try (WatchService watch = temp.getFileSystem().newWatchService()) {
            Path baselines = Files.createDirectories(temp.resolve("work/baselines"));
            baselines.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
            publish(
                    TOPICS.healingRequests(),
                    HealingRequest.newBuilder()
                            .setCaseId("ahead")
                            .setGroup("v3:0")
                            .setService(Proposals.SERVICE)
                            .setAttempt(1)
                            .setMaxAttempts(3)
                            .setRequestedAt(Instant.now())
                            .setDeadline(Instant.now())
                            .setEvent(ErrorEvent.newBuilder(Proposals.reproducible())
                                    .setCommit(ahead)
                                    .build())
                            .build());
            assertThat(watch.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isNotNull();
        }
    }

    @ParameterizedTest
    @CsvSource({"true, APPROVED", "false, NEEDS_REVIEW"})
    void shouldJudgeAPythonProjectAsItsPolicySays(boolean autonomous, VerdictKind expected) throws Exception {
        CommandProject.assumePytest();
        String service = "python-" + autonomous;
        CommandProject python = CommandProject.python(Files.createDirectory(temp.resolve(service)));
        String head = SampleProject.initialised(python.root());
        CommandBuild build = CommandBuild.newBuilder(
                        python.source().getCommand().orElseThrow())
                .setAutonomous(autonomous)
                .build();
        SourceRepository source =
                SourceRepository.newBuilder(python.source()).setCommand(build).build();
        publishPolicy(HealingPolicy.newBuilder(Proposals.policy(source))
                .setService(service)
                .setAutonomy(AutonomyPolicy.newBuilder()
                        .setAllowedPaths(List.of("*.py"))
                        .build())
                .build());
        PatchVerdict verdict = verdict(PatchProposal.newBuilder(
                        Proposals.proposal(service, head, python.event(), python.patch(CommandProject.PYTHON_FIX)))
                .setService(service)
                .build());
        assertThat(verdict.getVerdict()).as(verdict.toString()).isEqualTo(expected);
        assertThat(verdict.getEvidence().getFailedBefore()).isTrue();
        assertThat(verdict.getEvidence().getPassedAfter()).isTrue();
        assertThat(verdict.getAttestation()).isNotEmpty();
    }

    @Test
    void shouldRejectWithTheCompilersFirstErrorsWhenTheBaseIsBroken() throws Exception {
        SampleProject broken = SampleProject.withJupiter(Files.createDirectory(temp.resolve("broken")));
        broken.write(SampleProject.CART, "package org.example;\n\npublic class Cart { int x = y; }\n");
        String head = broken.commit();
        publishPolicy(HealingPolicy.newBuilder(Proposals.policy(broken.repository()))
                .setService("broken-shop")
                .build());
        PatchProposal proposal = PatchProposal.newBuilder(
                        Proposals.proposal("broken", head, Proposals.reproducible(), Proposals.fix(project)))
                .setService("broken-shop")
                .build();
        PatchVerdict verdict = verdict(proposal);
        assertThat(verdict.getVerdict()).isEqualTo(VerdictKind.REJECTED);
        assertThat(verdict.getReason())
                .contains(
                        "BASE_BROKEN",
                        "does not build before any patch",
                        SampleProject.CART + ":[3,",
                        "cannot find symbol");
    }

    @Test
    void shouldRejectWhenNoPolicyIsKnown() throws Exception {
        PatchProposal proposal = PatchProposal.newBuilder(
                        Proposals.proposal("nobody", commit, Proposals.reproducible(), Proposals.fix(project)))
                .setService("nobody")
                .build();
        assertThat(verdict(proposal).getReason()).contains("NO_POLICY");
    }

    @Test
    void shouldSendAPoisonRecordToTheDeadLettersAndGoOn() throws Exception {
        byte[] key = "poison".getBytes(StandardCharsets.UTF_8);
        try (Producer<byte[], byte[]> raw = clients.newProducer("poisoner")) {
            raw.send(new ProducerRecord<>(TOPICS.patchProposals().name(), key, new byte[] {1, 2, 3}))
                    .get();
        }
        assertThat(verdictOn("after-poison", Proposals.fix(project)).getVerdict())
                .isEqualTo(VerdictKind.APPROVED);
        assertThat(await(
                        TOPICS.patchProposals().deadLetterName(),
                        record -> new String(record.key(), StandardCharsets.UTF_8).equals("poison")))
                .isPresent();
    }

    private static PatchVerdict verdictOn(String id, CandidatePatch... candidates) throws Exception {
        return verdict(Proposals.proposal(id, commit, Proposals.reproducible(), candidates));
    }

    /** Of a service of its own, with the project for its source. */
    private static PatchProposal proposalFor(String service, SampleProject source, CandidatePatch patch)
            throws Exception {
        publish(
                TOPICS.policies(),
                HealingPolicy.newBuilder(Proposals.policy(source.repository()))
                        .setService(service)
                        .build());
        String head = source.git("rev-parse", "HEAD").strip();
        return PatchProposal.newBuilder(Proposals.proposal(service, head, Proposals.reproducible(), patch))
                .setService(service)
                .build();
    }

    private static PatchVerdict verdict(PatchProposal proposal) throws Exception {
        publish(TOPICS.patchProposals(), proposal);
        Deserializer<PatchVerdict> values = clients.valueDeserializer(PatchVerdict.class);
        List<PatchVerdict> found = new ArrayList<>();
        await(
                List.of(
                        TOPICS.approvedPatches().name(),
                        TOPICS.rejectedPatches().name(),
                        TOPICS.patchesForReview().name()),
                record -> {
                    PatchVerdict verdict = values.deserialize(record.topic(), record.headers(), record.value());
                    boolean ours = verdict.getProposalId().equals(proposal.getProposalId());
                    if (ours) {
                        found.add(verdict);
                    }
                    return ours;
                });
        assertThat(found).as("verdict on " + proposal.getProposalId()).isNotEmpty();
        return found.get(0);
    }

    private static SecurityIncident incident(PatchVerdict verdict) {
        Deserializer<SecurityIncident> values = clients.valueDeserializer(SecurityIncident.class);
        String topic = TOPICS.securityIncidents().name();
        return await(topic, record -> new String(record.key(), StandardCharsets.UTF_8).equals(verdict.getCaseId()))
                .map(record -> values.deserialize(topic, record.headers(), record.value()))
                .orElseThrow();
    }

    private static CheckResult check(PatchVerdict verdict, String name) {
        return verdict.getChecks().stream()
                .filter(check -> check.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Returns when the worker knows it: policies and proposals come by topics of their own. */
    private static void publishPolicy(HealingPolicy policy) throws Exception {
        publish(TOPICS.policies(), policy);
        String reason = "NO_POLICY";
        for (int i = 0; i < MOST_ASKED && reason.contains("NO_POLICY"); i++) {
            reason = verdict(PatchProposal.newBuilder(
                                    Proposals.proposal("asks-" + UUID.randomUUID(), commit, Proposals.reproducible()))
                            .setService(policy.getService())
                            .build())
                    .getReason();
        }
        assertThat(reason).doesNotContain("NO_POLICY");
    }

    private static <T extends SpecificRecord> void publish(Topic<T> topic, T data) throws Exception {
        publisher
                .publish(topic, Envelope.first("/test", topic.keyOf(data), Instant.now(), data))
                .get();
    }

    private interface Match {
        boolean test(ConsumerRecord<byte[], byte[]> message) throws IOException;
    }

    private static Optional<ConsumerRecord<byte[], byte[]>> await(String topic, Match match) {
        try {
            return await(List.of(topic), match);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<ConsumerRecord<byte[], byte[]>> await(List<String> topics, Match match) throws IOException {
        try (Consumer<byte[], byte[]> consumer = clients.newConsumer("reader", Map.of("group.id", "reader"))) {
            List<TopicPartition> partitions = topics.stream()
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Instant end = Instant.now().plus(PATIENCE);
            while (Instant.now().isBefore(end)) {
                for (ConsumerRecord<byte[], byte[]> message : consumer.poll(Duration.ofMillis(200))) {
                    if (match.test(message)) {
                        return Optional.of(message);
                    }
                }
            }
            return Optional.empty();
        }
    }
}
