package dev.selfheal.standalone.corpus;

import java.util.List;
import java.util.stream.Collectors;

/** Writes the POM of a materialised case, and the one its files are fetched with. Pure. */
final class CasePom {

    /** JUnit 4 tests run on the same platform through its vintage engine. */
    private static final List<Artifact> JUNIT = List.of(
            Artifact.parse("org.junit.jupiter:junit-jupiter:5.14.4"),
            Artifact.parse("org.junit.vintage:junit-vintage-engine:5.14.4"));

    private static final String DEPENDENCY_PLUGIN_VERSION = "3.11.0";

    /** Goals to run with {@link #toFetch}, the plugin's version pinned. */
    static final List<String> FETCH_GOALS = List.of(
            "org.apache.maven.plugins:maven-dependency-plugin:" + DEPENDENCY_PLUGIN_VERSION + ":copy@sources",
            "org.apache.maven.plugins:maven-dependency-plugin:" + DEPENDENCY_PLUGIN_VERSION
                    + ":build-classpath@classpath");

    /** Where {@link #toFetch} puts the sources and the class path, below its own folder. */
    static final String JARS = "jars";

    static final String CLASS_PATH = "classpath.txt";

    private static final String PROJECT = """
            <?xml version="1.0" encoding="UTF-8"?>
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <modelVersion>4.0.0</modelVersion>
              <groupId>%s</groupId>
              <artifactId>%s</artifactId>
              <version>%s</version>
              <properties>
                <maven.compiler.release>%d</maven.compiler.release>
                <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
              </properties>
              <dependencies>
            %s  </dependencies>
              <build>
                <plugins>
            %s    </plugins>
              </build>
            </project>
            """;

    private static final String BUILD_PLUGINS = """
                  <plugin><artifactId>maven-resources-plugin</artifactId><version>3.5.0</version></plugin>
                  <plugin>
                    <artifactId>maven-compiler-plugin</artifactId>
                    <version>3.14.1</version>
                    <configuration><proc>none</proc></configuration>
                  </plugin>
                  <plugin>
                    <artifactId>maven-surefire-plugin</artifactId>
                    <version>3.6.1</version>
                    <configuration><trimStackTrace>false</trimStackTrace></configuration>
                  </plugin>
            """;

    private static final String FETCH_PLUGIN = """
                  <plugin>
                    <artifactId>maven-dependency-plugin</artifactId>
                    <version>%s</version>
                    <executions>
                      <execution>
                        <id>sources</id>
                        <configuration>
                          <outputDirectory>${project.basedir}/%s</outputDirectory>
                          <artifactItems>
            %s              </artifactItems>
                        </configuration>
                      </execution>
                      <execution>
                        <id>classpath</id>
                        <configuration><outputFile>${project.basedir}/%s</outputFile></configuration>
                      </execution>
                    </executions>
                  </plugin>
            """;

    private CasePom() {}

    /** The project people and Selfheal build. */
    static String ofProject(CorpusCase bug) {
        return render(bug, BUILD_PLUGINS);
    }

    /** The same dependencies, and the source jars to copy. */
    static String toFetch(CorpusCase bug, List<Artifact> sources) {
        String items = sources.stream()
                .map(a -> "                <artifactItem>" + coordinates(a) + "<classifier>" + a.classifier()
                        + "</classifier></artifactItem>\n")
                .collect(Collectors.joining());
        return render(bug, FETCH_PLUGIN.formatted(DEPENDENCY_PLUGIN_VERSION, JARS, items, CLASS_PATH));
    }

    private static String render(CorpusCase bug, String plugins) {
        String dependencies = bug.dependencies().stream()
                        .map(d -> alone(d, "compile"))
                        .collect(Collectors.joining())
                + bug.testDependencies().stream().map(d -> alone(d, "test")).collect(Collectors.joining())
                + JUNIT.stream()
                        .map(a -> dependency(coordinates(a) + "<scope>test</scope>"))
                        .collect(Collectors.joining());
        return PROJECT.formatted(
                bug.groupId(), bug.artifactId(), bug.buggyVersion(), bug.release(), dependencies, plugins);
    }

    /** Without what it depends on: the case lists everything it needs. */
    private static String alone(String coordinates, String scope) {
        return dependency(coordinates(Artifact.parse(coordinates)) + "<scope>" + scope + "</scope>"
                + "<exclusions><exclusion><groupId>*</groupId><artifactId>*</artifactId></exclusion></exclusions>");
    }

    private static String dependency(String inner) {
        return "    <dependency>" + inner + "</dependency>\n";
    }

    private static String coordinates(Artifact artifact) {
        return "<groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version>"
                .formatted(artifact.groupId(), artifact.artifactId(), artifact.version());
    }
}
