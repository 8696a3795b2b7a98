package dev.selfheal.standalone;

import dev.selfheal.standalone.repository.GitFixture;
import java.nio.file.Path;

/** A small Maven project with a real fault, made by a test. */
public final class BuggyProject {

    private static final String POM = """
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <modelVersion>4.0.0</modelVersion>
              <groupId>org.example</groupId>
              <artifactId>shop</artifactId>
              <version>1</version>
              <properties>
                <maven.compiler.release>17</maven.compiler.release>
                <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
              </properties>
              <dependencies>
                <dependency>
                  <groupId>org.junit.jupiter</groupId>
                  <artifactId>junit-jupiter-api</artifactId>
                  <version>%s</version>
                  <scope>test</scope>
                </dependency>
              </dependencies>
              <build>
                <plugins>
                  <plugin>
                    <artifactId>maven-compiler-plugin</artifactId>
                    <version>3.14.1</version>
                  </plugin>
                  <plugin>
                    <artifactId>maven-resources-plugin</artifactId>
                    <version>3.5.0</version>
                  </plugin>
                </plugins>
              </build>
            </project>
            """;

    private static final String GREETING = """
            package org.example.shop;

            /** Greets customers. */
            public final class Greeting {

                private final String salutation;

                public Greeting(String salutation) {
                    this.salutation = salutation;
                }

                /** Length of the name as printed; a customer without a name prints nothing. */
                public int width(String name) {
                    return name.length();
                }

                public String greet(String name) {
                    return salutation + " " + name;
                }
            }
            """;

    private static final String GREETING_TEST = """
            package org.example.shop;

            import static org.junit.jupiter.api.Assertions.assertEquals;

            import org.junit.jupiter.api.Test;

            class GreetingTest {

                private final Greeting greeting = new Greeting("Hello");

                @Test
                void greets() {
                    assertEquals("Hello Ada", greeting.greet("Ada"));
                }

                @Test
                void measures() {
                    assertEquals(3, greeting.width("Ada"));
                }

                @Test
                void measuresNobody() {
                    assertEquals(0, greeting.width(null));
                }
            }
            """;

    public static final String FAILING_TEST = "org.example.shop.GreetingTest#measuresNobody";

    private final GitFixture git;

    private BuggyProject(GitFixture git) {
        this.git = git;
    }

    /** {@code Greeting.width} throws a NullPointerException for a customer without a name. */
    public static BuggyProject in(Path folder) throws Exception {
        return new BuggyProject(GitFixture.in(folder)
                .write(".gitignore", "target/\n")
                .write("pom.xml", POM.formatted(System.getProperty("selfheal.test.junit", "5.14.4")))
                .write("src/main/java/org/example/shop/Greeting.java", GREETING)
                .write("src/test/java/org/example/shop/GreetingTest.java", GREETING_TEST));
    }

    /** A fault that no template mends: the failing assertion wants behaviour that is not there. */
    public BuggyProject withHopelessFault() throws Exception {
        git.write(
                "src/main/java/org/example/shop/Greeting.java",
                GREETING.replace(
                        "return name.length();",
                        "if (name == null) { throw new IllegalStateException(\"no rule for customers without a name\"); }"
                                + " return name.length() + salutation.length() * 7;"));
        return this;
    }

    public BuggyProject thatDoesNotCompile() throws Exception {
        git.write("src/main/java/org/example/shop/Broken.java", "package org.example.shop; class Broken { int x = ; }");
        return this;
    }

    public String commit() throws Exception {
        return git.commit();
    }

    public GitFixture git() {
        return git;
    }

    public Path root() {
        return git.root();
    }
}
