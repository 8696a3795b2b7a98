package dev.selfheal.standalone.series;

import dev.selfheal.analysis.trend.series.Judgement;
import dev.selfheal.analysis.trend.series.SeriesDetector;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;

/** Sends a series through a detector and writes what it makes of each row, in order, in bounded memory. */
public final class TrendReplay {

    public static final String HEADER = "timestamp,score,state";

    /** Rows between two looks whether anybody still reads. */
    private static final int LOOK = 4096;

    private static final long SCALE = 1_000_000;

    private final SeriesReader rows;
    private final SeriesDetector detector;
    private final PrintWriter out;

    public TrendReplay(SeriesReader rows, SeriesDetector detector, PrintWriter out) {
        this.rows = rows;
        this.detector = detector;
        this.out = out;
    }

    /**
     * Runs to the end of the series, or until the reader of the output has gone. What was written before an error stands.
     *
     * @return rows judged
     * @throws MalformedRowException when a row is none, or its value is not of the detector's kind
     */
    public long run() throws IOException {
        StringBuilder line = new StringBuilder(64);
        Optional<SeriesReader.Row> row = rows.next();
        long judged = 0;
        while (row.isPresent()) {
            write(line, row.get().timestamp(), judge(row.get()));
            judged++;
            boolean look = judged % LOOK == 0 || !rows.ready();
            if (look && out.checkError()) {
                return judged;
            }
            row = rows.next();
        }
        return judged;
    }

    private Judgement judge(SeriesReader.Row row) throws MalformedRowException {
        try {
            return detector.observe(row.at(), row.value());
        } catch (IllegalArgumentException e) {
            throw rows.malformed(e.getMessage());
        }
    }

    /** Six decimals, cut and not rounded: what is below the alarm must not read as the alarm. */
    private void write(StringBuilder line, String timestamp, Judgement judgement) {
        long millionths = (long) (judgement.score() * SCALE);
        line.setLength(0);
        line.append(timestamp).append(',').append(millionths / SCALE).append('.');
        String decimals = Long.toString(SCALE + millionths % SCALE);
        line.append(decimals, 1, decimals.length()).append(',').append(judgement.state());
        out.append(line).append('\n');
    }
}
