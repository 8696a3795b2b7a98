package dev.selfheal.validation.baseline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Real class files for tests, made by the JDK's own compiler. */
public final class CompiledSources {

    private CompiledSources() {}

    /**
     * @param sources path below the source root to text
     * @return binary name to class file
     */
    public static Map<String, byte[]> compile(Map<String, String> sources, Path scratch) throws IOException {
        Path out = Files.createDirectories(scratch.resolve("out"));
        List<String> arguments = new ArrayList<>(List.of("-g", "-proc:none", "--release", "17", "-d", out.toString()));
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path file = scratch.resolve(source.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, source.getValue());
            arguments.add(file.toString());
        }
        int code = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        if (code != 0) {
            throw new IOException("the fixture does not compile");
        }
        Map<String, byte[]> classes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(out)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".class")).toList()) {
                String name = out.relativize(file).toString().replace('/', '.').replaceAll("\\.class$", "");
                classes.put(name, Files.readAllBytes(file));
            }
        }
        return classes;
    }
}
