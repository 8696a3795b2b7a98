package dev.selfheal.validation.baseline;

import dev.selfheal.errors.ErrorCode;
import dev.selfheal.errors.HealingException;
import dev.selfheal.errors.RetriableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs the user's own Maven once on a trusted tree: compiles main and test code, resolves dependencies, and leaves a
 * report of every module. Runs outside the sandbox, because it needs the network and the local repository; therefore it
 * never sees a patch.
 */
final class MavenBuild {

    /** Named, not referred to: its superclass exists only inside Maven. */
    private static final String EXTENSION = MavenBuild.class.getPackageName() + ".MavenProjectReport";

    private static final String COMPONENTS = """
            <component-set><components><component>
              <role>org.apache.maven.AbstractMavenLifecycleParticipant</role>
              <role-hint>selfheal</role-hint>
              <implementation>%s</implementation>
            </component></components></component-set>
            """;

    private final BuildSettings settings;

    MavenBuild(BuildSettings settings) {
        this.settings = settings;
    }

    /**
     * @param project folder of the project's root POM
     * @param work folder for the log and the extension
     * @param report file that is written when the build succeeds
     * @throws HealingException {@code BASE_BROKEN} with the compiler's first errors
     */
    void run(Path project, Path work, Path report) throws HealingException, InterruptedException {
        if (!Files.isRegularFile(project.resolve("pom.xml"))) {
            throw new HealingException(
                    ErrorCode.BASE_BROKEN,
                    "there is no pom.xml in the project's folder, and its policy does not name another build");
        }
        Path log = work.resolve("maven.log");
        new BuildProcess(project, log, settings.timeout()).run(command(work, report), MavenBuild::errors);
        if (!Files.isRegularFile(report)) {
            throw new HealingException(
                    ErrorCode.INTERNAL, "Maven succeeded but did not describe the project; see " + log);
        }
    }

    private List<String> command(Path work, Path report) throws RetriableException {
        List<String> command = new ArrayList<>(List.of(settings.command(), "-B", "-q"));
        command.addAll(settings.arguments());
        try {
            command.add("-Dmaven.ext.class.path=" + packExtension(work.resolve("report-extension.jar")));
        } catch (IOException e) {
            throw new RetriableException(ErrorCode.INTERNAL, "cannot write into " + work + ": " + e.getMessage(), e);
        }
        command.add("-D" + MavenProjectReport.TARGET + "=" + report);
        command.add("test-compile");
        return command;
    }

    /** The lines that name a problem, without Maven's closing advice. */
    private static Stream<String> errors(Stream<String> lines) {
        return lines.filter(line -> line.startsWith("[ERROR] "))
                .map(line -> line.substring("[ERROR] ".length()).strip())
                .filter(line -> !line.startsWith("COMPILATION ERROR") && !line.startsWith("->"));
    }

    private static Path packExtension(Path jar) throws IOException {
        String resource = EXTENSION.replace('.', '/') + ".class";
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                InputStream code = MavenBuild.class.getClassLoader().getResourceAsStream(resource)) {
            if (code == null) {
                throw new IOException(resource + " is not on the class path");
            }
            out.putNextEntry(new JarEntry(resource));
            code.transferTo(out);
            out.putNextEntry(new JarEntry("META-INF/plexus/components.xml"));
            out.write(COMPONENTS.formatted(EXTENSION).getBytes(StandardCharsets.UTF_8));
            out.closeEntry();
        }
        return jar;
    }

    @Override
    public String toString() {
        return Stream.concat(Stream.of(settings.command()), settings.arguments().stream())
                .collect(Collectors.joining(" "));
    }
}
