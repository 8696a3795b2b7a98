package dev.selfheal.standalone.series;

import java.io.IOException;
import java.io.Reader;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads a series from CSV, row by row. A first record in which neither column can be read is a header; it may name the
 * columns {@code timestamp} and {@code value} in any place, otherwise they are the first and the second. Further columns are
 * left out.
 */
public final class SeriesReader {

    /**
     * One row.
     *
     * @param timestamp as it stands in the file, quotes and blanks included
     * @param at epoch milliseconds
     * @param value not a number where it is missing
     */
    public record Row(String timestamp, long at, double value) {}

    private final CsvLines lines;
    private final Timestamps timestamps = new Timestamps();
    private int timestampColumn;
    private int valueColumn = 1;
    private boolean begun;

    /** @param source what to call the input in messages */
    public SeriesReader(Reader reader, String source) {
        lines = new CsvLines(reader, source);
    }

    /**
     * The next row; empty at the end.
     *
     * @throws MalformedRowException when the row is no row of a series
     */
    public Optional<Row> next() throws IOException {
        List<String> fields = lines.next();
        if (!begun) {
            begun = true;
            if (isHeader(fields)) {
                timestampColumn = column(fields, "timestamp", 0);
                valueColumn = column(fields, "value", timestampColumn == 1 ? 0 : 1);
                fields = lines.next();
            }
        }
        return fields.isEmpty() ? Optional.empty() : Optional.of(row(fields));
    }

    /** True when the next row can be read without waiting for more. */
    public boolean ready() throws IOException {
        return lines.ready();
    }

    /** An error about the row that was read last. */
    public MalformedRowException malformed(String what) {
        return lines.malformed(what);
    }

    private Row row(List<String> fields) throws MalformedRowException {
        int needed = Math.max(timestampColumn, valueColumn) + 1;
        if (fields.size() < needed) {
            throw malformed("has " + fields.size() + " column(s), at least " + needed + " are needed: timestamp,value");
        }
        String timestamp = fields.get(timestampColumn);
        String value = fields.get(valueColumn);
        long at = timestamps
                .parse(bare(timestamp))
                .orElseThrow(() -> malformed("'" + timestamp + "' is no timestamp: write 2014-02-14 14:27:00,"
                        + " 2014-02-14T14:27:00Z, 02/14/2014 14:27 or Unix time"));
        double number = Numbers.value(bare(value)).orElseThrow(() -> malformed("'" + value + "' is no number"));
        return new Row(timestamp, at, number);
    }

    private boolean isHeader(List<String> fields) {
        return fields.size() > 1
                && timestamps.parse(bare(fields.get(0))).isEmpty()
                && Numbers.value(bare(fields.get(1))).isEmpty();
    }

    private static int column(List<String> header, String name, int otherwise) {
        List<String> names = header.stream()
                .map(field -> bare(field).toLowerCase(Locale.ROOT))
                .toList();
        return names.contains(name) ? names.indexOf(name) : otherwise;
    }

    private static String bare(String field) {
        String stripped = field.strip();
        boolean quoted = stripped.length() > 1 && stripped.startsWith("\"") && stripped.endsWith("\"");
        return quoted
                ? stripped.substring(1, stripped.length() - 1)
                        .replace("\"\"", "\"")
                        .strip()
                : stripped;
    }
}
