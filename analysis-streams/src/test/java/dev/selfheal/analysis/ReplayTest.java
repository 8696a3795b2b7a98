package dev.selfheal.analysis;

import static dev.selfheal.analysis.Samples.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.embedded.LocalRegistry;
import dev.selfheal.event.Deployment;
import dev.selfheal.event.DeploymentStatus;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.HealingRequest;
import dev.selfheal.event.PatchProposal;
import dev.selfheal.event.VerdictKind;
import dev.selfheal.topic.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {

    @TempDir
    private Path folder;

    @Test
    void shouldGiveTheSameBytesWhenTheSameTopicsAreReplayedLater() {
        try (LocalRegistry registry = LocalRegistry.start(OptionalInt.empty(), folder.resolve("schemas"))) {
            List<String> first = play(registry, folder.resolve("first"), START);
            List<String> second = play(registry, folder.resolve("second"), START.plus(Duration.ofDays(30)));

            assertThat(first)
                    .hasSizeGreaterThan(10)
                    .anyMatch(line -> line.startsWith("selfheal.rollbacks "))
                    .anyMatch(line -> line.startsWith("selfheal.regression-watches "));
            assertThat(second).isEqualTo(first);
        }
    }

    /**
     * A group that is rejected, asked again and left alone, among errors of another; and a third whose patch goes out, makes
     * it worse and is taken back.
     */
    private static List<String> play(LocalRegistry registry, Path stateDir, Instant wallTime) {
        try (LoopDriver loop = new LoopDriver(registry, stateDir, Map.of(), wallTime)) {
            loop.know(Samples.policy().build());
            ErrorEvent event = Samples.reproducible("e1", START).build();
            loop.send(loop.topics().errorEvents(), event, START);
            HealingRequest first =
                    loop.records(loop.topics().healingRequests()).get(0).value();
            PatchProposal proposal =
                    Samples.proposal(first, START.plusSeconds(1)).build();
            loop.send(loop.topics().patchProposals(), proposal, START.plusSeconds(1));
            loop.send(
                    loop.topics().rejectedPatches(),
                    Samples.verdict(first, VerdictKind.REJECTED, START.plusSeconds(2))
                            .build(),
                    START.plusSeconds(2));
            for (int i = 0; i < 20; i++) {
                ErrorEvent other = Samples.error("o" + i, START.plusSeconds(i * 20L))
                        .setGroup("v1:00000000000000000000000000000002")
                        .build();
                loop.send(loop.topics().errorEvents(), other, START.plusSeconds(i * 20L));
            }
            regress(loop);
            loop.passTime(Duration.ofMinutes(11));
            return outputs(loop);
        }
    }

    private static void regress(LoopDriver loop) {
        String group = "v1:00000000000000000000000000000003";
        Instant at = START.plusSeconds(500);
        loop.send(
                loop.topics().errorEvents(),
                Samples.reproducible("third", at).setGroup(group).build(),
                at);
        HealingRequest request = newest(loop.records(loop.topics().healingRequests()));
        loop.send(
                loop.topics().approvedPatches(),
                Samples.approvedPatch(request, at.plusSeconds(1)).build(),
                at.plusSeconds(1));
        Deployment deployed = Samples.deployment(request.getCaseId(), DeploymentStatus.SUCCEEDED, at.plusSeconds(2))
                .setGroup(group)
                .build();
        loop.send(loop.topics().deployments(), deployed, at.plusSeconds(2));
        for (int i = 0; i < 40; i++) {
            Instant then = at.plusSeconds(60 + i);
            ErrorEvent worse = Samples.error("worse" + i, then).setGroup(group).build();
            loop.send(loop.topics().errorEvents(), worse, then);
        }
        loop.send(
                loop.topics().deployments(),
                Deployment.newBuilder(deployed)
                        .setStatus(DeploymentStatus.ROLLED_BACK)
                        .setAt(at.plusSeconds(120))
                        .build(),
                at.plusSeconds(120));
    }

    private static <T> T newest(List<TestRecord<String, T>> records) {
        return records.get(records.size() - 1).value();
    }

    private static List<String> outputs(LoopDriver loop) {
        List<String> outputs = new ArrayList<>();
        for (Topic<?> topic : loop.topics().all()) {
            for (TestRecord<byte[], byte[]> record : loop.bytes(topic.name())) {
                StringBuilder line = new StringBuilder(topic.name()).append(' ').append(record.timestamp());
                append(line, record.key());
                append(line, record.value());
                for (Header header : record.headers()) {
                    line.append(' ').append(header.key());
                    append(line, header.value());
                }
                outputs.add(line.toString());
            }
        }
        return outputs;
    }

    private static void append(StringBuilder line, byte[] bytes) {
        line.append(' ').append(bytes == null ? "-" : Base64.getEncoder().encodeToString(bytes));
    }
}
