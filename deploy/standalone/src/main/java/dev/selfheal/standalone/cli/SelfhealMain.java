package dev.selfheal.standalone.cli;

import dev.selfheal.serde.TrustedRecords;
import java.io.PrintWriter;
import java.time.Duration;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The {@code selfheal} command. */
@Command(
        name = "selfheal",
        description = "Heals errors of your services: proposes patches, proves or refutes them, signs the verdict.",
        mixinStandardHelpOptions = true,
        version = "selfheal 0.1.0",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            HealCommand.class,
            VerifyCommand.class,
            TrendCommand.class,
            GroupCommand.class,
            ReviewCommand.class,
            TopicCommand.class,
            UpCommand.class,
            HelpCommand.class
        })
public final class SelfhealMain {

    private SelfhealMain() {}

    public static void main(String[] arguments) {
        TrustedRecords.trust();
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new SelfhealMain())
                .registerConverter(Duration.class, new DurationConverter())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(SelfhealMain::refuse)
                .setExecutionExceptionHandler(new OneLine());
    }

    /** What is wrong in one line: pages of help would push it off the screen. */
    private static int refuse(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        command.getErr()
                .println("selfheal: " + e.getMessage() + "; see '"
                        + command.getCommandSpec().qualifiedName() + " --help'");
        return ExitCode.USAGE;
    }

    /** One clear line on standard error; the log has the rest. */
    private static final class OneLine implements IExecutionExceptionHandler {

        @Override
        public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
            PrintWriter err = command.getErr();
            if (e instanceof CommandFailure failure) {
                err.println("selfheal: " + failure.getMessage());
                return failure.exitCode();
            }
            LoggerFactory.getLogger(SelfhealMain.class).error("command failed", e);
            err.println("selfheal: " + e.getClass().getSimpleName() + ": " + e.getMessage()
                    + " (a fault of selfheal itself; please report it with the log)");
            return ExitCode.FAILURE;
        }
    }
}
