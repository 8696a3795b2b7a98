package dev.selfheal.patch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.event.CandidatePatch;
import dev.selfheal.event.HealingMode;
import dev.selfheal.event.HealingRequest;
import dev.selfheal.event.ModelUsage;
import dev.selfheal.event.OriginKind;
import dev.selfheal.event.PatchOrigin;
import dev.selfheal.patch.ProviderAnswer.Candidates;
import dev.selfheal.patch.ProviderAnswer.NothingFound;
import dev.selfheal.patch.ProviderAnswer.Unavailable;
import dev.selfheal.patch.localise.Localisation;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProvidersTest {

    private static final ModelUsage USAGE =
            ModelUsage.newBuilder().setModel("m").setCalls(1).build();
    private static final Candidates TEMPLATES = candidates("t");
    private static final Unavailable AWAY = new Unavailable("breaker open", Optional.empty(), List.of());
    private static final NothingFound NOTHING = new NothingFound("no idea", List.of(USAGE));

    private final List<String> asked = new ArrayList<>();

    private static Candidates candidates(String... ids) {
        return new Candidates(
                Arrays.stream(ids)
                        .map(id -> CandidatePatch.newBuilder()
                                .setPatchId(id)
                                .setOrigin(PatchOrigin.newBuilder()
                                        .setKind(OriginKind.TEMPLATE)
                                        .setName("x")
                                        .build())
                                .setEdits(List.of())
                                .build())
                        .toList(),
                List.of());
    }

    private PatchProvider provider(String name, Supplier<ProviderAnswer> answer) {
        return new PatchProvider() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public ProviderAnswer propose(ProposalContext context) {
                asked.add(name);
                return answer.get();
            }
        };
    }

    private static ProposalContext context(Optional<String> wish, Set<String> refuted, String... order) {
        HealingRequest request = HealingRequest.newBuilder(Shop.request("case", Instant.EPOCH))
                .setProvider(wish.orElse(null))
                .build();
        return new ProposalContext(
                request,
                Shop.policy("url", order),
                Path.of("."),
                new Localisation(List.of(), List.of(), List.of()),
                refuted);
    }

    private static ProposalContext with(HealingRequest request, String... order) {
        ProposalContext context = order(order);
        return new ProposalContext(request, context.policy(), Path.of("."), context.localisation(), context.refuted());
    }

    private ProviderAnswer propose(Supplier<ProviderAnswer> claude, ProposalContext context) throws Exception {
        return new Providers(List.of(
                        provider("template", () -> TEMPLATES), provider("claude", claude), provider("gpt", () -> AWAY)))
                .propose(context);
    }

    private static ProposalContext order(String... names) {
        return context(Optional.empty(), Set.of(), names);
    }

    @Test
    void shouldTakeTheFirstCandidatesInPolicyOrder() throws Exception {
        assertThat(propose(() -> candidates("c"), order("claude", "template"))).isEqualTo(candidates("c"));
        assertThat(asked).containsExactly("claude");
    }

    @Test
    void shouldGoOnWhenProviderHasNothingAndKeepItsBill() throws Exception {
        ProviderAnswer answer = propose(() -> NOTHING, order("claude", "template"));

        assertThat(answer).isEqualTo(new Candidates(TEMPLATES.patches(), List.of(USAGE)));
    }

    @Test
    void shouldAskTemplatesWhenNoModelOfThePolicyCanBeReached() throws Exception {
        assertThat(propose(() -> AWAY, order("claude", "gpt"))).isEqualTo(TEMPLATES);
        assertThat(asked).containsExactly("claude", "gpt", "template");
    }

    @Test
    void shouldNotAskTemplatesWhenModelLookedAndFoundNothing() throws Exception {
        ProviderAnswer answer = propose(() -> NOTHING, order("gpt", "claude"));

        assertThat(answer)
                .isEqualTo(new NothingFound("gpt is unavailable: breaker open; claude: no idea", List.of(USAGE)));
    }

    @Test
    void shouldAskOnlyTheProviderThatTheRequestNames() throws Exception {
        ProviderAnswer answer = propose(() -> AWAY, context(Optional.of("claude"), Set.of(), "template"));

        assertThat(answer).isInstanceOf(Unavailable.class);
        assertThat(asked).containsExactly("claude");
    }

    @Test
    void shouldAskInTheOrderOfTheRequestAndThenOfThePolicy() throws Exception {
        HealingRequest request = HealingRequest.newBuilder(
                        order("claude", "template").request())
                .setProviders(List.of("gemini", "gpt"))
                .build();

        assertThat(propose(() -> AWAY, with(request, "claude", "template"))).isEqualTo(TEMPLATES);
        assertThat(asked).containsExactly("gpt", "claude", "template");
    }

    @Test
    void shouldAskTemplatesAloneInModeTemplatesOnly() throws Exception {
        HealingRequest request = HealingRequest.newBuilder(
                        context(Optional.of("claude"), Set.of(), "claude").request())
                .setMode(HealingMode.TEMPLATES_ONLY)
                .setProviders(List.of("claude"))
                .build();

        assertThat(propose(() -> candidates("c"), with(request, "claude"))).isEqualTo(TEMPLATES);
        assertThat(asked).containsExactly("template");
    }

    @Test
    void shouldAskModelsInModeReviewOnly() throws Exception {
        HealingRequest request = HealingRequest.newBuilder(order("claude").request())
                .setMode(HealingMode.REVIEW_ONLY)
                .build();

        assertThat(propose(() -> candidates("c"), with(request, "claude"))).isEqualTo(candidates("c"));
    }

    @Test
    void shouldAskNobodyInModeObserveOnly() throws Exception {
        HealingRequest request = HealingRequest.newBuilder(order("claude").request())
                .setMode(HealingMode.OBSERVE_ONLY)
                .build();

        assertThat(propose(() -> candidates("c"), with(request, "claude"))).isInstanceOf(Unavailable.class);
        assertThat(asked).isEmpty();
    }

    @Test
    void shouldNameKnownProvidersWhenRequestedOneIsUnknown() throws Exception {
        ProviderAnswer answer = propose(() -> AWAY, context(Optional.of("gemini"), Set.of(), "template"));

        assertThat(answer)
                .isInstanceOfSatisfying(
                        Unavailable.class,
                        unavailable -> assertThat(unavailable.reason())
                                .isEqualTo("gemini: not configured here (known: template, claude, gpt)"));
    }

    @Test
    void shouldLeaveOutRefutedAndRepeatedCandidates() throws Exception {
        ProviderAnswer answer =
                propose(() -> candidates("a", "b", "a", "c"), context(Optional.empty(), Set.of("b"), "claude"));

        assertThat(answer).isEqualTo(candidates("a", "c"));
    }

    @Test
    void shouldGoOnWhenAllCandidatesWereRefutedBefore() throws Exception {
        ProviderAnswer answer =
                propose(() -> candidates("a"), context(Optional.empty(), Set.of("a"), "claude", "template"));

        assertThat(answer).isEqualTo(TEMPLATES);
    }

    @Test
    void shouldProposeAtMostSixtyFour() throws Exception {
        String[] many = IntStream.range(0, 100).mapToObj(i -> "p" + i).toArray(String[]::new);

        assertThat(propose(() -> candidates(many), order("claude")))
                .isInstanceOfSatisfying(
                        Candidates.class, found -> assertThat(found.patches()).hasSize(64));
    }

    @Test
    void shouldGoOnWhenProviderHasBug() throws Exception {
        ProviderAnswer answer = propose(
                () -> {
                    throw new IllegalStateException("oops");
                },
                order("claude", "template"));

        assertThat(answer).isEqualTo(TEMPLATES);
    }

    @Test
    void shouldSayThatThePolicyListsNoProvider() throws Exception {
        ProviderAnswer answer = new Providers(List.of(provider("claude", () -> AWAY))).propose(order());

        assertThat(answer)
                .isInstanceOfSatisfying(
                        Unavailable.class, away -> assertThat(away.reason()).contains("template: not configured here"));
    }
}
