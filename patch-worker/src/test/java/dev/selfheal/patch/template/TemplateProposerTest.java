package dev.selfheal.patch.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.attestation.PatchDigest;
import dev.selfheal.event.AutonomyPolicy;
import dev.selfheal.event.CandidatePatch;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.HealingPolicy;
import dev.selfheal.event.OriginKind;
import dev.selfheal.patch.Policies;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplateProposerTest {

    private static final String SOURCE = """
            package shop;

            class Sample {
                int run(String name) {
                    return name.length();
                }
            }
            """;

    private static final ErrorEvent EVENT = Sample.event(
            5, "java.lang.NullPointerException: Cannot invoke \"String.length()\" because \"name\" is null", List.of());

    private final TemplateProposer proposer = new TemplateProposer(PatchDigest::of);

    @TempDir
    Path root;

    @BeforeEach
    void writeSample() throws IOException {
        new Sample(root).write(SOURCE);
    }

    @Test
    void shouldRankCandidatesAndSayWhereTheyComeFrom() throws IOException {
        List<CandidatePatch> candidates = propose(Policies.policy(), Set.of());

        assertThat(candidates).extracting(CandidatePatch::getScore).isSortedAccordingTo((a, b) -> Double.compare(b, a));
        assertThat(candidates).allSatisfy(candidate -> {
            assertThat(candidate.getOrigin().getKind()).isEqualTo(OriginKind.TEMPLATE);
            assertThat(candidate.getPatchId()).isEqualTo(PatchDigest.of(candidate.getEdits()));
            assertThat(candidate.getScore()).isBetween(0.0, 1.0);
            assertThat(candidate.getExplanation()).contains("name");
        });
    }

    @Test
    void shouldProposeEachChangeOnceAndAtMostTheBound() throws IOException {
        List<CandidatePatch> candidates = propose(Policies.policy(), Set.of());

        assertThat(candidates).hasSizeBetween(2, TemplateProposer.MAX_CANDIDATES);
        assertThat(candidates).extracting(CandidatePatch::getPatchId).doesNotHaveDuplicates();
    }

    @Test
    void shouldLeaveOutWhatWasRefuted() throws IOException {
        Set<String> refuted = propose(Policies.policy(), Set.of()).stream()
                .limit(1)
                .map(CandidatePatch::getPatchId)
                .collect(Collectors.toSet());

        assertThat(propose(Policies.policy(), refuted))
                .isNotEmpty()
                .extracting(CandidatePatch::getPatchId)
                .doesNotContainAnyElementsOf(refuted);
    }

    @Test
    void shouldNotTouchPathsThatThePolicyDoesNotAllow() throws IOException {
        HealingPolicy policy = Policies.policy();
        HealingPolicy elsewhere = HealingPolicy.newBuilder(policy)
                .setAutonomy(AutonomyPolicy.newBuilder(policy.getAutonomy())
                        .setAllowedPaths(List.of("billing/**"))
                        .build())
                .build();

        assertThat(propose(elsewhere, Set.of())).isEmpty();
    }

    @Test
    void shouldTellSuspectsWhenNoTemplateHasAnAnswer() throws IOException {
        ErrorEvent event = Sample.event(5, "shop.OutOfStockException: gone", List.of());

        TemplateProposer.Proposals proposals = proposer.propose(root, event, Policies.policy(), Set.of());

        assertThat(proposals.candidates()).isEmpty();
        assertThat(proposals.localisation().suspects()).hasSize(1);
    }

    @Test
    void shouldEditLinesOnlyWhenAFileIsNotUtf8AndHasCarriageReturns() throws IOException {
        String source = SOURCE.replace("class", "/* Grüße */ class")
                .replace("\n", "\r\n")
                .stripTrailing();
        Files.write(root.resolve(Sample.PATH), source.getBytes(StandardCharsets.ISO_8859_1));

        assertThat(propose(Policies.policy(), Set.of()))
                .isNotEmpty()
                .allSatisfy(candidate -> assertThat(candidate.getEdits().get(0).getHunks())
                        .allSatisfy(hunk -> {
                            assertThat(hunk.getStartLine()).isGreaterThanOrEqualTo(5);
                            assertThat(hunk.getAfter()).noneMatch(line -> line.contains("\r") || line.contains("Gr"));
                        }));
    }

    @Test
    void shouldProposeNothingForAFileThatDoesNotParse() throws IOException {
        new Sample(root).write(SOURCE + "}}}");

        assertThat(propose(Policies.policy(), Set.of())).isEmpty();
    }

    private List<CandidatePatch> propose(HealingPolicy policy, Set<String> refuted) throws IOException {
        return proposer.propose(root, EVENT, policy, refuted).candidates();
    }
}
