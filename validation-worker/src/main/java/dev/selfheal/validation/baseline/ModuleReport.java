package dev.selfheal.validation.baseline;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads what {@link MavenProjectReport} wrote. */
final class ModuleReport {

    private static final Pattern ARGUMENT =
            Pattern.compile("<(?:arg|compilerArg|compilerArgument)>\\s*([^<\\s]+)\\s*</");

    private ModuleReport() {}

    static List<ProjectModule> read(Path file) throws IOException {
        Properties report = new Properties();
        try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            report.load(in);
        }
        List<ProjectModule> modules = new ArrayList<>();
        for (int i = 0; i < Integer.parseInt(report.getProperty("modules")); i++) {
            if (!"pom".equals(report.getProperty(i + ".packaging"))) {
                modules.add(module(report, i + "."));
            }
        }
        return modules;
    }

    private static ProjectModule module(Properties report, String prefix) throws IOException {
        Path mainClasses = Path.of(report.getProperty(prefix + "mainClasses"));
        String compiler = report.getProperty(prefix + "compiler");
        return new ProjectModule(
                Path.of(report.getProperty(prefix + "directory")),
                mainClasses,
                Path.of(report.getProperty(prefix + "testClasses")),
                existing(report.getProperty(prefix + "sourceRoots")),
                existing(report.getProperty(prefix + "testRoots")),
                existing(report.getProperty(prefix + "testClasspath")),
                options(report, prefix, compiler, mainClasses),
                encoding(report, prefix, compiler));
    }

    private static List<Path> existing(String lines) {
        return lines.lines().map(Path::of).filter(Files::exists).toList();
    }

    private static Charset encoding(Properties report, String prefix, String compiler) {
        return Stream.of(
                        element(compiler, "encoding"),
                        text(report, prefix + "maven.compiler.encoding"),
                        text(report, prefix + "project.build.sourceEncoding"))
                .flatMap(Optional::stream)
                .filter(Charset::isSupported)
                .map(Charset::forName)
                .findFirst()
                .orElse(StandardCharsets.UTF_8);
    }

    /**
     * The level is read off the compiled classes, which cannot disagree with the build. {@code --release} hides the JDK's
     * internals, so it is used only where the build does.
     */
    private static List<String> options(Properties report, String prefix, String compiler, Path mainClasses)
            throws IOException {
        List<String> options = new ArrayList<>();
        Optional<Integer> level = ClassIndex.highestLevel(mainClasses);
        boolean release = Stream.of(element(compiler, "release"), text(report, prefix + "maven.compiler.release"))
                .anyMatch(Optional::isPresent);
        level.ifPresent(value -> options.addAll(
                release
                        ? List.of("--release", Integer.toString(value))
                        : List.of("-source", Integer.toString(value), "-target", Integer.toString(value))));
        if (element(compiler, "parameters").filter("true"::equals).isPresent()) {
            options.add("-parameters");
        }
        Matcher argument = ARGUMENT.matcher(compiler);
        while (argument.find()) {
            if (carries(argument.group(1))) {
                options.add(argument.group(1));
            }
        }
        options.addAll(List.of("-g", "-nowarn"));
        return options;
    }

    /** Only what changes meaning is carried over; lint and plug-ins would refuse patches for style. */
    private static boolean carries(String argument) {
        return argument.equals("-parameters")
                || argument.equals("--enable-preview")
                || argument.startsWith("--add-exports=")
                || argument.startsWith("--add-modules=");
    }

    private static Optional<String> element(String xml, String name) {
        Matcher matcher = Pattern.compile("<" + name + ">\\s*([^<$]+?)\\s*</" + name + ">")
                .matcher(xml);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static Optional<String> text(Properties report, String key) {
        return Optional.ofNullable(report.getProperty(key)).filter(value -> !value.isBlank());
    }
}
