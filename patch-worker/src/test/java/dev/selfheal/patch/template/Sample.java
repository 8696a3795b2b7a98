package dev.selfheal.patch.template;

import dev.selfheal.event.CandidatePatch;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.FileEdit;
import dev.selfheal.event.Hunk;
import dev.selfheal.patch.Policies;
import dev.selfheal.patch.StackTraces;
import dev.selfheal.patch.edit.SourceText;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** A source tree with the one class `shop.Sample` in it. */
final class Sample {

    static final String PATH = "src/main/java/shop/Sample.java";

    private final Path root;

    Sample(Path root) {
        this.root = root;
    }

    /** What templates propose for a failure of the class at a line. */
    List<CandidatePatch> propose(String source, int line, String exception, List<String> library) {
        try {
            write(source);
            return new TemplateProposer(edits -> edits.toString())
                    .propose(root, event(line, exception, library), Policies.policy(), Set.of())
                    .candidates();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(String source) throws IOException {
        Path file = root.resolve(PATH);
        Files.createDirectories(file.getParent());
        Files.writeString(file, source);
    }

    static ErrorEvent event(int line, String exception, List<String> library) {
        StringBuilder trace = new StringBuilder(exception).append('\n');
        library.forEach(call -> trace.append("\tat ").append(call).append(place(call)));
        trace.append("\tat shop.Sample.run(Sample.java:").append(line).append(")\n");
        trace.append("\tat shop.SampleTest.shouldRun(SampleTest.java:7)\n");
        return StackTraces.event(trace.toString());
    }

    /** A call into the class itself is in the tree; which line of it does not matter. */
    private static String place(String call) {
        return call.startsWith("shop.Sample.") ? "(Sample.java)\n" : "(Library.java:1)\n";
    }

    static String apply(String source, CandidatePatch candidate) {
        List<String> lines = new ArrayList<>(SourceText.toLines(source));
        FileEdit edit = candidate.getEdits().get(0);
        List<Hunk> hunks = new ArrayList<>(edit.getHunks());
        Collections.reverse(hunks);
        for (Hunk hunk : hunks) {
            int begin = hunk.getStartLine() - 1;
            List<String> replaced =
                    lines.subList(begin, begin + hunk.getBefore().size());
            if (!replaced.equals(hunk.getBefore())) {
                throw new IllegalStateException("hunk does not fit: " + hunk);
            }
            replaced.clear();
            lines.addAll(begin, hunk.getAfter());
        }
        return String.join("\n", lines) + "\n";
    }

    /** What the compiler says; empty when it compiles. */
    String compile(String source) throws IOException {
        write(source);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        Path classes = Files.createDirectories(root.resolve("target/classes"));
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            boolean compiled = compiler.getTask(
                            messages,
                            files,
                            null,
                            List.of("-proc:none", "-d", classes.toString()),
                            null,
                            files.getJavaFileObjects(root.resolve(PATH)))
                    .call();
            return compiled ? "" : messages + "\n" + source;
        }
    }
}
