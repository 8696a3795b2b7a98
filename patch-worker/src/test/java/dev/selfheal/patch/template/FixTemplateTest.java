package dev.selfheal.patch.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.event.CandidatePatch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FixTemplateTest {

    /** A fixture's answer must be among the first of its template: what is ranked lower is rarely tried. */
    private static final int FIRST = 4;

    @TempDir
    Path root;

    static Stream<Fixture> changing() {
        return Fixtures.all().stream().filter(Fixture::changes);
    }

    static Stream<Fixture> leavingAlone() {
        return Fixtures.all().stream().filter(fixture -> !fixture.changes());
    }

    @ParameterizedTest
    @MethodSource("changing")
    void shouldProposeTheFixAmongItsFirst(Fixture fixture) {
        assertThat(texts(fixture).stream().limit(FIRST)).contains(fixture.after());
    }

    @ParameterizedTest
    @MethodSource("leavingAlone")
    void shouldNotChangeWhatItDoesNotFit(Fixture fixture) {
        assertThat(texts(fixture)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("changing")
    void shouldProposeWhatCompiles(Fixture fixture) throws IOException {
        assertThat(new Sample(root).compile(fixture.source())).isEmpty();
        assertThat(new Sample(root).compile(fixture.after())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("changing")
    void shouldNotProposeTheSameChangeOnItsOwnOutput(Fixture fixture) {
        List<CandidatePatch> first = own(fixture, fixture.source(), fixture.line());
        CandidatePatch applied = first.stream()
                .filter(candidate -> Sample.apply(fixture.source(), candidate).equals(fixture.after()))
                .findFirst()
                .orElseThrow();
        List<String> added = applied.getEdits().get(0).getHunks().get(0).getAfter();
        int shift = fixture.after().lines().toList().size()
                - fixture.source().lines().toList().size();
        for (int line = fixture.line(); line <= fixture.line() + shift; line++) {
            assertThat(own(fixture, fixture.after(), line))
                    .noneMatch(again ->
                            again.getEdits().get(0).getHunks().get(0).getAfter().equals(added));
        }
    }

    @Test
    void shouldHaveFixturesThatChangeAndThatDoNotForEveryTemplate() {
        assertThat(TemplateRegistry.all()).allSatisfy(template -> {
            assertThat(changing().map(Fixture::template)).contains(template.id());
            assertThat(leavingAlone().map(Fixture::template)).contains(template.id());
        });
    }

    private List<String> texts(Fixture fixture) {
        return own(fixture, fixture.source(), fixture.line()).stream()
                .map(candidate -> Sample.apply(fixture.source(), candidate))
                .toList();
    }

    private List<CandidatePatch> own(Fixture fixture, String source, int line) {
        return new Sample(root)
                .propose(source, line, fixture.exception(), fixture.library()).stream()
                        .filter(candidate -> candidate.getOrigin().getName().equals(fixture.template()))
                        .toList();
    }
}
