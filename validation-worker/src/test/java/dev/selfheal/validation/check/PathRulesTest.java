package dev.selfheal.validation.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathRulesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/etc/passwd",
                "//src/main/java/A.java",
                "../A.java",
                "src/../../A.java",
                "src/main/java/..",
                "src/./A.java",
                "src//A.java",
                "src/main/java/",
                "~/A.java",
                "C:\\A.java",
                "C:/A.java",
                "src\\main\\java\\A.java",
                "..\\A.java",
                "src/main/java/A.java\0.txt",
                "src/main/java/A.java\n",
                "src/main/java/\u202eavaj.A",
                "src/main/java/\u0410.java",
                "src/main/java/A\u200b.java",
                "src/main/\uff0e\uff0e/A.java",
                "src/main/java/.. /A.java",
                "src/main/java/A.java.",
                "src/main/java/A.java ",
                "src/main/java/A.java::$DATA",
                "src/main/java/\"A\".java",
                "src/main/java/A*.java"
            })
    void shouldRefuseAPathThatLiesOrLeaves(String path) {
        assertThat(PathRules.refusal(path))
                .get()
                .extracting(PathRules.Refusal::ruleId)
                .isEqualTo("SH-POLICY-ESCAPE");
    }

    @ParameterizedTest
    @CsvSource({
        "pom.xml,SH-POLICY-BUILD",
        "core/POM.XML,SH-POLICY-BUILD",
        "build.gradle,SH-POLICY-BUILD",
        "app/build.gradle.kts,SH-POLICY-BUILD",
        "gradle.properties,SH-POLICY-BUILD",
        "settings.gradle,SH-POLICY-BUILD",
        "settings.gradle.kts,SH-POLICY-BUILD",
        "gradlew,SH-POLICY-BUILD",
        "gradle/tools.versions.toml,SH-POLICY-BUILD",
        "gradle/conventions.gradle,SH-POLICY-BUILD",
        "buildSrc/src/main/java/org/example/Convention.java,SH-POLICY-BUILD",
        "build-logic/src/main/java/org/example/Convention.java,SH-POLICY-BUILD",
        ".gradle/config.properties,SH-POLICY-BUILD",
        "gradle/wrapper/gradle-wrapper.jar,SH-POLICY-BUILD",
        "gradle/wrapper/gradle-wrapper.properties,SH-POLICY-BUILD",
        ".mvn/extensions.xml,SH-POLICY-BUILD",
        "mvnw,SH-POLICY-BUILD",
        "Dockerfile,SH-POLICY-BUILD",
        "package.json,SH-POLICY-BUILD",
        "src/main/java/module-info.java,SH-POLICY-BUILD",
        ".github/workflows/ci.yml,SH-POLICY-CI",
        ".gitlab-ci.yml,SH-POLICY-CI",
        "Jenkinsfile,SH-POLICY-CI",
        "CODEOWNERS,SH-POLICY-CI",
        "src/main/resources/server.jks,SH-POLICY-CREDENTIALS",
        ".env.production,SH-POLICY-CREDENTIALS",
        "deploy/id_rsa,SH-POLICY-CREDENTIALS",
        ".git/config,SH-POLICY-GIT",
        "src/.GIT/hooks/pre-commit,SH-POLICY-GIT",
        "GIT~1/config,SH-POLICY-GIT",
        ".gitattributes,SH-POLICY-GIT",
        "src/test/java/org/example/CartTest.java,SH-POLICY-TEST",
        "src/integration-test/java/A.java,SH-POLICY-TEST",
        "tests/Cart.java,SH-POLICY-TEST",
        "src/main/resources/META-INF/services/x,SH-POLICY-SERVICE"
    })
    void shouldRefuseWhatIsLeftToPeople(String path, String rule) {
        assertThat(PathRules.refusal(path))
                .get()
                .extracting(PathRules.Refusal::ruleId)
                .isEqualTo(rule);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "src/main/java/org/example/Cart.java",
                "core/src/main/java/org/example/Cart$Line.java",
                "src/main/java/org/example/Contest.java",
                "src/main/java/org/example/inference/ChiSquareTest.java",
                "src/main/java/org/example/test/Probe.java",
                "src/main/java/org/example/git/Blob.java",
                "my project/src/main/java/A.java"
            })
    void shouldLetOrdinarySourcesPass(String path) {
        assertThat(PathRules.refusal(path)).isEmpty();
    }
}
