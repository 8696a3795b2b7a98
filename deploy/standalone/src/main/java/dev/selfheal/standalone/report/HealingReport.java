package dev.selfheal.standalone.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.selfheal.event.CandidatePatch;
import dev.selfheal.event.CheckResult;
import dev.selfheal.event.Evidence;
import dev.selfheal.event.Finding;
import dev.selfheal.event.HealingCase;
import dev.selfheal.event.PatchOrigin;
import dev.selfheal.event.PatchVerdict;
import dev.selfheal.event.RefutedCandidate;
import dev.selfheal.standalone.loop.CaseHistory;
import dev.selfheal.standalone.loop.HealingOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The result of one healing, written by {@code selfheal heal --out}. Fields: {@code verdict}, {@code reason},
 * {@code service}, {@code group}, {@code case}, {@code diff} (unified), {@code origin} ({@code template} or
 * {@code model}), {@code originName}, {@code attempts}, {@code checks}, {@code refuted}, {@code evidence},
 * {@code timings} (milliseconds), {@code attestation} (a DSSE envelope), {@code publicKey} (PEM). Absent things are null or empty.
 */
public final class HealingReport {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private HealingReport() {}

    /** Writes the report, replacing the file. */
    public static void write(
            Path file, HealingOutcome outcome, CaseHistory history, Map<String, Duration> timings, String publicKey)
            throws IOException {
        Files.writeString(file, JSON.writeValueAsString(render(outcome, history, timings, publicKey)) + "\n");
    }

    static ObjectNode render(
            HealingOutcome outcome, CaseHistory history, Map<String, Duration> timings, String publicKey)
            throws JsonProcessingException {
        Optional<PatchVerdict> verdict = history.verdict();
        ObjectNode root = JSON.createObjectNode();
        root.put("verdict", outcome.name());
        root.put("reason", reason(outcome, history));
        root.put("service", history.healingCase().map(HealingCase::getService).orElse(null));
        root.put("group", history.group().orElse(null));
        root.put("case", history.healingCase().map(HealingCase::getCaseId).orElse(null));
        root.put("diff", verdict.map(PatchVerdict::getDiff).orElse(""));
        Optional<PatchOrigin> origin =
                verdict.flatMap(PatchVerdict::getCandidate).map(CandidatePatch::getOrigin);
        root.put("origin", origin.map(o -> lower(o.getKind())).orElse(null));
        root.put("originName", origin.map(PatchOrigin::getName).orElse(null));
        root.put("attempts", history.requests());
        root.put("baseCommit", verdict.map(PatchVerdict::getBaseCommit).orElse(null));
        root.put("diffSha256", verdict.map(PatchVerdict::getDiffSha256).orElse(null));
        root.put("confidence", verdict.map(PatchVerdict::getConfidence).orElse(0.0));
        ArrayNode checks = root.putArray("checks");
        verdict.ifPresent(v -> v.getChecks().forEach(check -> check(checks.addObject(), check)));
        ArrayNode refuted = root.putArray("refuted");
        history.verdicts().forEach(v -> v.getRefuted().forEach(r -> refuted(refuted.addObject(), r, v.getAttempt())));
        verdict.ifPresentOrElse(
                v -> evidence(root.putObject("evidence"), v.getEvidence()), () -> root.putNull("evidence"));
        ObjectNode times = root.putObject("timings");
        timings.forEach((step, time) -> times.put(step, time.toMillis()));
        String attestation = verdict.map(PatchVerdict::getAttestation).orElse("");
        root.set("attestation", attestation.isEmpty() ? JSON.nullNode() : JSON.readTree(attestation));
        root.put("publicKey", publicKey);
        return root;
    }

    /** One sentence: why it ended as it did. */
    public static String reason(HealingOutcome outcome, CaseHistory history) {
        if (outcome == HealingOutcome.TIMED_OUT) {
            return "no verdict within the time given";
        }
        Optional<String> ofCase = history.healingCase()
                .map(HealingCase::getHistory)
                .filter(steps -> !steps.isEmpty())
                .map(steps -> steps.get(steps.size() - 1).getReason());
        Optional<String> ofVerdict = history.verdict().map(PatchVerdict::getReason);
        boolean verdictDecided = outcome == HealingOutcome.APPROVED
                || outcome == HealingOutcome.NEEDS_REVIEW
                || outcome == HealingOutcome.REJECTED;
        return (verdictDecided ? ofVerdict.or(() -> ofCase) : ofCase.or(() -> ofVerdict)).orElse("");
    }

    static void check(ObjectNode node, CheckResult check) {
        node.put("name", check.getName());
        node.put("outcome", check.getOutcome().name());
        node.put("ms", check.getDurationMs());
        node.put("summary", check.getSummary());
        ArrayNode findings = node.putArray("findings");
        check.getFindings().forEach(finding -> finding(findings.addObject(), finding));
    }

    private static void finding(ObjectNode node, Finding finding) {
        node.put("rule", finding.getRuleId());
        node.put("level", lower(finding.getLevel()));
        node.put("message", finding.getMessage());
        node.put("path", finding.getPath().orElse(null));
        node.put("line", finding.getLine());
    }

    private static void refuted(ObjectNode node, RefutedCandidate refuted, int attempt) {
        node.put("patch", refuted.getPatchId());
        node.put("origin", lower(refuted.getOrigin().getKind()));
        node.put("originName", refuted.getOrigin().getName());
        node.put("attempt", attempt);
        node.put("check", refuted.getCheck());
        node.put("reason", refuted.getReason());
    }

    private static void evidence(ObjectNode node, Evidence evidence) {
        node.put("reproduction", evidence.getReproduction().orElse(null));
        node.put("failedBefore", evidence.getFailedBefore());
        node.put("passedAfter", evidence.getPassedAfter());
        node.put("testsRun", evidence.getTestsRun());
        node.put("knownFailures", evidence.getKnownFailures());
        node.put("newFailures", evidence.getNewFailures());
        node.put("isolation", evidence.getIsolation().name());
        node.put("jvm", evidence.getJvm());
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
