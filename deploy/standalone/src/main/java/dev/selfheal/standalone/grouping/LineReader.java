package dev.selfheal.standalone.grouping;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reads lines that are not blank, one at a time, none longer than a bound in memory. Not thread-safe. */
final class LineReader {

    private final InputStream input;
    private final int maxBytes;
    private final byte[] buffer = new byte[1 << 16];
    private int position;
    private int filled;
    private long number;

    /**
     * @param maxBytes of a line that is kept whole
     */
    LineReader(InputStream input, int maxBytes) {
        this.input = input;
        this.maxBytes = maxBytes;
    }

    /**
     * @param number from 1, counting blank lines too, as an editor does
     * @param bytes without the line feed; of a longer line one byte more than the bound
     */
    record Line(long number, byte[] bytes) {

        boolean isBlank() {
            for (byte b : bytes) {
                if (b != ' ' && b != '\t' && b != '\r') {
                    return false;
                }
            }
            return true;
        }
    }

    /** The next line that is not blank; empty bytes at the end of the input. */
    Line next() throws IOException {
        while (fill()) {
            Line line = read();
            if (!line.isBlank()) {
                return line;
            }
        }
        return new Line(number, new byte[0]);
    }

    private Line read() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        number++;
        boolean ended = false;
        while (!ended && fill()) {
            int start = position;
            while (position < filled && buffer[position] != '\n') {
                position++;
            }
            ended = position < filled;
            line.write(buffer, start, Math.min(position - start, maxBytes + 1 - line.size()));
            position += ended ? 1 : 0;
        }
        return new Line(number, line.toByteArray());
    }

    /** False at the end of the input. */
    private boolean fill() throws IOException {
        if (position == filled) {
            position = 0;
            filled = Math.max(0, input.read(buffer));
        }
        return filled > 0;
    }
}
