package dev.selfheal.standalone.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CorpusTest {

    private final Corpus corpus = Corpus.load();

    @Test
    void shouldKnowEveryCaseByAnIdOfItsOwn() {
        assertThat(corpus.cases()).hasSizeGreaterThanOrEqualTo(10);
        assertThat(corpus.cases()).extracting(CorpusCase::id).doesNotHaveDuplicates();
        assertThat(corpus.cases())
                .allSatisfy(c -> assertThat(corpus.find(c.id())).contains(c));
    }

    @Test
    void shouldHoldDefectsAndToleratedNullsOnly() {
        assertThat(corpus.cases()).extracting(CorpusCase::label).containsOnly("bug", "nullarg");
    }

    @Test
    void shouldNameTheReproductionApartFromTheOldTest() {
        CorpusCase first = corpus.find("validator-1.5.1-1").orElseThrow();

        assertThat(first.testSelector())
                .isEqualTo("org.apache.commons.validator.routines.UrlValidatorReproductionTest#testValidator391FAILS");
    }

    @Test
    void shouldWriteAPomThatNamesEveryDependency() {
        assertThat(corpus.cases()).allSatisfy(bug -> {
            String pom = CasePom.ofProject(bug);
            bug.dependencies()
                    .forEach(d -> assertThat(pom)
                            .contains("<artifactId>" + Artifact.parse(d).artifactId() + "</artifactId>"));
            assertThat(pom)
                    .contains("<version>" + bug.buggyVersion() + "</version>")
                    .contains("<maven.compiler.release>" + bug.release() + "</maven.compiler.release>")
                    .doesNotContain("%s");
        });
    }

    @Test
    void shouldFetchTheOldSourcesBothTestsAndNothingElse() {
        CorpusCase bug = corpus.cases().get(0);

        assertThat(CasePom.toFetch(bug, List.of(bug.sources(), bug.tests(), bug.fixedTests())))
                .containsOnlyOnce("<classifier>sources</classifier>")
                .contains("<version>" + bug.fixedVersion() + "</version><classifier>test-sources</classifier>");
    }
}
