package dev.selfheal.standalone.cli;

import dev.selfheal.config.ServiceConfig;
import dev.selfheal.standalone.client.ClientConfig;
import dev.selfheal.standalone.topic.ReadableTopic;
import dev.selfheal.standalone.topic.TopicException;
import dev.selfheal.standalone.topic.TopicListing;
import dev.selfheal.standalone.topic.TopicReader;
import dev.selfheal.standalone.topic.Wanted;
import dev.selfheal.standalone.topic.Wanted.From;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What is on the topics, as lines of JSON. */
@Command(
        name = "topic",
        description = "Shows what is on the topics, one line of JSON each. Reads only, and leaves no consumer group.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  selfheal topic list --config data/client.properties",
            "  selfheal topic read healing-cases --config data/client.properties | jq -r '.value.state'",
            "  selfheal topic read error-events.dlq --last 10 --config data/client.properties",
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:printed",
            "1:brokers or registry cannot be asked, there is no such topic there, or the output cannot be written",
            "2:wrong usage or configuration",
            "3:--from latest: fewer than --max came within --wait"
        })
final class TopicCommand {

    /** They are held in memory. */
    private static final long MOST_LAST = 100_000;

    private static final Duration WITHOUT_END = Duration.ofDays(365);

    @Spec
    private CommandSpec spec;

    @Command(
            name = "list",
            description = "Lists the topics and their dead-letter topics: partitions, and records at most (compaction"
                    + " leaves gaps).",
            mixinStandardHelpOptions = true)
    int list(@Mixin KafkaConnection connection) throws CommandFailure {
        PrintWriter out = spec.commandLine().getOut();
        try {
            new TopicListing(connection.config()).all().forEach(out::println);
            return written(out);
        } catch (TopicException e) {
            throw CommandFailure.failure(e.getMessage(), e);
        }
    }

    @Command(
            name = "read",
            description = "Prints records with topic, partition, offset, timestamp, key, headers and value. What cannot"
                    + " be read has 'bad' in place of its value: why, and how its bytes begin.",
            mixinStandardHelpOptions = true)
    int read(
            @Mixin KafkaConnection connection,
            @Parameters(
                            paramLabel = "TOPIC",
                            description = "With its prefix or without: error-events, selfheal.error-events.dlq.")
                    String name,
            @Option(names = "--key", paramLabel = "KEY", description = "Only records of this key.") String key,
            @Option(
                            names = "--from",
                            paramLabel = "POSITION",
                            defaultValue = "beginning",
                            description = "beginning: what is there now. latest: what comes from now on, until Ctrl-C,"
                                    + " --max or --wait. Default: beginning.")
                    From from,
            @Option(names = "--max", paramLabel = "N", description = "No more records than this.") Long max,
            @Option(
                            names = "--last",
                            paramLabel = "N",
                            description = "Of what is there now the newest, by timestamp over all partitions.")
                    Long last,
            @Option(
                            names = "--wait",
                            paramLabel = "DURATION",
                            description = "With --from latest: no longer than this: 90s, 5m, 1h.")
                    Duration patience)
            throws CommandFailure {
        check(from, max, last, patience);
        ClientConfig config = connection.config();
        Wanted wanted = new Wanted(
                last == null ? from : From.NEWEST,
                Optional.ofNullable(key),
                Objects.requireNonNullElse(last == null ? max : last, Wanted.ALL),
                Objects.requireNonNullElse(patience, WITHOUT_END));
        return read(config, topic(config, name), wanted);
    }

    private static void check(From from, Long max, Long last, Duration patience) throws CommandFailure {
        if (max != null && max < 1) {
            throw CommandFailure.usage("--max is " + max + "; give at least 1");
        }
        if (last != null && (last < 1 || last > MOST_LAST)) {
            throw CommandFailure.usage("--last is " + last + "; give 1 to " + MOST_LAST);
        }
        if (last != null && (max != null || from == From.LATEST)) {
            throw CommandFailure.usage(
                    "--last goes with neither --max nor --from latest: it says where to begin itself");
        }
        if (last == null && from == From.NEWEST) {
            throw CommandFailure.usage("--from newest: say how many, with --last N alone");
        }
        if (patience != null && from != From.LATEST) {
            throw CommandFailure.usage("--wait goes with --from latest: what is there now is not waited for");
        }
    }

    private int read(ClientConfig config, ReadableTopic topic, Wanted wanted) throws CommandFailure {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter errors = spec.commandLine().getErr();
        try (TopicReader reader = new TopicReader(config, topic)) {
            TopicReader.Count count = reader.read(
                    wanted, out, () -> errors.println("selfheal: waiting for new records of " + topic.name()));
            if (count.withoutRegistry()) {
                throw CommandFailure.failure("the registry at " + config.getString(ServiceConfig.SCHEMA_REGISTRY_URL)
                        + " could not be asked: values are missing");
            }
            boolean isShort = wanted.from() == From.LATEST && wanted.isBounded() && count.printed() < wanted.max();
            return written(out) == ExitCode.OK && isShort ? ExitCode.TIMED_OUT : ExitCode.OK;
        } catch (TopicException e) {
            throw CommandFailure.failure(e.getMessage(), e);
        }
    }

    private static ReadableTopic topic(ClientConfig config, String name) throws CommandFailure {
        return ReadableTopic.find(config.topics(), config.getString(ServiceConfig.TOPIC_PREFIX), name)
                .orElseThrow(() ->
                        CommandFailure.usage("'" + name + "' is none of our topics; 'selfheal topic list' names them"));
    }

    private static int written(PrintWriter out) throws CommandFailure {
        if (out.checkError()) {
            throw CommandFailure.failure(
                    "not all of the output could be written: is the disk full, or the reader gone?");
        }
        return ExitCode.OK;
    }
}
