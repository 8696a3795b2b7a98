package dev.selfheal.validation.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.validation.sandbox.Sandbox;
import dev.selfheal.validation.sandbox.SandboxConfig;
import dev.selfheal.validation.sandbox.Sandboxes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What test classes load, measured in a real sandbox. */
class CoverageIT {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Set<String> MAIN = Set.of("p.Tax", "p.Cart", "p.Remote");

    @TempDir
    private static Path temp;

    @Test
    void shouldTellWhatEachTestClassLoadsAndRememberItForTheNextWorker() throws Exception {
        ProjectModule module = module();
        List<String> tests = List.of("p.CartTest", "p.LateTest", "p.ReflectiveTest", "p.FailingTest");
        try (Sandbox sandbox = Sandboxes.open(
                SandboxConfig.defaults().withStateDirectory(Files.createDirectory(temp.resolve("state"))))) {
            Coverage coverage = new Coverage(ResultStore.in(temp.resolve("results")));
            Coverage.Measuring how = new Coverage.Measuring(sandbox, TIMEOUT, () -> false);
            assertThat(coverage.measure(module, List.of(module.mainClasses()), tests, how))
                    .isEqualTo(3);
            Coverage next = new Coverage(ResultStore.in(temp.resolve("results")));
            assertThat(next.of(sandbox, module, "p.CartTest")).hasValue(Set.of("p.Cart", "p.Tax"));
            assertThat(next.of(sandbox, module, "p.LateTest")).hasValue(Set.of("p.Tax"));
            assertThat(next.of(sandbox, module, "p.ReflectiveTest")).hasValue(Set.of("p.Remote"));
            assertThat(next.of(sandbox, module, "p.FailingTest")).isEmpty();
        }
    }

    private static ProjectModule module() throws IOException {
        Map<String, String> sources = new TreeMap<>();
        sources.put("p/Tax.java", "package p; class Tax { static int of(int net) { return net / 5; } }");
        sources.put("p/Cart.java", "package p; class Cart { int tax() { return Tax.of(10); } }");
        sources.put("p/Remote.java", "package p; class Remote { }");
        test(sources, "CartTest", "new Cart().tax();");
        test(sources, "LateTest", "Tax.of(1);");
        test(sources, "ReflectiveTest", "Class.forName(\"p.Rem\" + \"ote\");");
        test(sources, "FailingTest", "Tax.of(1); throw new Exception();");
        Path main = temp.resolve("main");
        Path test = temp.resolve("test");
        for (Map.Entry<String, byte[]> each :
                CompiledSources.compile(sources, temp.resolve("scratch")).entrySet()) {
            Path folder = MAIN.contains(each.getKey()) ? main : test;
            Path file = folder.resolve(each.getKey().replace('.', '/') + ".class");
            Files.createDirectories(file.getParent());
            Files.write(file, each.getValue());
        }
        return new ProjectModule(
                temp, main, test, List.of(), List.of(), List.of(test, main), List.of(), StandardCharsets.UTF_8);
    }

    private static void test(Map<String, String> sources, String name, String body) {
        sources.put(
                "p/" + name + ".java",
                "package p; class " + name + " { @org.junit.jupiter.api.Test void runs() throws Exception { " + body
                        + " } }");
    }
}
