package dev.selfheal.ingest.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.event.AutonomyPolicy;
import dev.selfheal.event.BudgetPolicy;
import dev.selfheal.event.GroupingPolicy;
import dev.selfheal.event.HealingPolicy;
import dev.selfheal.event.SourceRepository;
import dev.selfheal.event.TriggerPolicy;
import dev.selfheal.ingest.Traces;
import dev.selfheal.ingest.grouping.ErrorGroup;
import dev.selfheal.ingest.grouping.GroupingRules;
import dev.selfheal.ingest.grouping.InAppPackages;
import dev.selfheal.ingest.publish.EventAssembler;
import dev.selfheal.scrub.Scrubber;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PolicyRulesTest {

    private static final String TRACE = """
            java.lang.IllegalStateException: customer ABC is gone
            \tat org.acme.guard.Guard.check(Guard.java:1)
            \tat org.acme.shop.Cart.total(Cart.java:2)
            \tat org.example.Main.main(Main.java:3)
            """;

    private final Map<String, HealingPolicy> topic = new HashMap<>();
    private final PolicyRules rules = new PolicyRules(
            service -> Optional.ofNullable(topic.get(service)), InAppPackages.parse(List.of("cart=org.example")));

    @Test
    void shouldGoByTheConfigurationWithoutAPolicy() {
        assertThat(group().frame()).isEqualTo("org.example.Main.main");
    }

    @Test
    void shouldTakeThePackagesOfThePolicy() {
        publish(List.of("org.acme"), grouping().build());

        assertThat(group().frame()).isEqualTo("org.acme.guard.Guard.check");
    }

    @Test
    void shouldGoByTheConfigurationWhereThePolicyNamesNoPackages() {
        publish(List.of(), grouping().build());

        assertThat(group().frame()).isEqualTo("org.example.Main.main");
    }

    @Test
    void shouldPassOverIgnoredFrames() {
        publish(
                List.of("org.acme"),
                grouping()
                        .setIgnoredFrames(List.of("org.acme.guard.Guard.check", ""))
                        .build());

        assertThat(group().frame()).isEqualTo("org.acme.shop.Cart.total");
    }

    @Test
    void shouldReplaceWhatThePatternsMatch() {
        publish(
                List.of("org.acme"),
                grouping()
                        .setMessagePatterns(List.of("(?<=customer )[A-Z]+", " "))
                        .build());

        assertThat(group().message()).isEqualTo("customer <var> is gone");
    }

    @Test
    void shouldGroupByTypeAlone() {
        publish(
                List.of("org.acme"),
                grouping()
                        .setByTypeAlone(List.of("java.lang.IllegalStateException"))
                        .build());

        assertThat(group().key())
                .isEqualTo(group(TRACE.replace("Guard", "Other").replace("ABC", "DEF"))
                        .key())
                .isNotEqualTo(
                        group(TRACE.replace("IllegalState", "IllegalArgument")).key());
        assertThat(group().frame()).isEmpty();
    }

    @Test
    void shouldKeepTheLastGoodRulesWhenAPatternIsBad() {
        publish(List.of("org.acme"), grouping().build());
        GroupingRules good = rules.apply("cart");
        publish(
                List.of("org.other"),
                grouping().setMessagePatterns(List.of("(")).build());

        assertThat(rules.apply("cart")).isEqualTo(good);

        publish(
                List.of("org.other"),
                grouping().setMessagePatterns(List.of("x".repeat(1_001))).build());
        assertThat(rules.apply("cart")).isEqualTo(good);

        publish(
                List.of("org.other"),
                grouping().setMessagePatterns(List.of("x".repeat(1_000))).build());
        assertThat(rules.apply("cart").packages()).containsExactly("org.other");
    }

    @Test
    void shouldForgetAPolicyThatWasWithdrawn() {
        publish(List.of("org.acme"), grouping().build());
        assertThat(group().frame()).isEqualTo("org.acme.guard.Guard.check");

        topic.clear();
        assertThat(group().frame()).isEqualTo("org.example.Main.main");
    }

    @Test
    void shouldReadAPolicyOnce() {
        publish(List.of("org.acme"), grouping().setMessagePatterns(List.of("a")).build());

        assertThat(rules.apply("cart")).isSameAs(rules.apply("cart"));
    }

    @Test
    void shouldNotHangOnAPatternThatBacktracks() {
        publish(
                List.of("org.acme"),
                grouping().setMessagePatterns(List.of("(a+)+$")).build());

        assertThat(group(TRACE.replace("customer", "a".repeat(4_000) + "b")).message())
                .isEqualTo("<var>");
    }

    private ErrorGroup group() {
        return group(TRACE);
    }

    private ErrorGroup group(String trace) {
        return new EventAssembler(rules, new Scrubber(List.of())).group(Traces.draft(trace));
    }

    private static GroupingPolicy.Builder grouping() {
        return GroupingPolicy.newBuilder();
    }

    private void publish(List<String> packages, GroupingPolicy grouping) {
        topic.put(
                "cart",
                HealingPolicy.newBuilder()
                        .setService("cart")
                        .setSource(SourceRepository.newBuilder()
                                .setUrl("/srv/cart.git")
                                .build())
                        .setInAppPackages(packages)
                        .setTrigger(TriggerPolicy.newBuilder().build())
                        .setAutonomy(AutonomyPolicy.newBuilder().build())
                        .setBudget(BudgetPolicy.newBuilder().build())
                        .setUpdatedAt(Instant.EPOCH)
                        .setGrouping(grouping)
                        .build());
    }
}
