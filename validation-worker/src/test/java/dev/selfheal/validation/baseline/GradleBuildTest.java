package dev.selfheal.validation.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.selfheal.errors.ErrorCode;
import dev.selfheal.errors.HealingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a wrapper of the project's that is no Gradle, but a script that ends as Gradle would. */
class GradleBuildTest {

    /** Finds the folder that the reports are to be written into. */
    private static final String REPORTS = """
            for argument; do case $argument in -Dselfheal.report=*) reports=${argument#*=};; esac; done
            """;

    @TempDir
    private Path temp;

    private Path project;

    @BeforeEach
    void layOut() throws IOException {
        project = Files.createDirectory(temp.resolve("project"));
        Files.createFile(project.resolve("settings.gradle.kts"));
    }

    @Test
    void shouldPutTheRootProjectFirst() throws Exception {
        wrapper(REPORTS + """
                for name in zoo . app; do
                  printf 'directory=%s\\nmainClasses=%s\\ntestClasses=%s\\nsourceRoots=\\ntestRoots=\\ntestClasspath=\\ncompiler=\\n' \\
                    "$(cd "$name" && pwd)" "$PWD/m" "$PWD/t" > "$reports/_$name.properties"
                done
                """);
        Files.createDirectory(project.resolve("zoo"));
        Files.createDirectory(project.resolve("app"));

        build();

        assertThat(ModuleReport.read(temp.resolve("report")))
                .extracting(ProjectModule::directory)
                .containsExactly(project, project.resolve("app"), project.resolve("zoo"));
    }

    @Test
    void shouldCarryOverWhatChangesTheMeaningOfTheCode() throws Exception {
        wrapper(REPORTS + """
                printf 'directory=%s\\nmainClasses=m\\ntestClasses=t\\nsourceRoots=\\ntestRoots=\\ntestClasspath=\\ncompiler=%s\\n' "$PWD" \\
                  '<encoding>ISO-8859-1</encoding><arg>-parameters</arg><arg>-Werror</arg>' > "$reports/_.properties"
                """);

        build();

        ProjectModule module = ModuleReport.read(temp.resolve("report")).get(0);
        assertThat(module.encoding().name()).isEqualTo("ISO-8859-1");
        assertThat(module.javacOptions()).contains("-parameters").doesNotContain("-Werror");
    }

    @Test
    void shouldSayWhatTheCompilerAndGradleSaidWhenTheBaseIsBroken() throws IOException {
        wrapper("""
                echo "$PWD/src/main/java/A.java:3: error: cannot find symbol"
                printf '\\nFAILURE: Build failed with an exception.\\n\\n* What went wrong:\\n'
                printf "Execution failed for task ':compileJava'.\\n\\n* Try:\\nRun with --info\\n"
                exit 1
                """);

        assertThatThrownBy(this::build)
                .isInstanceOfSatisfying(
                        HealingException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BASE_BROKEN))
                .hasMessageEndingWith("before any patch: src/main/java/A.java:3: error: cannot find symbol; "
                        + "Execution failed for task ':compileJava'.");
    }

    @Test
    void shouldRefuseABaseInWhichGradleKnowsNoJava() throws IOException {
        wrapper("exit 0\n");

        assertThatThrownBy(this::build)
                .isInstanceOf(HealingException.class)
                .hasMessageContaining("no project with Java code");
    }

    @Test
    void shouldRefuseAFolderThatIsNoGradleProject() throws IOException {
        Files.delete(project.resolve("settings.gradle.kts"));

        assertThatThrownBy(this::build)
                .isInstanceOf(HealingException.class)
                .hasMessageContaining("neither settings.gradle nor build.gradle");
    }

    /** Not executable, as a checkout on another system may leave it. */
    private void wrapper(String script) throws IOException {
        Files.writeString(project.resolve("gradlew"), script);
    }

    private void build() throws HealingException, InterruptedException {
        new GradleBuild(new BuildSettings("./gradlew", List.of(), Duration.ofSeconds(20)))
                .run(project, temp, temp.resolve("report"));
    }
}
