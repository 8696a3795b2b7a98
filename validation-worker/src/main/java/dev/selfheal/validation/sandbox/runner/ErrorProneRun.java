package dev.selfheal.validation.sandbox.runner;

import com.google.errorprone.BaseErrorProneJavaCompiler;
import com.google.errorprone.scanner.BuiltInCheckerSuppliers;
import dev.selfheal.validation.sandbox.runner.AnalysisReport.Issue;
import dev.selfheal.validation.sandbox.runner.AnalysisReport.Severity;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** Error Prone with the checks that it has on by default: a compilation of the sources whose class files nobody wants. */
final class ErrorProneRun {

    private static final Pattern MESSAGE = Pattern.compile("(?s)\\[(\\w+)] (.*?)\\s*(\\(see https?:.*)?");
    private static final String ERROR = "compiler.err.error.prone";
    private static final String WARNING = "compiler.warn.error.prone";

    private final JavaCompiler compiler = new BaseErrorProneJavaCompiler(BuiltInCheckerSuppliers.defaultChecks());

    /**
     * @param sources of any kind; those that are no Java are left out
     * @param options javac's
     */
    AnalysisReport run(Map<String, byte[]> sources, List<String> classpath, List<String> options) throws IOException {
        Map<String, byte[]> java = new TreeMap<>(sources);
        java.keySet().removeIf(path -> !path.endsWith(".java"));
        if (java.isEmpty()) {
            return AnalysisReport.nothing();
        }
        CompileOrder order = new CompileOrder(java, classpath, options(options));
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        try (StandardJavaFileManager files = ToolProvider.getSystemJavaCompiler()
                .getStandardFileManager(diagnostics, Locale.ROOT, StandardCharsets.UTF_8)) {
            files.setLocation(
                    StandardLocation.CLASS_PATH,
                    classpath.stream().map(File::new).toList());
            files.setLocation(StandardLocation.SOURCE_PATH, List.of());
            Boolean unused = compiler.getTask(
                            null,
                            new InMemoryFiles(files),
                            diagnostics,
                            order.options(),
                            null,
                            InMemoryFiles.sources(order))
                    .call();
        }
        List<Issue> issues = diagnostics.getDiagnostics().stream()
                .flatMap(diagnostic -> issue(diagnostic, java).stream())
                .toList();
        List<String> unread = diagnostics.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR && !isOurs(diagnostic))
                .map(diagnostic -> "Error Prone cannot compile " + InMemoryFiles.path(diagnostic.getSource()))
                .distinct()
                .toList();
        return new AnalysisReport(issues, unread);
    }

    private static boolean isOurs(Diagnostic<?> diagnostic) {
        return diagnostic.getCode().equals(ERROR) || diagnostic.getCode().equals(WARNING);
    }

    /** The project's own, so that the language level fits, but for what decides about warnings. */
    private static List<String> options(List<String> ofProject) {
        List<String> options = new ArrayList<>(ofProject);
        options.removeIf(option -> option.equals("-Werror") || option.equals("-nowarn") || option.startsWith("-Xlint"));
        options.addAll(List.of(
                "-proc:none",
                "-implicit:none",
                "-Xmaxwarns",
                "1000",
                "-Xmaxerrs",
                "1000",
                "-XDcompilePolicy=simple",
                "--should-stop=ifError=FLOW"));
        return options;
    }

    private static Optional<Issue> issue(Diagnostic<? extends JavaFileObject> diagnostic, Map<String, byte[]> sources) {
        Matcher message = MESSAGE.matcher(diagnostic.getMessage(Locale.ROOT));
        if (!isOurs(diagnostic) || !message.matches()) {
            return Optional.empty();
        }
        String path = InMemoryFiles.path(diagnostic.getSource());
        String rule = message.group(1);
        return Optional.of(new Issue(
                "ERRORPRONE-" + rule,
                diagnostic.getCode().equals(ERROR) ? Severity.HIGH : Severity.LOW,
                rule + " " + SourceLine.identity(sources.get(path), diagnostic.getLineNumber()),
                message.group(2),
                path,
                (int) Math.max(0, diagnostic.getLineNumber()),
                0));
    }
}
