package dev.selfheal.validation;

import dev.selfheal.event.SourceRepository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A small Maven project with a bug and tests, in a git repository of its own. */
public final class SampleProject {

    public static final String CART = "src/main/java/org/example/Cart.java";
    public static final String CART_TEST = "src/test/java/org/example/CartTest.java";

    /** {@code total} fails with a NullPointerException on a null price. */
    public static final List<String> CART_LINES = """
            package org.example;

            import java.util.List;

            public class Cart {
                private final List<Integer> prices;

                public Cart(List<Integer> prices) {
                    this.prices = prices;
                }

                public int total() {
                    int sum = 0;
                    for (Integer price : prices) {
                        sum += price;
                    }
                    return sum;
                }

                public int size() {
                    return prices.size();
                }
            }
            """.lines().toList();

    /** The line of {@code sum += price}, from 1. */
    public static final int BUG_LINE = 15;

    private static final String JUPITER =
            "<groupId>org.junit.jupiter</groupId><artifactId>junit-jupiter</artifactId><version>5.14.4</version>";
    private static final String JUNIT4 =
            "<groupId>junit</groupId><artifactId>junit</artifactId><version>4.13.2</version>";

    private static final String TESTNG =
            "<groupId>org.testng</groupId><artifactId>testng</artifactId><version>7.11.0</version>";

    private static final String JUNIT4_TEST = """
            package org.example;

            import static org.junit.Assert.assertEquals;

            import java.util.Arrays;
            import org.junit.Test;

            public class CartTest {
                @Test
                public void totalIgnoresMissingPrices() {
                    assertEquals(3, new Cart(Arrays.asList(1, null, 2)).total());
                }

                @Test
                public void totalAddsPrices() {
                    assertEquals(3, new Cart(Arrays.asList(1, 2)).total());
                }
            }
            """;

    private final Path directory;

    private SampleProject(Path directory) {
        this.directory = directory;
    }

    public static SampleProject withJupiter(Path directory) throws IOException, InterruptedException {
        return create(directory, JUPITER, """
                package org.example;

                import static org.junit.jupiter.api.Assertions.assertEquals;

                import java.util.Arrays;
                import java.util.List;
                import org.junit.jupiter.api.Test;

                class CartTest {
                    @Test
                    void totalIgnoresMissingPrices() {
                        assertEquals(3, new Cart(Arrays.asList(1, null, 2)).total());
                    }

                    @Test
                    void totalAddsPrices() {
                        assertEquals(3, new Cart(List.of(1, 2)).total());
                    }

                    @Test
                    void sizeCountsAll() {
                        assertEquals(2, new Cart(List.of(1, 2)).size());
                    }
                }
                """);
    }

    public static SampleProject withJunit4(Path directory) throws IOException, InterruptedException {
        return create(directory, JUNIT4, JUNIT4_TEST);
    }

    /** Its rows come from a data provider, its carts from a configuration method. */
    public static SampleProject withTestNg(Path directory) throws IOException, InterruptedException {
        return create(directory, TESTNG, """
                package org.example;

                import static org.testng.Assert.assertEquals;

                import java.util.Arrays;
                import java.util.List;
                import org.testng.annotations.BeforeMethod;
                import org.testng.annotations.DataProvider;
                import org.testng.annotations.Test;

                public class CartTest {
                    private Cart cart;

                    @BeforeMethod
                    public void fill() {
                        cart = new Cart(Arrays.asList(1, null, 2));
                    }

                    @Test
                    public void totalIgnoresMissingPrices() {
                        assertEquals(cart.total(), 3);
                    }

                    @DataProvider
                    public Object[][] prices() {
                        return new Object[][] {{1, 2, 3}, {2, 2, 4}};
                    }

                    @Test(dataProvider = "prices")
                    public void totalAddsPrices(int a, int b, int sum) {
                        assertEquals(new Cart(List.of(a, b)).total(), sum);
                    }
                }
                """);
    }

    /**
     * Two Gradle projects: the cart, and a shop that uses it. Dependencies come from a folder, so that nothing
     * has to be downloaded.
     */
    public static SampleProject withGradle(Path directory, List<Path> libraries)
            throws IOException, InterruptedException {
        SampleProject project = new SampleProject(directory);
        for (Path library : libraries) {
            Files.createDirectories(directory.resolve("lib"));
            Files.copy(library, directory.resolve("lib").resolve(library.getFileName()));
        }
        project.write("settings.gradle", "rootProject.name = 'shops'\ninclude 'cart', 'shop'\n");
        project.write("build.gradle", """
                subprojects {
                    apply plugin: 'java'
                    sourceCompatibility = 8
                    compileJava.options.encoding = 'ISO-8859-1'
                    dependencies { testImplementation fileTree(dir: "${rootDir}/lib", include: '*.jar') }
                }
                project(':shop') { dependencies { implementation project(':cart') } }
                """);
        project.write("cart/" + CART, String.join("\n", CART_LINES) + "\n");
        project.write("cart/" + CART_TEST, JUNIT4_TEST);
        project.write(
                "shop/src/main/java/org/example/Shop.java",
                "package org.example;\npublic class Shop { public int empty(Cart cart) { return cart.size(); } }\n");
        project.write("shop/src/test/java/org/example/ShopTest.java", """
                package org.example;
                import org.junit.*;
                public class ShopTest {
                    @Test public void counts() {
                        Assert.assertEquals(1, new Shop().empty(new Cart(java.util.Arrays.asList(5))));
                    }
                }
                """);
        project.git("init", "--quiet", "-b", "main");
        project.commit();
        return project;
    }

    private static SampleProject create(Path directory, String framework, String test)
            throws IOException, InterruptedException {
        SampleProject project = new SampleProject(directory);
        project.write("pom.xml", pom(framework));
        project.write(CART, String.join("\n", CART_LINES) + "\n");
        project.write(CART_TEST, test);
        initialised(directory);
        return project;
    }

    /** Makes the folder a git repository and commits all of it; the commit's id. */
    public static String initialised(Path directory) throws IOException, InterruptedException {
        SampleProject project = new SampleProject(directory);
        project.git("init", "--quiet", "-b", "main");
        return project.commit();
    }

    private static String pom(String framework) {
        return """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>org.example</groupId><artifactId>cart</artifactId><version>1</version>
                  <properties>
                    <maven.compiler.release>17</maven.compiler.release>
                    <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
                  </properties>
                  <dependencies><dependency>%s<scope>test</scope></dependency></dependencies>
                  <build><plugins>
                    <plugin><artifactId>maven-resources-plugin</artifactId><version>3.5.0</version></plugin>
                    <plugin><artifactId>maven-compiler-plugin</artifactId><version>3.14.1</version></plugin>
                  </plugins></build>
                </project>
                """.formatted(framework);
    }

    public Path directory() {
        return directory;
    }

    public SourceRepository repository() {
        return SourceRepository.newBuilder()
                .setUrl(directory.toString())
                .setBranch("main")
                .build();
    }

    public void write(String path, String text) throws IOException {
        Path file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    public byte[] read(String path) throws IOException {
        return Files.readAllBytes(directory.resolve(path));
    }

    /** The id of the new commit. */
    public String commit() throws IOException, InterruptedException {
        git("add", "--all");
        git("-c", "user.name=Test", "-c", "user.email=test@example.org", "commit", "--quiet", "-m", "state");
        return git("rev-parse", "HEAD").strip();
    }

    public String git(String... arguments) throws IOException, InterruptedException {
        return run(directory, arguments);
    }

    /** Runs git, whatever the machine's own settings are. */
    public static String run(Path folder, String... arguments) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder();
        builder.command().add("git");
        builder.command().addAll(List.of(arguments));
        builder.directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(Map.of("GIT_CONFIG_GLOBAL", "/dev/null", "GIT_CONFIG_SYSTEM", "/dev/null"));
        Process git = builder.start();
        git.getOutputStream().close();
        String output = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!git.waitFor(30, TimeUnit.SECONDS) || git.exitValue() != 0) {
            throw new IOException("git " + List.of(arguments) + ": " + output);
        }
        return output;
    }
}
