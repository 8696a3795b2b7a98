package dev.selfheal.standalone.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceJarTest {

    @TempDir
    private Path folder;

    @Test
    void shouldSortSourcesAndResources() throws Exception {
        SourceJar jar = jar("org/A.java", "class A {}", "org/a.txt", "text");

        jar.unpack(folder.resolve("java"), folder.resolve("resources"));

        assertThat(folder.resolve("java/org/A.java")).hasContent("class A {}");
        assertThat(folder.resolve("resources/org/a.txt")).hasContent("text");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"META-INF/MANIFEST.MF", "META-INF/maven/g/a/pom.xml", "module-info.java", "META-INF/NOTICE.txt"})
    void shouldLeaveThePackagingOut(String entry) throws Exception {
        jar(entry, "x").unpack(folder.resolve("java"), folder.resolve("resources"));

        assertThat(folder.resolve("java")).doesNotExist();
        assertThat(folder.resolve("resources")).doesNotExist();
    }

    @Test
    void shouldPutTheLicenceAtTheTop() throws Exception {
        jar("META-INF/LICENSE.txt", "licence").unpackLicence(folder.resolve("top"));

        assertThat(folder.resolve("top/LICENSE.txt")).hasContent("licence");
    }

    @Test
    void shouldTurnLatin1SourcesIntoUtf8AndLeaveResourcesAlone() throws Exception {
        byte[] latin1 = "// caf\u00e9".getBytes(StandardCharsets.ISO_8859_1);
        Path file = folder.resolve("latin1.jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            add(zip, "A.java", latin1);
            add(zip, "a.txt", latin1);
        }

        new SourceJar(file).unpack(folder.resolve("java"), folder.resolve("resources"));

        assertThat(Files.readString(folder.resolve("java/A.java"))).isEqualTo("// caf\u00e9");
        assertThat(folder.resolve("resources/a.txt")).hasBinaryContent(latin1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evil.java", "org/../../evil.java", "/etc/evil.java", "..\\evil.java", "../evil.txt"})
    void shouldWriteNothingOutsideItsFolder(String entry) throws Exception {
        Path inside = folder.resolve("inside");
        SourceJar jar = jar(entry, "evil");

        assertThatThrownBy(() -> jar.unpack(inside.resolve("java"), inside.resolve("java")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("leaves its folder");
        assertThat(inside).doesNotExist();
    }

    @Test
    void shouldFindAFileInWhateverFolder() throws Exception {
        SourceJar jar = jar("org/example/AbstractTest.java", "class AbstractTest {}");

        assertThat(jar.find("AbstractTest.java")).contains("org/example/AbstractTest.java");
        assertThat(jar.find("Other.java")).isEmpty();
        assertThat(jar.read("org/example/AbstractTest.java")).contains("class AbstractTest {}");
        assertThat(jar.read("Other.java")).isEmpty();
    }

    private SourceJar jar(String... namesAndContents) throws IOException {
        Path file = folder.resolve("sources.jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (int i = 0; i < namesAndContents.length; i += 2) {
                add(zip, namesAndContents[i], namesAndContents[i + 1].getBytes(StandardCharsets.UTF_8));
            }
        }
        return new SourceJar(file);
    }

    private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }
}
