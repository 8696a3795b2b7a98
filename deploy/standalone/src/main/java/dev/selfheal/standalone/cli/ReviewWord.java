package dev.selfheal.standalone.cli;

import dev.selfheal.event.Decision;
import dev.selfheal.standalone.review.ReviewDesk.Word;
import java.time.Duration;
import picocli.CommandLine.Option;

/** Options that every decision has. */
final class ReviewWord {

    @Option(
            names = "--reviewer",
            paramLabel = "NAME",
            defaultValue = "${sys:user.name}",
            description = "Who decides, for the record. Default: this account, ${sys:user.name}.")
    private String reviewer;

    @Option(
            names = {"--reason", "--comment"},
            paramLabel = "TEXT",
            defaultValue = "",
            description = "Why; it stands in the case's history.")
    private String reason;

    @Option(
            names = "--wait",
            paramLabel = "TIME",
            defaultValue = "15s",
            description = "How long to wait for the case to change. Default: 15s.")
    private Duration wait;

    Word of(Decision decision) {
        return new Word(decision, reviewer, reason);
    }

    Duration patience() {
        return wait;
    }
}
