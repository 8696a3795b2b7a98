package dev.selfheal.patch.corpus;

import dev.selfheal.event.CandidatePatch;
import dev.selfheal.event.FileEdit;
import dev.selfheal.event.Hunk;
import dev.selfheal.patch.edit.SourceText;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles a candidate's file over the built project and runs tests against it in a JVM of its own. */
final class CandidateRun {

    private static final String RUNNER = """
            import java.util.*;
            import org.junit.platform.engine.discovery.DiscoverySelectors;
            import org.junit.platform.launcher.*;
            import org.junit.platform.launcher.core.*;
            import org.junit.platform.launcher.listeners.*;
            import org.junit.platform.engine.TestExecutionResult;
            public class Runner {
              public static void main(String[] a) {
                LauncherDiscoveryRequestBuilder b = LauncherDiscoveryRequestBuilder.request();
                for (String c : a) b.selectors(DiscoverySelectors.selectClass(c));
                int[] ran = new int[1];
                Set<String> failed = new TreeSet<>();
                LauncherFactory.create().execute(b.build(), new TestExecutionListener() {
                  @Override public void executionFinished(TestIdentifier id, TestExecutionResult r) {
                    if (id.isTest()) ran[0]++;
                    if (r.getStatus() != TestExecutionResult.Status.SUCCESSFUL) failed.add(id.getUniqueId());
                  }
                });
                System.out.println("RAN " + ran[0]);
                for (String f : failed) System.out.println("FAILED " + f);
                System.out.println("END");
                System.exit(0);
              }
            }
            """;

    private final CorpusCase corpusCase;
    private final Path work;

    CandidateRun(CorpusCase corpusCase, Path work) throws IOException {
        this.corpusCase = corpusCase;
        this.work = work;
        Path source = Files.writeString(work.resolve("Runner.java"), RUNNER);
        String errors = compile(source, Files.createDirectories(work.resolve("runner")), List.of());
        if (!errors.isEmpty()) {
            throw new IOException(errors);
        }
    }

    /** Empty when it compiles, else the compiler's words. */
    String compile(CandidatePatch candidate, Path output) throws IOException {
        FileEdit edit = candidate.getEdits().get(0);
        Path file = Files.createDirectories(work.resolve("src"))
                .resolve(Path.of(edit.getPath()).getFileName());
        SourceText original = SourceText.read(corpusCase.folder(), edit.getPath());
        Files.writeString(file, apply(original, edit), original.charset());
        return compile(file, output, List.of("-encoding", original.charset().name()));
    }

    /** Ids of the failing tests, and a line that says how many ran. */
    String run(Path patched, boolean reproduction, List<String> classes) throws IOException, InterruptedException {
        Path folder = corpusCase.folder();
        List<String> path = new ArrayList<>(List.of(
                work.resolve("runner").toString(),
                patched.toString(),
                folder.resolve("target/classes").toString(),
                folder.resolve(reproduction ? "target/repro-classes" : "target/test-classes")
                        .toString()));
        corpusCase.libraries().forEach(library -> path.add(library.toString()));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Djava.security.manager=allow",
                "-Duser.language=en",
                "-Duser.country=US",
                "-cp",
                String.join(":", path),
                "Runner"));
        command.addAll(classes);
        Path out = work.resolve("out.txt");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        if (!process.waitFor(90, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            return "TIMEOUT";
        }
        String text = new String(Files.readAllBytes(out), java.nio.charset.StandardCharsets.ISO_8859_1);
        return text.lines()
                .filter(line -> line.startsWith("RAN ") || line.startsWith("FAILED ") || line.equals("END"))
                .collect(Collectors.joining("\n"));
    }

    private String compile(Path source, Path output, List<String> options) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter errors = new StringWriter();
        List<Path> path = new ArrayList<>(corpusCase.libraries());
        path.add(0, corpusCase.folder().resolve("target/classes"));
        List<String> arguments = new ArrayList<>(options);
        arguments.addAll(List.of(
                "-nowarn",
                "-proc:none",
                "-g",
                "-d",
                output.toString(),
                "-cp",
                path.stream().map(Path::toString).collect(Collectors.joining(":"))));
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            boolean compiled = compiler.getTask(errors, files, null, arguments, null, files.getJavaFileObjects(source))
                    .call();
            return compiled ? "" : "does not compile: " + errors;
        }
    }

    static String apply(SourceText original, FileEdit edit) {
        List<String> lines = new ArrayList<>(original.lines());
        List<Hunk> hunks = new ArrayList<>(edit.getHunks());
        java.util.Collections.reverse(hunks);
        for (Hunk hunk : hunks) {
            List<String> replaced = lines.subList(
                    hunk.getStartLine() - 1,
                    hunk.getStartLine() - 1 + hunk.getBefore().size());
            if (!replaced.equals(hunk.getBefore())) {
                throw new IllegalStateException("hunk does not fit at " + hunk.getStartLine());
            }
            replaced.clear();
            lines.addAll(hunk.getStartLine() - 1, hunk.getAfter());
        }
        return String.join("\n", lines) + "\n";
    }

    /** Test classes of the old release that are named for the class. */
    List<String> testsOf(String simpleName) throws IOException {
        Path root = corpusCase.folder().resolve("target/test-classes");
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(root)) {
            return files.map(file -> root.relativize(file).toString())
                    .filter(name -> name.endsWith(".class") && !name.contains("$"))
                    .filter(name -> name.matches(".*/(Test)?" + simpleName + "\\w*(Test|TestCase)?\\.class"))
                    .map(name -> name.replace(".class", "").replace('/', '.'))
                    .sorted()
                    .toList();
        }
    }
}
