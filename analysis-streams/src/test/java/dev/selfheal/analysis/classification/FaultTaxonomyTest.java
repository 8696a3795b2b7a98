package dev.selfheal.analysis.classification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.StackFrame;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule by itself: what it is met by, and what looks alike and does not meet it. */
class FaultTaxonomyTest {

    private static final String EXAMPLES = "/fault-examples.csv";

    /** A type or a message by itself; the file names a rule, what meets it and what does not, as {@code type: message}. */
    @ParameterizedTest
    @CsvFileSource(resources = EXAMPLES, delimiter = '|')
    void shouldBeMetByWhatItIsAboutAndByNothingThatLooksAlike(String id, String meets, String doesNot) {
        assertThat(isMet(id, meets)).as("%s by %s", id, meets).isTrue();
        assertThat(isMet(id, doesNot)).as("%s by %s", id, doesNot).isFalse();
    }

    @Test
    void shouldHaveAnExampleOfEveryRuleAboutTypesAndMessages() throws Exception {
        List<String> examples;
        try (var lines = new java.io.BufferedReader(new java.io.InputStreamReader(
                FaultTaxonomyTest.class.getResourceAsStream(EXAMPLES), java.nio.charset.StandardCharsets.UTF_8))) {
            examples = lines.lines().map(line -> line.split("\\|")[0].strip()).toList();
        }
        assertThat(FaultTaxonomy.RULES.stream()
                        .filter(rule ->
                                !(rule.signal() instanceof Signal.Shape || rule.signal() instanceof Signal.ThrownIn))
                        .map(FaultRule::id))
                .isSubsetOf(examples);
    }

    static Stream<FaultRule> typeRules() {
        return FaultTaxonomy.RULES.stream().filter(rule -> rule.signal() instanceof Signal.TypeIs);
    }

    @ParameterizedTest
    @MethodSource("typeRules")
    void shouldBeMetByEachOfItsTypesAndHalfAsMuchInAWrapper(FaultRule rule) {
        for (String name : ((Signal.TypeIs) rule.signal()).names()) {
            String type = name.endsWith(".") ? name + "Any" : name;
            ErrorEvent root = Errors.of(Errors.thrown("a.Wrapper", ""), Errors.thrown(type, ""))
                    .build();
            ErrorEvent wrapper = Errors.of(Errors.thrown(type, ""), Errors.thrown("a.Root", ""))
                    .build();
            assertThat(shareOf(rule, root)).as(type).contains(1.0);
            assertThat(shareOf(rule, wrapper)).as(type).contains(0.5);
        }
    }

    @Test
    void shouldHaveOneIdEach() {
        assertThat(FaultTaxonomy.RULES).extracting(FaultRule::id).doesNotHaveDuplicates();
    }

    @Test
    void shouldNameNoTypeTwice() {
        assertThat(typeRules().flatMap(rule -> ((Signal.TypeIs) rule.signal()).names().stream()))
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldLookAtTheBeginningOfALongMessageOnly() {
        String far = "x".repeat(5_000) + "connection refused";
        assertThat(shareOf(
                        rule("SH-FAULT-REFUSED"),
                        Errors.of(Errors.thrown("E", far)).build()))
                .isEmpty();
    }

    @Test
    void shouldNotChokeOnAHostileMessage() {
        String hostile = "environment variable ".repeat(95) + "!";
        assertThat(shareOf(
                        rule("SH-FAULT-ENVIRONMENT"),
                        Errors.of(Errors.thrown("E", hostile)).build()))
                .isEmpty();
    }

    @Test
    void shouldKnowTheThrowerByItsPackage() {
        FaultRule client = rule("SH-FAULT-CLIENT");
        assertThat(shareOf(client, thrownAt(Errors.frame("com.zaxxer.hikari.pool.HikariPool", false))))
                .contains(1.0);
        assertThat(shareOf(client, thrownAt(Errors.OWN, Errors.frame("org.postgresql.Driver", false))))
                .isEmpty();
        assertThat(shareOf(client, thrownAt())).isEmpty();
    }

    @Test
    void shouldTellOwnThrowersFromOthers() {
        FaultRule own = rule("SH-FAULT-OWN-FRAME");
        assertThat(shareOf(own, thrownAt(Errors.OWN, Errors.LIBRARY))).isPresent();
        assertThat(shareOf(own, thrownAt(Errors.LIBRARY, Errors.OWN))).isEmpty();
    }

    @Test
    void shouldCountAgainstCodeWhenNoFrameOfTheWholeChainIsOwn() {
        FaultRule none = rule("SH-FAULT-NO-OWN-FRAME");
        assertThat(shareOf(none, thrownAt(Errors.LIBRARY))).isPresent();
        assertThat(shareOf(none, thrownAt(Errors.LIBRARY, Errors.OWN))).isEmpty();
        assertThat(shareOf(none, thrownAt()))
                .as("an error without frames says nothing")
                .isEmpty();
    }

    private static ErrorEvent thrownAt(StackFrame... frames) {
        return Errors.of(Errors.thrown("a.Problem", "", frames)).build();
    }

    private static boolean isMet(String id, String example) {
        String[] parts = example.split(": ", 2);
        ErrorEvent event = Errors.of(Errors.thrown(parts[0], parts.length > 1 ? parts[1] : ""))
                .build();
        return shareOf(rule(id), event).isPresent();
    }

    private static Optional<Double> shareOf(FaultRule rule, ErrorEvent event) {
        return rule.signal().in(Situation.of(event, Optional.empty())).map(Signal.Match::share);
    }

    private static FaultRule rule(String id) {
        return FaultTaxonomy.RULES.stream()
                .filter(rule -> rule.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no rule " + id));
    }
}
