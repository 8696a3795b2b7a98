package dev.selfheal.validation.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Compiles the tests' own payloads, outside the sandbox: they are ours until they run. */
public final class Sources {

    private Sources() {}

    /** Binary names to class files of one source in the unnamed package. */
    public static Map<String, byte[]> compile(String source) {
        try {
            Path folder = Files.createTempDirectory("payload");
            try {
                return compile(source, folder);
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, byte[]> compile(String source, Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("T.java"), source);
        String classpath = Stream.concat(
                        SandboxContract.framework().stream(),
                        Stream.of(SandboxContract.jarOf("org.testng.annotations.Test")))
                .map(Path::toString)
                .collect(Collectors.joining(System.getProperty("path.separator")));
        int exitCode = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-nowarn", "-proc:none", "-cp", classpath, file.toString());
        assertThat(exitCode).as("javac on%n%s", source).isZero();
        Map<String, byte[]> classes = new HashMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path compiled :
                    files.filter(path -> path.toString().endsWith(".class")).toList()) {
                String name = compiled.getFileName().toString();
                classes.put(name.substring(0, name.length() - ".class".length()), Files.readAllBytes(compiled));
            }
        }
        return classes;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
