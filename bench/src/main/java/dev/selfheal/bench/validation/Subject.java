package dev.selfheal.bench.validation;

import dev.selfheal.attestation.PatchDigest;
import dev.selfheal.event.CandidatePatch;
import dev.selfheal.event.FileEdit;
import dev.selfheal.event.Hunk;
import dev.selfheal.event.OriginKind;
import dev.selfheal.event.PatchOrigin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * A released bug and the one line that mends it.
 *
 * @param bug id in the corpus
 * @param path of the file to mend
 * @param broken stands in exactly one line of it
 * @param mended what to put in its place
 */
record Subject(String bug, String path, String broken, String mended) {

    /** A class that few tests touch, as most are. */
    static final Subject SMALL = new Subject(
            "lang3-3.13.0-1",
            "src/main/java/org/apache/commons/lang3/ClassLoaderUtils.java",
            "return classLoader + Arrays.toString(classLoader.getURLs());",
            "return classLoader == null ? \"null\" : classLoader + Arrays.toString(classLoader.getURLs());");

    /** The largest class, which most tests touch. */
    static final Subject LARGE = new Subject(
            "lang3-3.9-1",
            "src/main/java/org/apache/commons/lang3/StringUtils.java",
            "if (str.charAt(0) == wrapChar && ",
            "if (str.length() > 1 && str.charAt(0) == wrapChar && ");

    /** The mending patch, with a comment that makes it another patch each time. */
    CandidatePatch patch(Path project, int number) throws IOException {
        Path file = project.resolve(path);
        List<String> lines = Files.readAllLines(file);
        int line = lineOf(lines);
        String before = lines.get(line - 1);
        String after = before.replace(broken, mended) + " // " + number;
        List<FileEdit> edits = List.of(FileEdit.newBuilder()
                .setPath(path)
                .setBaseSha256(sha256(Files.readAllBytes(file)))
                .setHunks(List.of(new Hunk(line, List.of(before), List.of(after))))
                .build());
        return CandidatePatch.newBuilder()
                .setPatchId(PatchDigest.of(edits))
                .setOrigin(PatchOrigin.newBuilder()
                        .setKind(OriginKind.TEMPLATE)
                        .setName("bench")
                        .build())
                .setEdits(edits)
                .setScore(1)
                .build();
    }

    /** Mends the file itself. */
    void apply(Path project, int number) throws IOException {
        Path file = project.resolve(path);
        String text = Files.readString(file, StandardCharsets.UTF_8);
        Files.writeString(file, text.replace(broken, mended) + "// " + number + "\n");
    }

    private int lineOf(List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains(broken)) {
                return i + 1;
            }
        }
        throw new IllegalStateException("the bug of " + bug + " is not in " + path);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
