package dev.selfheal.validation.baseline;

import dev.selfheal.errors.ErrorCode;
import dev.selfheal.errors.HealingException;
import dev.selfheal.errors.RetriableException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * Runs the user's own Gradle once on a trusted tree: compiles main and test code, resolves dependencies, and leaves a report
 * of every project with Java code. What is known of the project afterwards is that report: Gradle is never asked again, and
 * no script of a patch is ever evaluated.
 */
final class GradleBuild {

    private static final String INIT_SCRIPT = "report.gradle";
    private static final String TASK = "selfhealReport";

    /** Any of these makes a folder a Gradle project. */
    private static final List<String> SCRIPTS =
            List.of("settings.gradle", "settings.gradle.kts", "build.gradle", "build.gradle.kts");

    private final BuildSettings settings;

    GradleBuild(BuildSettings settings) {
        this.settings = settings;
    }

    /**
     * @param project folder of the root project
     * @param work folder for the log, the init script and what it writes
     * @param report file that is written when the build succeeds, for {@link ModuleReport}
     * @throws HealingException {@code BASE_BROKEN} with the first errors
     */
    void run(Path project, Path work, Path report) throws HealingException, InterruptedException {
        if (!isProject(project)) {
            throw new HealingException(
                    ErrorCode.BASE_BROKEN, "there is neither settings.gradle nor build.gradle in the project's folder");
        }
        Path described = work.resolve("gradle-report");
        Path log = work.resolve("gradle.log");
        try {
            Path script = unpackScript(work.resolve(INIT_SCRIPT));
            Files.createDirectories(described);
            new BuildProcess(project, log, settings.timeout())
                    .run(command(project, script, described), GradleBuild::errors);
            if (!join(described, project, report)) {
                throw new HealingException(
                        ErrorCode.BASE_BROKEN, "Gradle knows of no project with Java code; see " + log);
            }
        } catch (IOException e) {
            throw new RetriableException(ErrorCode.INTERNAL, "cannot write into " + work + ": " + e.getMessage(), e);
        }
    }

    static boolean isProject(Path folder) {
        return SCRIPTS.stream().map(folder::resolve).anyMatch(Files::isRegularFile);
    }

    private List<String> command(Path project, Path script, Path described) {
        List<String> command = new ArrayList<>();
        if (settings.command().startsWith("./")) {
            // the project's own wrapper, which git may hold without the right to be executed
            command.add("/bin/sh");
            command.add(project.resolve(settings.command()).normalize().toString());
        } else {
            command.add(settings.command());
        }
        command.addAll(List.of("--no-daemon", "--quiet", "--console=plain"));
        // the report is made while the build runs, which a stored configuration would skip
        command.addAll(
                List.of("-Dorg.gradle.configuration-cache=false", "-Dorg.gradle.unsafe.configuration-cache=false"));
        command.addAll(settings.arguments());
        command.addAll(List.of("--init-script", script.toString(), "-Dselfheal.report=" + described, TASK));
        return command;
    }

    /** The compiler's lines, and what Gradle says went wrong. */
    private static Stream<String> errors(Stream<String> lines) {
        List<String> all = lines.toList();
        int wrong = all.indexOf("* What went wrong:");
        Stream<String> said = wrong < 0
                ? Stream.empty()
                : all.subList(wrong + 1, all.size()).stream().takeWhile(line -> !line.startsWith("* "));
        return Stream.concat(all.stream().filter(line -> line.contains(": error: ")), said);
    }

    private static Path unpackScript(Path file) throws IOException {
        try (InputStream in = GradleBuild.class.getResourceAsStream(INIT_SCRIPT)) {
            if (in == null) {
                throw new FileNotFoundException(INIT_SCRIPT + " is not on the class path");
            }
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
        }
        return file;
    }

    /** Makes one report of the projects' own, the root project's first; false when there are none. */
    private static boolean join(Path described, Path project, Path report) throws IOException {
        List<Properties> projects = new ArrayList<>();
        try (Stream<Path> files = Files.list(described)) {
            for (Path file : files.toList()) {
                projects.add(read(file));
            }
        }
        String root = project.toString();
        projects.sort(Comparator.comparing((Properties each) -> !directory(each).equals(root))
                .thenComparing(GradleBuild::directory));
        Properties all = new Properties();
        all.setProperty("modules", Integer.toString(projects.size()));
        for (int i = 0; i < projects.size(); i++) {
            String prefix = i + ".";
            projects.get(i).forEach((key, value) -> all.setProperty(prefix + key, (String) value));
        }
        try (Writer out = Files.newBufferedWriter(report, StandardCharsets.UTF_8)) {
            all.store(out, "of " + project);
        }
        return !projects.isEmpty();
    }

    private static String directory(Properties project) {
        return project.getProperty("directory");
    }

    private static Properties read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(in);
        }
        return properties;
    }
}
