package dev.selfheal.validation.sandbox.runner;

import dev.selfheal.validation.sandbox.runner.CompileReport.Problem;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** Runs javac in memory: no annotation processors, nothing but the given sources, no file written. */
final class CompileTask implements Task {

    /** Until the compiler's own code is compiled: a small class takes 20 ms of processor time then, and 30 with half of them. */
    private static final int ROUNDS = 24;

    private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    private final CompileOrder practice;

    /** @param options javac's, as the order will have them: the release decides what the compiler reads */
    CompileTask(List<String> options) {
        byte[] source = WarmUpSource.TEXT.getBytes(StandardCharsets.UTF_8);
        this.practice = new CompileOrder(Map.of(WarmUpSource.PATH, source), List.of(), options);
    }

    @Override
    public int rounds() {
        return ROUNDS;
    }

    @Override
    public void warmUp() throws IOException {
        CompileReport unused = practise(); // options such as -Werror may refuse it: the practice is all the same
    }

    CompileReport practise() throws IOException {
        return compile(practice);
    }

    @Override
    public byte[] run(byte[] order) throws IOException {
        return compile(CompileOrder.decode(order)).encode();
    }

    CompileReport compile(CompileOrder order) throws IOException {
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        try (StandardJavaFileManager files =
                compiler.getStandardFileManager(diagnostics, Locale.ROOT, StandardCharsets.UTF_8)) {
            files.setLocation(
                    StandardLocation.CLASS_PATH,
                    order.classpath().stream().map(File::new).toList());
            files.setLocation(StandardLocation.SOURCE_PATH, List.of());
            InMemoryFiles memory = new InMemoryFiles(files);
            boolean compiled = compiler.getTask(
                            null, memory, diagnostics, options(order), null, InMemoryFiles.sources(order))
                    .call();
            return new CompileReport(
                    compiled, compiled ? memory.classes() : Map.of(), problems(diagnostics.getDiagnostics()));
        } catch (IllegalArgumentException e) { // javac does not know an option
            return new CompileReport(false, Map.of(), List.of(new Problem("", 0, Throwables.message(e))));
        }
    }

    private static List<String> options(CompileOrder order) {
        List<String> options = new ArrayList<>(order.options());
        options.add("-proc:none");
        options.add("-implicit:none");
        return options;
    }

    private static List<Problem> problems(List<Diagnostic<? extends JavaFileObject>> diagnostics) {
        return diagnostics.stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .map(diagnostic -> new Problem(
                        InMemoryFiles.path(diagnostic.getSource()),
                        (int) Math.max(0, diagnostic.getLineNumber()),
                        diagnostic.getMessage(Locale.ROOT)))
                .toList();
    }
}
