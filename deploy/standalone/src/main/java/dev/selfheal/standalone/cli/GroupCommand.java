package dev.selfheal.standalone.cli;

import dev.selfheal.standalone.grouping.ErrorLines;
import dev.selfheal.standalone.grouping.ErrorLines.Count;
import java.io.BufferedWriter;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says which group each error of a file has, and why. Starts nothing. */
@Command(
        name = "group",
        description = {
            "Reads errors, one JSON object a line, {\"service\": …, \"stacktrace\": …} or any other form that"
                    + " POST /v1/errors takes, and prints one line of JSON for each, in order: its group and the parts"
                    + " the group's key is made from. The key is the one the intake would give under the same policies,"
                    + " projects and packages.",
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  selfheal group errors.ndjson | jq -r .group | sort | uniq -c | sort -rn",
            "  selfheal group --policy cart.json --projects projects.json --project 7 errors.ndjson"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every line was grouped",
            "1:the file cannot be read",
            "2:wrong usage, or a line is no error; such a line is answered with {\"line\": …, \"error\": …}"
        })
final class GroupCommand implements Callable<Integer> {

    private static final String STANDARD_INPUT = "-";
    /** Refused lines that are told one by one; a file of another kind would fill the screen. */
    private static final int TOLD = 20;

    @Parameters(paramLabel = "FILE", description = "Newline-delimited JSON, UTF-8; '-' for standard input.")
    private String file;

    @Mixin
    private GroupingOptions options = new GroupingOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws CommandFailure {
        ErrorLines lines = new ErrorLines(options.rules(), options.project());
        PrintWriter out = new PrintWriter(new BufferedWriter(spec.commandLine().getOut(), 1 << 16));
        List<String> told = new ArrayList<>();
        try (InputStream input = open()) {
            Count count = lines.group(input, out, (line, what) -> tell(told, line, what));
            if (count.refused() > 0) {
                out.flush();
                throw CommandFailure.usage(count.refused() + " of " + count.lines() + " lines are no errors");
            }
        } catch (IOException e) {
            throw CommandFailure.failure("cannot read " + sourceName() + ": is it there?", e);
        } finally {
            out.flush();
        }
        return ExitCode.OK;
    }

    private void tell(List<String> told, long line, String what) {
        if (told.size() < TOLD) {
            told.add(what);
            spec.commandLine().getErr().println("selfheal: " + sourceName() + ":" + line + ": " + what);
        }
    }

    private String sourceName() {
        return file.equals(STANDARD_INPUT) ? "standard input" : file;
    }

    private InputStream open() throws IOException {
        return file.equals(STANDARD_INPUT) ? System.in : new FileInputStream(file);
    }
}
