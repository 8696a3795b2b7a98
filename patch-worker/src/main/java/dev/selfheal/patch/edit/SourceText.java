package dev.selfheal.patch.edit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * One text file of the base commit, as lines.
 *
 * <p>Line ends are not part of a line: whoever applies hunks keeps the file's own ends, its charset and a missing final
 * newline. Immutable.
 */
public final class SourceText {

    private final String path;
    private final String sha256;
    private final Charset charset;
    private final List<String> lines;
    private final int[] lineStarts;
    private final String text;

    private SourceText(String path, String sha256, Charset charset, List<String> lines) {
        this.path = path;
        this.sha256 = sha256;
        this.charset = charset;
        this.lines = lines;
        this.text = String.join("\n", lines);
        this.lineStarts = new int[lines.size()];
        int start = 0;
        for (int i = 0; i < lineStarts.length; i++) {
            lineStarts[i] = start;
            start += lines.get(i).length() + 1;
        }
    }

    /**
     * Reads a file below {@code root}.
     *
     * @param path relative to the root, normalised, with forward slashes
     * @throws IOException when the file cannot be read
     */
    public static SourceText read(Path root, String path) throws IOException {
        return of(path, Files.readAllBytes(root.resolve(path)));
    }

    /** Decodes UTF-8 where the bytes are valid UTF-8, else ISO-8859-1, which maps every byte to one character and back. */
    public static SourceText of(String path, byte[] bytes) {
        Objects.requireNonNull(path, "path");
        Charset charset = isUtf8(bytes) ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
        return new SourceText(path, digest(bytes), charset, toLines(new String(bytes, charset)));
    }

    /** Text that is to become a file; encoded as UTF-8. */
    public static SourceText of(String path, String text) {
        return of(path, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Splits at LF and CRLF; a final line end opens no further line, so an empty text has no lines. */
    public static List<String> toLines(String text) {
        if (text.isEmpty()) {
            return List.of();
        }
        String body = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        return Arrays.stream(body.split("\n", -1))
                .map(SourceText::withoutCarriageReturn)
                .toList();
    }

    public String path() {
        return path;
    }

    /** Of the bytes as read, hex. */
    public String sha256() {
        return sha256;
    }

    public Charset charset() {
        return charset;
    }

    public List<String> lines() {
        return lines;
    }

    /** The line with this number, from 1. */
    public String line(int number) {
        return lines.get(number - 1);
    }

    /** All lines joined with LF, without a final line end. */
    public String text() {
        return text;
    }

    /** Offset into {@link #text()} of a line and column, both from 1. */
    public int offset(int line, int column) {
        return lineStarts[line - 1] + column - 1;
    }

    private static String withoutCarriageReturn(String line) {
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
