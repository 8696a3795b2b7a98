package dev.selfheal.standalone.corpus;

import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Asks this JDK's compiler which tests it would refuse. Of the code under test it reads only what the tests need, which
 * is what makes it quick; it writes no class files and runs no annotation processors.
 */
final class CompileCheck {

    private final List<String> options;

    /**
     * @param sources of the code under test
     * @param classPath without the code under test
     */
    CompileCheck(int release, Path sources, List<Path> classPath) {
        options = List.of(
                "--release",
                Integer.toString(release),
                "-proc:none",
                "-implicit:none",
                "-nowarn",
                "-Xlint:none",
                // All errors of all files at once: each round of leaving files out costs a compilation.
                "-Xmaxerrs",
                "100000",
                "--should-stop=ifError=FLOW",
                "--should-stop=ifNoError=FLOW",
                "-sourcepath",
                sources.toString(),
                "-cp",
                classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    }

    /** File to its first error, in words, for every refused file. */
    Map<Path, String> refused(List<Path> tests) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        try (StandardJavaFileManager manager =
                compiler.getStandardFileManager(found, Locale.ROOT, StandardCharsets.UTF_8)) {
            compiler.getTask(
                            Writer.nullWriter(),
                            manager,
                            found,
                            options,
                            null,
                            manager.getJavaFileObjectsFromPaths(tests))
                    .call();
        }
        Map<Path, String> refused = new LinkedHashMap<>();
        for (Diagnostic<? extends JavaFileObject> problem : found.getDiagnostics()) {
            if (problem.getKind() == Diagnostic.Kind.ERROR && problem.getSource() != null) {
                refused.putIfAbsent(
                        Path.of(problem.getSource().toUri()),
                        "line " + problem.getLineNumber() + ": " + problem.getMessage(Locale.ROOT));
            }
        }
        return refused;
    }
}
