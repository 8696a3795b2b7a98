package dev.selfheal.validation.edit;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A text file as lines that keep their own line ends, so that writing it back changes nothing but what was edited.
 *
 * @param lines each with its line feed (and carriage return); only the last may lack one
 * @param charset UTF-8 where the bytes are, else ISO-8859-1, which maps every byte to itself
 */
public record SourceText(List<String> lines, Charset charset) {

    public SourceText {
        lines = List.copyOf(lines);
    }

    public static SourceText of(byte[] content) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
            return new SourceText(split(text), StandardCharsets.UTF_8);
        } catch (CharacterCodingException notUtf8) {
            return new SourceText(split(new String(content, StandardCharsets.ISO_8859_1)), StandardCharsets.ISO_8859_1);
        }
    }

    public SourceText with(List<String> other) {
        return new SourceText(other, charset);
    }

    public String text() {
        return String.join("", lines);
    }

    public byte[] bytes() {
        return text().getBytes(charset);
    }

    /** The line end that new lines get: the one of the file's first line, or a line feed. */
    public String lineEnd() {
        return !lines.isEmpty() && lines.get(0).endsWith("\r\n") ? "\r\n" : "\n";
    }

    /** A line without its line end. */
    public static String content(String line) {
        if (line.endsWith("\r\n")) {
            return line.substring(0, line.length() - 2);
        }
        return line.endsWith("\n") ? line.substring(0, line.length() - 1) : line;
    }

    private static List<String> split(String text) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
            lines.add(text.substring(start, end + 1));
            start = end + 1;
        }
        if (start < text.length()) {
            lines.add(text.substring(start));
        }
        return lines;
    }
}
