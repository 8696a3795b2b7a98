package dev.selfheal.standalone.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.selfheal.event.CaseState;
import dev.selfheal.event.Decision;
import dev.selfheal.sarif.CheckedPatch;
import dev.selfheal.standalone.report.SarifFile;
import dev.selfheal.standalone.review.ReviewDesk;
import dev.selfheal.standalone.review.ReviewDesk.Word;
import dev.selfheal.standalone.review.ReviewException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What waits for a person, and the person's word. */
@Command(
        name = "review",
        description = "Shows what waits for a person, and sends the person's decision.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExample:%n",
        footer = {
            "  selfheal review list --config data/client.properties",
            "  selfheal review show case-2f9c1d0e7ab34c5d8e6f --config data/client.properties",
            "  selfheal review approve case-2f9c1d0e7ab34c5d8e6f --config data/client.properties",
        })
final class ReviewCommand {

    private static final String CASE = "CASE";
    private static final String GROUP = "GROUP";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Terminal terminal = Terminal.standard();

    @Command(
            name = "list",
            description = "Lists the cases that are IN_REVIEW, the one changed last first.",
            mixinStandardHelpOptions = true)
    int list(
            @Mixin ReviewConnection connection,
            @Option(names = "--service", paramLabel = "NAME", description = "Only cases of this service.")
                    String service)
            throws CommandFailure, InterruptedException {
        try {
            List<JsonNode> waiting =
                    connection.readModel().cases(CaseState.IN_REVIEW.name(), Optional.ofNullable(service));
            new CaseView(terminal).rows(waiting);
            if (waiting.isEmpty()) {
                terminal.line("nothing is in review");
            }
            return ExitCode.OK;
        } catch (ReviewException e) {
            throw CommandFailure.failure(e.getMessage(), e);
        }
    }

    @Command(
            name = "show",
            description = "Shows a case: history, verdict, evidence, checks and the diff.",
            mixinStandardHelpOptions = true)
    int show(
            @Mixin ReviewConnection connection,
            @Parameters(paramLabel = CASE, description = "Id of the case.") String caseId,
            @Option(
                            names = "--out",
                            paramLabel = "FILE",
                            description = "Also write verdict, diff and attestation as JSON, for 'selfheal verify'.")
                    Path out,
            @Option(
                            names = "--sarif",
                            paramLabel = "FILE",
                            description = "Also write what the checks found in SARIF 2.1.0; not verified.")
                    Path sarif)
            throws CommandFailure, InterruptedException {
        try {
            JsonNode found = connection
                    .readModel()
                    .oneCase(caseId)
                    .orElseThrow(() -> new ReviewException("there is no case " + caseId + ", or it is kept no more"));
            new CaseView(terminal).whole(found);
            if (out != null) {
                Files.writeString(out, report(found));
            }
            if (sarif != null && found.has("verdict")) {
                SarifFile.write(sarif, CheckedPatch.ofReadModel(found.path("verdict")));
            }
            return ExitCode.OK;
        } catch (ReviewException e) {
            throw CommandFailure.failure(e.getMessage(), e);
        } catch (IOException e) {
            throw CommandFailure.failure("cannot write the file: " + e, e);
        }
    }

    @Command(
            name = "approve",
            description = "Lets the patch in review go out. Refused when the case is not IN_REVIEW.",
            mixinStandardHelpOptions = true)
    int approve(
            @Mixin ReviewConnection connection,
            @Mixin ReviewWord word,
            @Parameters(paramLabel = CASE, description = "Id of the case.") String caseId,
            @Option(
                            names = "--patch",
                            paramLabel = "SHA256",
                            defaultValue = "",
                            description = "Only if this is the patch in review: its sha256, or the beginning of it.")
                    String patch)
            throws CommandFailure, InterruptedException {
        return sent(connection, desk -> desk.decide(caseId, patch, word.of(Decision.APPROVE), word.patience()));
    }

    @Command(
            name = "reject",
            description = "Refuses the patch in review; the reason is feedback for the next attempt.",
            mixinStandardHelpOptions = true)
    int reject(
            @Mixin ReviewConnection connection,
            @Mixin ReviewWord word,
            @Parameters(paramLabel = CASE, description = "Id of the case.") String caseId)
            throws CommandFailure, InterruptedException {
        Word refusal = word.of(Decision.REJECT);
        if (refusal.comment().isBlank()) {
            throw CommandFailure.usage("reject needs --reason: the next attempt is told it");
        }
        return sent(connection, desk -> desk.decide(caseId, "", refusal, word.patience()));
    }

    @Command(
            name = "stop",
            description = "Ends what is under way for a group; no other case until a retry or force.",
            mixinStandardHelpOptions = true)
    int stop(
            @Mixin ReviewConnection connection,
            @Mixin ReviewWord word,
            @Parameters(paramLabel = GROUP, description = "The group, or any of its cases.") String group)
            throws CommandFailure, InterruptedException {
        return order(connection, word, group, Decision.STOP);
    }

    @Command(
            name = "retry",
            description = "Another case of a group, past trigger, cool-down, quarantine and an earlier stop.",
            mixinStandardHelpOptions = true)
    int retry(
            @Mixin ReviewConnection connection,
            @Mixin ReviewWord word,
            @Parameters(paramLabel = GROUP, description = "The group, or any of its cases.") String group)
            throws CommandFailure, InterruptedException {
        return order(connection, word, group, Decision.RETRY);
    }

    @Command(name = "force", description = "Like retry, and past breakers and budget.", mixinStandardHelpOptions = true)
    int force(
            @Mixin ReviewConnection connection,
            @Mixin ReviewWord word,
            @Parameters(paramLabel = GROUP, description = "The group, or any of its cases.") String group)
            throws CommandFailure, InterruptedException {
        return order(connection, word, group, Decision.FORCE);
    }

    /** Sends a decision and gives the case as it is then. */
    @FunctionalInterface
    private interface Sending {

        Optional<JsonNode> to(ReviewDesk desk) throws ReviewException, InterruptedException;
    }

    private int order(ReviewConnection connection, ReviewWord word, String group, Decision decision)
            throws CommandFailure, InterruptedException {
        return sent(connection, desk -> desk.order(group, word.of(decision), word.patience()));
    }

    private int sent(ReviewConnection connection, Sending sending) throws CommandFailure, InterruptedException {
        try {
            Optional<JsonNode> after = sending.to(connection.desk());
            if (after.isEmpty()) {
                terminal.line(
                        "sent; nothing has changed yet. If it stays so, an alert ReviewDecisionIgnored says why.");
                return ExitCode.TIMED_OUT;
            }
            new CaseView(terminal).changed(after.get());
            return ExitCode.OK;
        } catch (ReviewException e) {
            throw CommandFailure.failure(e.getMessage(), e);
        }
    }

    /** As {@code heal --out} writes it, as far as it is known here. */
    private static String report(JsonNode found) throws IOException {
        JsonNode verdict = found.path("verdict");
        ObjectNode report = JSON.createObjectNode()
                .put("verdict", verdict.path("verdict").asText())
                .put("reason", verdict.path("reason").asText())
                .put("service", found.path("service").asText())
                .put("group", found.path("group").asText())
                .put("case", found.path("caseId").asText())
                .put("baseCommit", verdict.path("baseCommit").asText())
                .put("diff", verdict.path("diff").asText());
        String attestation = verdict.path("attestation").asText();
        report.set("attestation", attestation.isEmpty() ? JSON.nullNode() : JSON.readTree(attestation));
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(report) + "\n";
    }
}
