package dev.selfheal.validation.risk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.event.FindingLevel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RiskReferenceTest {

    private static final Path PAGE = Path.of("..", "docs", "risk-rules.md");

    /** {@code mvn -pl validation-worker -am test -Dtest=RiskReferenceTest -Dselfheal.docs.write=true} writes the page. */
    @Test
    void shouldBeWhatTheManualSays() throws IOException {
        if (Boolean.getBoolean("selfheal.docs.write")) {
            Files.writeString(PAGE, RiskReference.markdown());
        }
        assertThat(Files.readString(PAGE))
                .as("docs/risk-rules.md is generated; write it again with -Dselfheal.docs.write=true")
                .isEqualTo(RiskReference.markdown());
    }

    @Test
    void shouldSayWhatTriggersEveryRule() {
        assertThat(RiskReference.rules())
                .allSatisfy((id, rules) -> assertThat(rules)
                        .allSatisfy(rule -> assertThat(hasNames(rule)
                                        || RiskReference.construct(id).isPresent())
                                .isTrue()));
    }

    @Test
    void shouldMeanTheSameByOneIdEverywhere() {
        assertThat(RiskReference.rules()).allSatisfy((id, rules) -> {
            assertThat(rules)
                    .extracting(RiskRule::level)
                    .containsOnly(rules.get(0).level());
            assertThat(rules)
                    .extracting(RiskRule::cwe)
                    .containsOnly(rules.get(0).cwe());
        });
    }

    @Test
    void shouldOnlyRefuteOrSendToReview() {
        assertThat(RiskReference.rules().values())
                .allSatisfy(rules -> assertThat(rules)
                        .extracting(RiskRule::level)
                        .containsAnyOf(FindingLevel.ERROR, FindingLevel.WARNING)
                        .doesNotContain(FindingLevel.NOTE));
    }

    private static boolean hasNames(RiskRule rule) {
        return !rule.types().isEmpty()
                || !rule.members().isEmpty()
                || !rule.methodNames().isEmpty();
    }
}
