package dev.selfheal.validation.baseline;

import dev.selfheal.event.SourceRepository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The builds a policy may name. */
public final class SourceBuild {

    static final String MAVEN = "maven";
    static final String GRADLE = "gradle";

    private static final String COMMAND = "command";

    private SourceBuild() {}

    /** The build of a project's folder by the files in it, Maven's where it has both; empty when neither is known there. */
    public static Optional<String> in(Path project) {
        if (Files.isRegularFile(project.resolve("pom.xml"))) {
            return Optional.of(MAVEN);
        }
        return GradleBuild.isProject(project) ? Optional.of(GRADLE) : Optional.empty();
    }

    /** True where one program runs all tests, whatever the language. */
    public static boolean isCommand(SourceRepository source) {
        return COMMAND.equals(source.getBuild());
    }
}
