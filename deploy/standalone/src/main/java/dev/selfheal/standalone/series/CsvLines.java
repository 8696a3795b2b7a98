package dev.selfheal.standalone.series;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;

/**
 * The records of a CSV file (RFC 4180: quoted fields, doubled quotes, line breaks in quotes; LF or CRLF; a byte order mark is
 * left out), one at a time. Fields keep their quotes and blanks. Blank lines are no records.
 */
final class CsvLines {

    /** A quote left open would otherwise swallow the rest of the file. */
    private static final int LONGEST_RECORD = 1 << 20;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final BufferedReader reader;
    private final String source;
    private long line;
    private long began;

    CsvLines(Reader reader, String source) {
        this.reader = new BufferedReader(reader, 1 << 16);
        this.source = source;
    }

    /** The fields of the next record as they stand; empty at the end. */
    List<String> next() throws IOException {
        String text = readLine();
        while (text != null && text.isBlank()) {
            text = readLine();
        }
        if (text == null) {
            return List.of();
        }
        began = line;
        StringBuilder record = new StringBuilder(text);
        while (quotes(record) % 2 != 0) {
            String more = readLine();
            if (more == null || record.length() + more.length() > LONGEST_RECORD) {
                throw malformed("a quoted field is not closed");
            }
            record.append('\n').append(more);
        }
        return split(record);
    }

    /** True when the next record can be read without waiting for more. */
    boolean ready() throws IOException {
        return reader.ready();
    }

    MalformedRowException malformed(String what) {
        return new MalformedRowException(source, began, what);
    }

    private String readLine() throws IOException {
        String text = reader.readLine();
        line++;
        return line == 1 && text != null && !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK
                ? text.substring(1)
                : text;
    }

    private static int quotes(CharSequence text) {
        int quotes = 0;
        for (int i = 0; i < text.length(); i++) {
            quotes += text.charAt(i) == '"' ? 1 : 0;
        }
        return quotes;
    }

    private static List<String> split(CharSequence record) {
        List<String> fields = new ArrayList<>(4);
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < record.length(); i++) {
            char c = record.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                fields.add(record.subSequence(start, i).toString());
                start = i + 1;
            }
        }
        fields.add(record.subSequence(start, record.length()).toString());
        return fields;
    }
}
