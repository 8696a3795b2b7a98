package dev.selfheal.standalone.cli;

import dev.selfheal.analysis.trend.TrendSettings;
import dev.selfheal.analysis.trend.series.CountSeries;
import dev.selfheal.analysis.trend.series.RealSeries;
import dev.selfheal.analysis.trend.series.RealSettings;
import dev.selfheal.analysis.trend.series.SeriesDetector;
import dev.selfheal.standalone.series.MalformedRowException;
import dev.selfheal.standalone.series.SeriesReader;
import dev.selfheal.standalone.series.TrendReplay;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Replays a recorded series through the detector, so that thresholds can be tuned on real data. Starts nothing. */
@Command(
        name = "trend",
        description = {
            "Replays 'timestamp,value' rows through the detector and prints 'timestamp,score,state', one row for each.",
            "A score is 0..1; an alarm begins at 0.5. Rows without a value score 0.",
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExample:%n",
        footer = {
            "  selfheal trend --csv cpu.csv | awk -F, '$2 >= 0.5'   # the alarms alone",
            "  kcat ... | selfheal trend --csv - --model counts     # as it comes in",
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all rows were judged",
            "1:the file cannot be read, or the output not be written",
            "2:wrong usage, a malformed row, or no row at all"
        })
final class TrendCommand implements Callable<Integer> {

    /** What the values are. */
    enum Model {
        AUTO,
        COUNTS,
        REAL
    }

    private static final String STANDARD_INPUT = "-";

    /** Which option gives which setting of a detector. */
    private static final Map<String, String> OPTIONS = Map.ofEntries(
            Map.entry("alarmThreshold", "--threshold"),
            Map.entry("alarmRatio", "--ratio"),
            Map.entry("learningWindows", "--learning"),
            Map.entry("learningRows", "--learning"),
            Map.entry("memoryWindows", "--memory"),
            Map.entry("memoryRows", "--memory"),
            Map.entry("relearnWindows", "--relearn"),
            Map.entry("refractoryRows", "--relearn"),
            Map.entry("quietWindows", "--quiet"),
            Map.entry("quietRows", "--quiet"));

    @Option(
            names = "--csv",
            required = true,
            paramLabel = "FILE",
            description = "Rows 'timestamp,value', with a header or without; '-' for standard input. Timestamps:"
                    + " ISO 8601, 'yyyy-MM-dd HH:mm:ss', 'yyyy/MM/dd HH:mm', 'MM/dd/yyyy HH:mm' or Unix time.")
    private String file;

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            defaultValue = "auto",
            description = "counts: errors per row, a Poisson series of which rises are alarms, as for error groups."
                    + " real: any values, rises and drops. auto is real, which suits counts too. Default: auto.")
    private Model model;

    @Option(
            names = "--threshold",
            paramLabel = "NATS",
            description =
                    "Statistic at which an alarm begins; higher is calmer and later. Default: 7.5 (real), 5.6 (counts).")
    private Double threshold;

    @Option(
            names = "--ratio",
            paramLabel = "TIMES",
            description = "counts: rise, as a multiple of the usual rate, that is noticed soonest. Default: 3.")
    private Double ratio;

    @Option(
            names = "--learning",
            paramLabel = "ROWS",
            description = "Rows at the start that are only learned from. Default: 150 (real), 10 (counts).")
    private Integer learning;

    @Option(
            names = "--memory",
            paramLabel = "ROWS",
            description = "Rows the usual level averages over. Default: 300 (real), 480 (counts).")
    private Integer memory;

    @Option(
            names = "--relearn",
            paramLabel = "ROWS",
            description = "Rows after which an alarm is over: the new level is the usual one (counts), or something as"
                    + " unusual is an alarm again (real). Default: 200 (real), 120 (counts).")
    private Integer relearn;

    @Option(
            names = "--quiet",
            paramLabel = "ROWS",
            description = "Rows without a value (real) or with 0 (counts) after which the state is QUIET. Default: 15.")
    private Integer quiet;

    @Option(names = "--no-header", description = "Leave out the header line of the output.")
    private boolean noHeader;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws CommandFailure {
        SeriesDetector detector = detector();
        PrintWriter out = spec.commandLine().getOut();
        try (InputStream input = open()) {
            if (!noHeader) {
                out.append(TrendReplay.HEADER).append('\n');
            }
            SeriesReader rows = new SeriesReader(new InputStreamReader(input, StandardCharsets.UTF_8), sourceName());
            if (new TrendReplay(rows, detector, out).run() == 0) {
                throw CommandFailure.usage(sourceName() + " has no rows: nothing was judged");
            }
        } catch (MalformedRowException e) {
            throw CommandFailure.usage(e.getMessage());
        } catch (IOException e) {
            throw CommandFailure.failure("cannot read " + sourceName() + ": is it there, and is it text?", e);
        } finally {
            out.flush();
        }
        if (out.checkError()) {
            throw CommandFailure.failure(
                    "not all of the output could be written: is the disk full, or the reader gone?");
        }
        return ExitCode.OK;
    }

    private String sourceName() {
        return file.equals(STANDARD_INPUT) ? "standard input" : file;
    }

    private InputStream open() throws IOException {
        return file.equals(STANDARD_INPUT) ? System.in : new FileInputStream(file);
    }

    private SeriesDetector detector() throws CommandFailure {
        try {
            return model == Model.COUNTS ? new CountSeries(countSettings()) : new RealSeries(realSettings());
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(inOptions(e.getMessage()));
        }
    }

    /** A setting that is out of range, by the name it has here. */
    private static String inOptions(String message) {
        String setting = message.substring(0, Math.max(0, message.indexOf(' ')));
        return OPTIONS.containsKey(setting) ? OPTIONS.get(setting) + message.substring(setting.length()) : message;
    }

    private TrendSettings countSettings() {
        TrendSettings defaults = TrendSettings.DEFAULT;
        return new TrendSettings(
                given(threshold, defaults.alarmThreshold()),
                given(ratio, defaults.alarmRatio()),
                given(learning, defaults.learningWindows()),
                given(memory, defaults.memoryWindows()),
                given(relearn, defaults.relearnWindows()),
                given(quiet, defaults.quietWindows()));
    }

    private RealSettings realSettings() {
        RealSettings defaults = RealSettings.DEFAULT;
        return new RealSettings(
                given(threshold, defaults.alarmThreshold()),
                given(learning, defaults.learningRows()),
                given(memory, defaults.memoryRows()),
                given(relearn, defaults.refractoryRows()),
                given(quiet, defaults.quietRows()));
    }

    private static <T> T given(T option, T otherwise) {
        return Objects.requireNonNullElse(option, otherwise);
    }
}
