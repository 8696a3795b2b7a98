package dev.selfheal.validation.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassFileTest {

    @TempDir
    private Path temp;

    private int compiled;

    @Test
    void shouldNameItselfAndItsSource() throws Exception {
        ClassFile file = parse("package p; class A { static class B { } }", "p.A$B");
        assertThat(file.name()).isEqualTo("p.A$B");
        assertThat(file.topLevel()).isEqualTo("p.A");
        assertThat(file.superName()).isEqualTo("java.lang.Object");
        assertThat(file.sourceFile()).contains("A.java");
        assertThat(file.major()).isEqualTo(61);
    }

    @Test
    void shouldSeeEveryKindOfReference() throws Exception {
        ClassFile file = parse(
                "package p; import java.util.*; class A extends Thread implements Runnable {"
                        + " Set<UUID> field; Locale[] array; BitSet m(Scanner s) throws java.io.IOException { return null; }"
                        + " void call() { System.exit(1); Object o = (Formatter) null; Runnable r = Runtime::getRuntime; } }",
                "p.A");
        assertThat(file.references())
                .contains(
                        "java.lang.Thread",
                        "java.util.Set",
                        "java.util.UUID",
                        "java.util.Locale",
                        "java.util.BitSet",
                        "java.util.Scanner",
                        "java.io.IOException",
                        "java.util.Formatter");
        assertThat(file.uses()).contains("java.lang.System#exit", "java.lang.Runtime#getRuntime");
    }

    @Test
    void shouldReadPastWideConstants() throws Exception {
        ClassFile file =
                parse("package p; class A { long l = 1L << 40; double d = Math.PI; void m() { System.gc(); } }", "p.A");
        assertThat(file.uses()).contains("java.lang.System#gc");
    }

    @Test
    void shouldKeepItsInterfaceWhenOnlyABodyChanges() throws Exception {
        assertThat(members("int m() { return 1; } private int x;"))
                .isEqualTo(members("int m() { return helper(); } private int helper() { return 2; }"));
    }

    @Test
    void shouldChangeItsInterfaceWhenOthersWouldCompileDifferently() throws Exception {
        assertThat(members("int m() { return 1; }")).isNotEqualTo(members("long m() { return 1; }"));
        assertThat(members("static final int C = 1;")).isNotEqualTo(members("static final int C = 2;"));
        assertThat(members("void m() { }")).isNotEqualTo(members("void m() throws Exception { }"));
        assertThat(members("void m() { }")).isNotEqualTo(members("private void m() { }"));
        assertThat(members("java.util.List<String> l;")).isNotEqualTo(members("java.util.List<Integer> l;"));
    }

    @Test
    void shouldRefuseWhatIsNoClassFile() throws Exception {
        byte[] real = CompiledSources.compile(Map.of("A.java", "class A { }"), temp.resolve("t"))
                .get("A");
        assertThatThrownBy(() -> ClassFile.parse(new byte[0])).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> ClassFile.parse(new byte[] {1, 2, 3, 4, 5})).isInstanceOf(IOException.class);
        for (int length = 0; length < real.length; length++) {
            byte[] cut = Arrays.copyOf(real, length);
            assertThatThrownBy(() -> ClassFile.parse(cut)).isInstanceOf(IOException.class);
        }
    }

    private Object members(String body) throws IOException {
        return parse("class A { " + body + " }", "A").interfaceMembers();
    }

    private ClassFile parse(String source, String name) throws IOException {
        Path scratch = temp.resolve("c" + compiled++);
        String path = name.contains(".") ? "p/A.java" : "A.java";
        return ClassFile.parse(
                CompiledSources.compile(Map.of(path, source), scratch).get(name));
    }
}
