package dev.selfheal.patch;

import static dev.selfheal.patch.model.ModelServer.ANTHROPIC;
import static dev.selfheal.patch.model.ModelServer.OPENAI;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.embedded.LocalCluster;
import dev.selfheal.envelope.Envelope;
import dev.selfheal.event.BreakerPosition;
import dev.selfheal.event.BreakerScope;
import dev.selfheal.event.BreakerState;
import dev.selfheal.event.HealingPolicy;
import dev.selfheal.event.HealingRequest;
import dev.selfheal.event.OriginKind;
import dev.selfheal.event.PatchProposal;
import dev.selfheal.event.ProposalOutcome;
import dev.selfheal.patch.model.ModelServer;
import dev.selfheal.runtime.CompactedTable;
import dev.selfheal.runtime.KafkaClients;
import dev.selfheal.runtime.MessagePublisher;
import dev.selfheal.topic.Topic;
import dev.selfheal.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The worker against a real broker, a real repository and a model server on loopback. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PatchWorkerIT {

    private static final Topics TOPICS = new Topics(Topics.DEFAULT_PREFIX);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ModelServer models = new ModelServer();
    private LocalCluster cluster;
    private KafkaClients clients;
    private MessagePublisher publisher;
    private PatchWorkerService service;
    private String head;
    private Path repository;
    private Path work;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        repository = directory.resolve("shop");
        Shop.writeTo(repository);
        head = commitAll(repository);
        work = directory.resolve("work");
        cluster = LocalCluster.start(directory.resolve("kafka"), TOPICS);
        PatchWorkerConfig config = new PatchWorkerConfig(settings());
        clients = new KafkaClients(config);
        publisher = new MessagePublisher(clients, "test");
        publish(TOPICS.policies(), Shop.policy(repository.toString(), "template"));
        publish(TOPICS.policies(), policy("modelled", "claude"));
        publish(TOPICS.policies(), policy("deserted", "gpt"));
        HealingPolicy lost = HealingPolicy.newBuilder(
                        Shop.policy(directory.resolve("nowhere").toString(), "template"))
                .setService("lost")
                .build();
        publish(TOPICS.policies(), lost);
        service = new PatchWorkerService(config, new SimpleMeterRegistry(), Clock.systemUTC());
        service.start();
    }

    private Map<String, String> settings() {
        Map<String, String> values = new HashMap<>();
        values.put("bootstrap.servers", cluster.bootstrapServers());
        values.put("schema.registry.url", cluster.registryUrl());
        values.put("work.directory", work.toString());
        values.put("retry.max.attempts", "2");
        values.put("retry.backoff.ms", "1");
        values.put("models.routes", "claude,gpt");
        values.put("model.claude.protocol", "anthropic");
        values.put("model.claude.name", "claude-test");
        values.put("model.claude.base.url", models.url());
        values.put("model.claude.api.keys", "key");
        values.put("model.gpt.protocol", "openai");
        values.put("model.gpt.name", "gpt-test");
        values.put("model.gpt.base.url", models.url() + "/v1");
        values.put("model.gpt.retry.max.attempts", "2");
        values.put("model.gpt.retry.backoff.ms", "1");
        values.put("model.gpt.breaker.minimum.calls", "2");
        values.put("model.gpt.breaker.open.ms", "60000");
        return values;
    }

    private HealingPolicy policy(String name, String provider) {
        return HealingPolicy.newBuilder(Shop.policy(repository.toString(), provider))
                .setService(name)
                .build();
    }

    @AfterAll
    void stop() {
        service.close();
        publisher.close();
        cluster.close();
        models.close();
    }

    private static String commitAll(Path directory) throws Exception {
        try (Git git = Git.init()
                .setDirectory(directory.toFile())
                .setInitialBranch("main")
                .call()) {
            git.add().addFilepattern(".").call();
            return git.commit()
                    .setMessage("An invoice needs an address")
                    .setAuthor("A", "a@example.org")
                    .setCommitter("A", "a@example.org")
                    .setSign(false)
                    .call()
                    .getName();
        }
    }

    private <T extends SpecificRecord> void publish(Topic<T> topic, T record) throws Exception {
        publisher
                .publish(topic, Envelope.first("/test", topic.keyOf(record), Instant.now(), record))
                .get();
    }

    private PatchProposal answerTo(String serviceName, Topic<HealingRequest> lane) throws Exception {
        HealingRequest request = HealingRequest.newBuilder(
                        Shop.request(UUID.randomUUID().toString(), Instant.now().plus(PATIENCE)))
                .setService(serviceName)
                .build();
        publish(lane, request);
        return await(TOPICS.patchProposals(), proposal -> proposal.getCaseId().equals(request.getCaseId()));
    }

    private <T extends SpecificRecord> T await(Topic<T> topic, Predicate<T> wanted) {
        Deserializer<T> values = clients.valueDeserializer(topic.type());
        return awaitRecord(
                topic.name(), record -> values.deserialize(record.topic(), record.headers(), record.value()), wanted);
    }

    private <R> R awaitRecord(
            String topic, java.util.function.Function<ConsumerRecord<byte[], byte[]>, R> read, Predicate<R> wanted) {
        try (Consumer<byte[], byte[]> consumer =
                clients.newConsumer("test", Map.of("group.id", UUID.randomUUID().toString()))) {
            consumer.subscribe(List.of(topic));
            Instant limit = Instant.now().plus(PATIENCE);
            while (Instant.now().isBefore(limit)) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    R value = read.apply(record);
                    if (wanted.test(value)) {
                        return value;
                    }
                }
            }
        }
        throw new AssertionError("nothing of the kind on " + topic + " within " + PATIENCE);
    }

    @Test
    void shouldProposeTemplateFixForNullPointer() throws Exception {
        PatchProposal proposal = answerTo(Shop.SERVICE, TOPICS.healingRequests());

        assertThat(proposal.getOutcome()).isEqualTo(ProposalOutcome.PROPOSED);
        assertThat(proposal.getBaseCommit()).isEqualTo(head);
        assertThat(proposal.getSuspects().get(0).getPath()).isEqualTo(Shop.FILE);
        assertThat(proposal.getCandidates()).isNotEmpty().allSatisfy(candidate -> {
            assertThat(candidate.getOrigin().getKind()).isEqualTo(OriginKind.TEMPLATE);
            assertThat(candidate.getEdits()).extracting(edit -> edit.getPath()).containsExactly(Shop.FILE);
            assertThat(candidate.getPatchId()).matches("[0-9a-f]{64}");
        });
    }

    @Test
    void shouldProposeWhatTheModelAnswered() throws Exception {
        models.replies(ANTHROPIC, ModelServer.anthropic("I need more context."), ModelServer.anthropic(Shop.REPLY));

        PatchProposal proposal = answerTo("modelled", TOPICS.urgentHealingRequests());

        assertThat(proposal.getReason()).isEmpty();
        assertThat(proposal.getCandidates()).singleElement().satisfies(candidate -> {
            assertThat(candidate.getOrigin().getKind()).isEqualTo(OriginKind.MODEL);
            assertThat(candidate.getOrigin().getName()).isEqualTo("claude-test");
            assertThat(candidate.getOrigin().getVersion()).isEqualTo("claude");
            assertThat(candidate.getEdits().get(0).getHunks().get(0).getAfter())
                    .containsExactly("        int length = address == null ? 0 : address.trim().length();");
            assertThat(candidate.getExplanation()).startsWith("The address may be missing");
        });
        assertThat(proposal.getUsage()).singleElement().satisfies(usage -> {
            assertThat(usage.getModel()).isEqualTo("claude-test");
            assertThat(usage.getCalls()).isEqualTo(2);
        });
        assertThat(models.body(ANTHROPIC, 0).at("/messages/0/content/0/text").asText())
                .contains("int length = address.trim().length();")
                .contains("assertEquals(0, new Invoice().labelLength(null));");
    }

    @Test
    void shouldFallBackToTemplatesAndTellWhenTheModelsBreakerOpens() throws Exception {
        models.replies(OPENAI, ModelServer.error(500, "server_error", "boom"));

        PatchProposal proposal = answerTo("deserted", TOPICS.healingRequests());

        assertThat(proposal.getCandidates().get(0).getOrigin().getKind()).isEqualTo(OriginKind.TEMPLATE);
        BreakerState state = await(TOPICS.breakerStates(), breaker -> breaker.getPosition() == BreakerPosition.OPEN);
        assertThat(state.getScope()).isEqualTo(BreakerScope.MODEL_ROUTE);
        assertThat(state.getName()).isEqualTo("gpt/1");
    }

    @Test
    void shouldSayWhyWhenThereIsNoPolicy() throws Exception {
        PatchProposal proposal = answerTo("unknown", TOPICS.healingRequests());

        assertThat(proposal.getOutcome()).isEqualTo(ProposalOutcome.FAILED);
        assertThat(proposal.getReason()).hasValue("NO_POLICY: no policy for service unknown");
    }

    @Test
    void shouldSayWhyWhenTheSourceCannotBeHad() throws Exception {
        PatchProposal proposal = answerTo("lost", TOPICS.healingRequests());

        assertThat(proposal.getOutcome()).isEqualTo(ProposalOutcome.FAILED);
        assertThat(proposal.getReason())
                .hasValueSatisfying(reason -> assertThat(reason).startsWith("SOURCE_UNAVAILABLE: "));
    }

    @Test
    void shouldPutPoisonAsideAndProcessWhatFollows() throws Exception {
        try (Producer<byte[], byte[]> producer = clients.newProducer("poisoner")) {
            for (int partition = 0; partition < 2; partition++) {
                producer.send(new ProducerRecord<>(
                                TOPICS.healingRequests().name(),
                                partition,
                                "poison".getBytes(StandardCharsets.UTF_8),
                                "not avro".getBytes(StandardCharsets.UTF_8)))
                        .get();
            }
        }

        PatchProposal next = answerTo(Shop.SERVICE, TOPICS.healingRequests());

        assertThat(next.getOutcome()).isEqualTo(ProposalOutcome.PROPOSED);
        String dead = awaitRecord(
                TOPICS.healingRequests().deadLetterName(),
                record -> new String(record.value(), StandardCharsets.UTF_8),
                value -> true);
        assertThat(dead).isEqualTo("not avro");
    }

    @Test
    void shouldLeaveNoJobFolderBehind() throws Exception {
        answerTo(Shop.SERVICE, TOPICS.healingRequests());

        try (var left = Files.list(work.resolve("jobs"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void shouldBeReadyAndTellWhereBreakersStand() throws Exception {
        try (CompactedTable<BreakerState> states = new CompactedTable<>(clients, TOPICS.breakerStates())) {
            await(TOPICS.breakerStates(), state -> state.getName().equals("claude/1"));
            states.start();
            assertThat(states.get("MODEL_ROUTE:claude/1"))
                    .hasValueSatisfying(state -> assertThat(state.getPosition()).isEqualTo(BreakerPosition.CLOSED));
        }
        assertThat(service.health().ready()).isTrue();
        assertThat(service.health().details()).containsKeys("worker", "policies", "model claude/1", "model gpt/1");
    }
}
