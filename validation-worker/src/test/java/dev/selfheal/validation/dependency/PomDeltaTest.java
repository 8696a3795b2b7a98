package dev.selfheal.validation.dependency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PomDeltaTest {

    private static final String KEPT = "<dependency><groupId>g</groupId><artifactId>kept</artifactId></dependency>";
    private static final String NEW =
            "<dependency><groupId>g</groupId><artifactId>new</artifactId><version>1</version></dependency>";

    @Test
    void shouldNameWhatIsAddedWhereverItStands() throws IOException {
        assertThat(PomDelta.between(pom(KEPT, ""), pom(NEW + "<!-- why -->\n" + KEPT, "")))
                .satisfies(delta -> assertThat(delta.objection()).isEmpty())
                .satisfies(delta -> assertThat(delta.added()).containsExactly(new Coordinates("g", "new", "1")));
    }

    @Test
    void shouldTakeTheFirstListOfDependencies() throws IOException {
        String none = "<project><artifactId>a</artifactId></project>";
        String some = "<project><artifactId>a</artifactId><dependencies>" + NEW + "</dependencies></project>";
        assertThat(PomDelta.between(none, some).added()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<dependency><groupId>g</groupId><artifactId>kept</artifactId><version>2</version></dependency>",
                KEPT + "<dependency><groupId>g</groupId><artifactId>kept</artifactId><version>2</version></dependency>",
                KEPT + "<dependency><groupId>g</groupId><artifactId>n</artifactId><version>${v}</version></dependency>",
                KEPT + "<dependency><groupId>g</groupId><artifactId>n</artifactId><version>[1,)</version></dependency>",
                KEPT + "<dependency><groupId>g</groupId><artifactId>n</artifactId><scope>system</scope></dependency>",
                KEPT
                        + "<dependency><groupId>g</groupId><artifactId>n</artifactId><classifier>x</classifier></dependency>",
                KEPT
                        + "<dependency><groupId>g</groupId><artifactId>n</artifactId><artifactId>m</artifactId></dependency>",
                KEPT + "<dependency a='b'><groupId>g</groupId><artifactId>n</artifactId></dependency>",
                KEPT + "<dependency><groupId>g</groupId></dependency>",
                KEPT + "<plugin><groupId>g</groupId><artifactId>n</artifactId></plugin>",
                KEPT + "text",
                KEPT
            })
    void shouldObjectToAnythingButPlainAdditions(String dependencies) throws IOException {
        assertThat(PomDelta.between(pom(KEPT, ""), pom(dependencies, "")).objection())
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<build><plugins/></build>",
                "<properties><v>1</v></properties>",
                "<repositories/>",
                "<dependencyManagement/>",
                "<profiles/>",
                "<parent/>",
                "<?run this?>"
            })
    void shouldObjectToAnyOtherChangeOfTheBuild(String more) throws IOException {
        assertThat(PomDelta.between(pom(KEPT, ""), pom(KEPT + NEW, more)).objection())
                .isPresent();
    }

    @Test
    void shouldObjectToAnotherEncoding() throws IOException {
        String declared = "<?xml version='1.0' encoding='UTF-8'?>" + pom(KEPT, "");
        String other = "<?xml version='1.0' encoding='UTF-16'?>" + pom(KEPT + NEW, "");
        assertThat(PomDelta.between(declared, other).objection()).isPresent();
    }

    @Test
    void shouldRefuseToReadADocumentType() {
        assertThatThrownBy(() -> PomDelta.between(pom(KEPT, ""), "<!DOCTYPE project []>" + pom(KEPT + NEW, "")))
                .isInstanceOf(IOException.class);
    }

    private static String pom(String dependencies, String more) {
        return "<project><artifactId>a</artifactId>" + more + "<dependencies>" + dependencies
                + "</dependencies></project>";
    }
}
