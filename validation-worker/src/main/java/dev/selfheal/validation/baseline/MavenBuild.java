package dev.selfheal.validation.baseline;

import dev.selfheal.errors.ErrorCode;
import dev.selfheal.errors.HealingException;
import dev.selfheal.errors.RetriableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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

    /** What Maven and the JVM need; nothing else of the worker's environment reaches the build. */
    private static final List<String> ENVIRONMENT = List.of(
            "PATH",
            "HOME",
            "USER",
            "LANG",
            "LC_ALL",
            "TMPDIR",
            "MAVEN_OPTS",
            "MAVEN_ARGS",
            "M2_HOME",
            "MAVEN_HOME",
            "http_proxy",
            "https_proxy",
            "no_proxy",
            "HTTP_PROXY",
            "HTTPS_PROXY",
            "NO_PROXY");

    private static final int ERRORS_SHOWN = 5;

    /** Named, not referred to: its superclass exists only inside Maven. */
    private static final String EXTENSION = MavenBuild.class.getPackageName() + ".MavenProjectReport";

    private static final String COMPONENTS = """
            <component-set><components><component>
              <role>org.apache.maven.AbstractMavenLifecycleParticipant</role>
              <role-hint>selfheal</role-hint>
              <implementation>%s</implementation>
            </component></components></component-set>
            """;

    private final MavenSettings settings;

    MavenBuild(MavenSettings settings) {
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
                    ErrorCode.BASE_BROKEN, "there is no pom.xml in the project's folder; only Maven is known");
        }
        Path log = work.resolve("maven.log");
        try {
            Process maven = start(project, log, packExtension(work.resolve("report-extension.jar")), report);
            await(maven, log, project);
        } catch (IOException e) {
            throw new RetriableException(
                    ErrorCode.INTERNAL, "cannot run " + settings.command() + ": " + e.getMessage(), e);
        }
        if (!Files.isRegularFile(report)) {
            throw new HealingException(
                    ErrorCode.INTERNAL, "Maven succeeded but did not describe the project; see " + log);
        }
    }

    private Process start(Path project, Path log, Path extension, Path report) throws IOException {
        List<String> command = new ArrayList<>(List.of(settings.command(), "-B", "-q"));
        command.addAll(settings.arguments());
        command.add("-Dmaven.ext.class.path=" + extension);
        command.add("-D" + MavenProjectReport.TARGET + "=" + report);
        command.add("test-compile");
        ProcessBuilder builder = new ProcessBuilder(command).directory(project.toFile());
        builder.redirectErrorStream(true).redirectOutput(log.toFile());
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        Map<String, String> environment = builder.environment();
        environment.keySet().retainAll(ENVIRONMENT);
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        return builder.start();
    }

    private void await(Process maven, Path log, Path project)
            throws HealingException, InterruptedException, IOException {
        try {
            if (!maven.waitFor(settings.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
                throw new HealingException(
                        ErrorCode.BASE_BROKEN,
                        "the base commit did not build within "
                                + settings.timeout().toSeconds() + " s");
            }
        } finally {
            maven.descendants().forEach(ProcessHandle::destroyForcibly);
            maven.destroyForcibly();
        }
        if (maven.exitValue() != 0) {
            throw new HealingException(
                    ErrorCode.BASE_BROKEN,
                    "the base commit does not build before any patch: " + firstErrors(log, project));
        }
    }

    /** The first lines that name a problem, without Maven's closing advice and without the store's own path. */
    static String firstErrors(Path log, Path project) throws IOException {
        try (Stream<String> lines = new String(Files.readAllBytes(log), Charset.defaultCharset()).lines()) {
            List<String> errors = lines.map(line -> line.replaceAll("\u001b\\[[0-9;]*m", ""))
                    .filter(line -> line.startsWith("[ERROR] "))
                    .map(line -> line.substring("[ERROR] ".length()).strip().replace(project + "/", ""))
                    .filter(line -> !line.isEmpty() && !line.startsWith("COMPILATION ERROR") && !line.startsWith("->"))
                    .distinct()
                    .limit(ERRORS_SHOWN)
                    .toList();
            return errors.isEmpty() ? "Maven failed without an error line" : String.join("; ", errors);
        }
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
