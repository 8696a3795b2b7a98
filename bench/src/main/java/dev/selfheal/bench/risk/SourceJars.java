package dev.selfheal.bench.risk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Sources of releases, fetched by the user's own Maven in one run. */
final class SourceJars {

    private final Path folder;

    private SourceJars(Path folder) {
        this.folder = folder;
    }

    static SourceJars fetch(List<ReleasePair> pairs, Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Path pom = Files.writeString(folder.resolve("pom.xml"), pom(pairs, folder));
        Process maven = new ProcessBuilder("mvn", "-B", "-q", "-f", pom.toString(), "dependency:copy@sources")
                .inheritIO()
                .start();
        if (maven.waitFor() != 0) {
            throw new IOException("Maven could not fetch the sources");
        }
        return new SourceJars(folder);
    }

    private static String pom(List<ReleasePair> pairs, Path folder) {
        TreeSet<String> items = new TreeSet<>();
        for (ReleasePair pair : pairs) {
            Stream.of(pair.before(), pair.after())
                    .map(version -> item(pair, version))
                    .forEach(items::add);
        }
        return """
                <project><modelVersion>4.0.0</modelVersion>
                <groupId>dev.selfheal.bench</groupId><artifactId>sources</artifactId><version>1</version>
                <build><plugins><plugin><artifactId>maven-dependency-plugin</artifactId><version>3.8.1</version>
                <executions><execution><id>sources</id><configuration><outputDirectory>%s</outputDirectory>
                <artifactItems>%s</artifactItems></configuration></execution></executions>
                </plugin></plugins></build></project>
                """.formatted(folder, String.join("\n", items));
    }

    private static String item(ReleasePair pair, String version) {
        return "<artifactItem><groupId>" + pair.groupId() + "</groupId><artifactId>" + pair.artifactId()
                + "</artifactId><version>" + version + "</version><classifier>sources</classifier></artifactItem>";
    }

    /** The Java files of a jar: path to text. */
    Map<String, String> read(String jar) throws IOException {
        Map<String, String> sources = new HashMap<>();
        try (ZipFile zip = new ZipFile(folder.resolve(jar).toFile())) {
            for (ZipEntry entry : zip.stream()
                    .filter(each -> each.getName().endsWith(".java"))
                    .toList()) {
                sources.put(
                        entry.getName(), new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return sources;
    }
}
