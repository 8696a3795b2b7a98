package dev.selfheal.standalone.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A jar of Java sources, unpacked into a Maven layout. Sources come out as UTF-8 whatever they were (old releases mix it
 * with ISO-8859-1); other files byte for byte.
 */
final class SourceJar {

    /** What belongs to the packaging, not to the project; a module descriptor would change how everything compiles. */
    private static final Pattern LEFT_OUT = Pattern.compile(
            "META-INF/(MANIFEST\\.MF|maven/.*|DEPENDENCIES|LICENSE.*|NOTICE.*)|(.*/)?module-info\\.java");

    private static final Pattern LICENCE = Pattern.compile("META-INF/((LICENSE|NOTICE)[^/]*)");

    private final Path jar;

    SourceJar(Path jar) {
        this.jar = jar;
    }

    /**
     * Unpacks Java files and resources, keeping files that are already there.
     *
     * @throws IOException also when an entry would land outside its folder; what came before it stays
     */
    void unpack(Path javaFolder, Path resourceFolder) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : zip.stream().filter(e -> !e.isDirectory()).toList()) {
                if (LEFT_OUT.matcher(entry.getName()).matches()) {
                    continue;
                }
                boolean java = entry.getName().endsWith(".java");
                byte[] content = content(zip, entry);
                write(inside(java ? javaFolder : resourceFolder, entry.getName()), java ? utf8(content) : content);
            }
        }
    }

    /** Unpacks the licence and the notice into the folder itself. */
    void unpackLicence(Path folder) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                var matcher = LICENCE.matcher(entry.getName());
                if (matcher.matches()) {
                    write(inside(folder, matcher.group(1)), content(zip, entry));
                }
            }
        }
    }

    /** The entry with this file name, in whatever folder. */
    Optional<String> find(String fileName) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.endsWith("/" + fileName) && !name.contains(".."))
                    .findFirst();
        }
    }

    /** The text of one Java file. */
    Optional<String> read(String entryName) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            ZipEntry entry = zip.getEntry(entryName);
            return entry == null
                    ? Optional.empty()
                    : Optional.of(new String(utf8(content(zip, entry)), StandardCharsets.UTF_8));
        }
    }

    private Path inside(Path folder, String name) throws IOException {
        Path target = folder.resolve(name).normalize();
        if (!target.startsWith(folder.normalize()) || name.indexOf('\\') >= 0) {
            throw new IOException(jar.getFileName() + " holds an entry that leaves its folder: " + name);
        }
        return target;
    }

    private static byte[] content(ZipFile zip, ZipEntry entry) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }

    private static void write(Path target, byte[] content) throws IOException {
        if (!Files.exists(target)) {
            Files.createDirectories(target.getParent());
            Files.write(target, content);
        }
    }

    private static byte[] utf8(byte[] content) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content));
            return content;
        } catch (CharacterCodingException notUtf8) {
            return new String(content, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.UTF_8);
        }
    }
}
