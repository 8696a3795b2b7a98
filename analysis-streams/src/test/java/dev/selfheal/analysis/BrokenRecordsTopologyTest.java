package dev.selfheal.analysis;

import static dev.selfheal.analysis.Samples.GROUP;
import static dev.selfheal.analysis.Samples.SERVICE;
import static dev.selfheal.analysis.Samples.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.embedded.LocalRegistry;
import dev.selfheal.event.BreakerPosition;
import dev.selfheal.event.BreakerScope;
import dev.selfheal.event.BreakerState;
import dev.selfheal.event.Decision;
import dev.selfheal.event.DeploymentStatus;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.ErrorTrend;
import dev.selfheal.event.HealingRequest;
import dev.selfheal.event.Lane;
import dev.selfheal.event.ProposerRecord;
import dev.selfheal.event.RegressionWatch;
import dev.selfheal.event.SecurityIncident;
import dev.selfheal.event.ServiceTrend;
import dev.selfheal.event.VerdictKind;
import dev.selfheal.event.WorkerLoad;
import dev.selfheal.topic.Topic;
import dev.selfheal.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Anybody may write to the topics: what breaks their contract is set aside, and the next record is processed. */
class BrokenRecordsTopologyTest {

    private static final Topics TOPICS = new Topics(Topics.DEFAULT_PREFIX);
    private static final HealingRequest REQUEST = HealingRequest.newBuilder()
            .setCaseId("case-1")
            .setGroup(GROUP)
            .setService(SERVICE)
            .setAttempt(1)
            .setMaxAttempts(3)
            .setLane(Lane.NORMAL)
            .setRequestedAt(START)
            .setDeadline(START.plusSeconds(600))
            .setEvent(Samples.error("e0", START).build())
            .build();

    /** One for all: nothing that is sent may stop it. */
    private static LoopDriver loop;

    private static LocalRegistry registry;
    private static int sent;

    @BeforeAll
    static void start(@TempDir Path stateDir) {
        registry = LocalRegistry.start(OptionalInt.empty(), stateDir.resolve("schemas"));
        loop = new LoopDriver(registry, stateDir);
        loop.know(Samples.policy().build());
    }

    @AfterAll
    static void stop() {
        loop.close();
        registry.close();
    }

    /** A topic and a good record of it. */
    private record Source<T extends SpecificRecord>(Topic<T> topic, T good) {

        @Override
        public String toString() {
            return topic.name();
        }
    }

    static Stream<Source<?>> streams() {
        return Stream.of(
                new Source<>(
                        TOPICS.errorEvents(),
                        Samples.reproducible("e1", START).setGroup("v1:other").build()),
                new Source<>(
                        TOPICS.patchProposals(),
                        Samples.proposal(REQUEST, START).build()),
                new Source<>(
                        TOPICS.approvedPatches(),
                        Samples.verdict(REQUEST, VerdictKind.APPROVED, START).build()),
                new Source<>(
                        TOPICS.rejectedPatches(),
                        Samples.verdict(REQUEST, VerdictKind.REJECTED, START).build()),
                new Source<>(
                        TOPICS.patchesForReview(),
                        Samples.verdict(REQUEST, VerdictKind.NEEDS_REVIEW, START)
                                .build()),
                new Source<>(
                        TOPICS.reviewDecisions(),
                        Samples.review("case-1", Decision.REJECT, START).build()),
                new Source<>(
                        TOPICS.deployments(),
                        Samples.deployment("case-1", DeploymentStatus.SUCCEEDED, START)
                                .build()),
                new Source<>(TOPICS.securityIncidents(), incident()));
    }

    static Stream<Source<?>> tables() {
        return Stream.of(
                new Source<>(
                        TOPICS.policies(), Samples.policy().setService("other").build()),
                new Source<>(TOPICS.breakerStates(), breaker()),
                new Source<>(TOPICS.workerLoads(), load()),
                new Source<>(TOPICS.regressionWatches(), watch()),
                new Source<>(TOPICS.serviceTrends(), trend()),
                new Source<>(TOPICS.proposerRecords(), proposer()));
    }

    @Test
    void shouldTryEverySourceOfTheTopology() {
        String topology = AnalysisTopology.build(new AnalysisConfig(Map.of()), LoopDriver.PARTITIONS)
                .describe()
                .toString();
        List<String> read = Pattern.compile("topics: \\[(selfheal\\.[^\\]]+)\\]")
                .matcher(topology)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();

        assertThat(Stream.concat(streams(), tables()).map(Source::toString)).containsExactlyInAnyOrderElementsOf(read);
    }

    @ParameterizedTest
    @MethodSource("streams")
    void shouldSetAsideWhatHasNoKeyOrValueOrIsUnderAnotherKeyAndGoOn(Source<?> source) {
        loop.sendBytes(source.topic(), key(source), null);
        loop.sendBytes(source.topic(), null, null);
        sendUnder(null, source);
        sendUnder("", source);
        sendUnder("k", source);

        assertSetAside(source.topic(), 5);
    }

    @Test
    void shouldSetErrorWithoutGroupAsideAndGoOn() {
        ErrorEvent error = Samples.reproducible("e1", START).setGroup("").build();
        loop.send(TOPICS.errorEvents(), error, START);

        assertSetAside(TOPICS.errorEvents(), 1);
    }

    /** Nobody has to name a case: then the decision is about the group's newest. */
    @Test
    void shouldTakeDecisionUnderItsEmptyCase() {
        loop.send(
                TOPICS.reviewDecisions(),
                Samples.review("", Decision.STOP, START).build(),
                START);

        assertThat(loop.bytes(TOPICS.reviewDecisions().deadLetterName())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("streams")
    void shouldTakeGoodRecord(Source<?> source) {
        sendUnder(key(source), source);

        assertThat(loop.bytes(source.topic().deadLetterName())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("tables")
    void shouldKeepLastGoodValueWhenTheNextCannotBeTaken(Source<?> source) {
        sendUnder(key(source), source);
        List<String> before = table(source);
        assertThat(before).contains(key(source));

        int ignoredBefore = loop.ignoredRecords();
        sendUnder("k", source);
        sendUnder("", source);
        sendUnder(null, source);
        loop.sendBytes(source.topic(), "k", "not avro".getBytes(StandardCharsets.UTF_8));
        loop.sendBytes(source.topic(), "k", null);
        loop.sendBytes(source.topic(), "", null);
        loop.sendBytes(source.topic(), null, null);

        assertThat(table(source)).isEqualTo(before);
        assertThat(loop.ignoredRecords() - ignoredBefore).isEqualTo(5);
        assertGoesOn();
    }

    private <T extends SpecificRecord> void sendUnder(String key, Source<T> source) {
        loop.sendUnder(key, source.topic(), source.good());
    }

    private static <T extends SpecificRecord> String key(Source<T> source) {
        return source.topic().keyOf(source.good());
    }

    private List<String> table(Source<?> source) {
        List<String> keys = new ArrayList<>();
        loop.table(source.topic().name().substring(Topics.DEFAULT_PREFIX.length()))
                .all()
                .forEachRemaining(entry -> keys.add(entry.key));
        return keys;
    }

    private void assertSetAside(Topic<?> topic, int records) {
        assertThat(loop.bytes(topic.deadLetterName()))
                .hasSize(records)
                .allSatisfy(letter -> assertThat(letter.headers().lastHeader("__streams.errors.topic"))
                        .isNotNull());
        assertGoesOn();
    }

    private void assertGoesOn() {
        Instant at = START.plusSeconds(++sent);
        ErrorEvent error = Samples.reproducible("next" + sent, at)
                .setGroup("v1:next" + sent)
                .build();
        loop.trends();
        loop.send(TOPICS.errorEvents(), error, at);
        assertThat(loop.trends()).extracting(ErrorTrend::getGroup).contains(error.getGroup());
    }

    private static SecurityIncident incident() {
        return SecurityIncident.newBuilder()
                .setIncidentId("incident-1")
                .setCaseId("case-1")
                .setService(SERVICE)
                .setRule("network")
                .setDescription("it opened a socket")
                .setAt(START)
                .build();
    }

    private static BreakerState breaker() {
        return BreakerState.newBuilder()
                .setScope(BreakerScope.SERVICE)
                .setName("other")
                .setPosition(BreakerPosition.OPEN)
                .setSince(START)
                .build();
    }

    private static WorkerLoad load() {
        return WorkerLoad.newBuilder()
                .setWorker("patch-worker-1")
                .setKind("patch-worker")
                .setInFlight(0)
                .setCapacity(1)
                .setAt(START)
                .build();
    }

    private static RegressionWatch watch() {
        return RegressionWatch.newBuilder()
                .setCaseId("case-1")
                .setGroup(GROUP)
                .setService(SERVICE)
                .setDeploymentId("deployment-1")
                .setDeployedAt(START)
                .setUntil(START.plusSeconds(600))
                .build();
    }

    private static ServiceTrend trend() {
        return ServiceTrend.newBuilder()
                .setService("other")
                .setWindowStart(START)
                .setWindowEnd(START.plusSeconds(60))
                .setCount(1)
                .build();
    }

    private static ProposerRecord proposer() {
        return ProposerRecord.newBuilder()
                .setProposer("template")
                .setErrorType(Samples.NULL_POINTER)
                .setAlpha(1)
                .setBeta(1)
                .setUpdatedAt(START)
                .build();
    }
}
