package dev.selfheal.standalone.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.selfheal.attestation.AttestationVerifier;
import dev.selfheal.attestation.PatchDigest;
import dev.selfheal.attestation.PublicKeyPin;
import dev.selfheal.attestation.ValidationStatement;
import dev.selfheal.attestation.Verification;
import dev.selfheal.attestation.Verification.Invalid;
import dev.selfheal.attestation.Verification.Reason;
import dev.selfheal.attestation.Verification.Valid;
import dev.selfheal.json.JsonFault;
import dev.selfheal.sarif.CheckedPatch;
import dev.selfheal.standalone.report.SarifFile;
import dev.selfheal.standalone.report.SignedFields;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks an attestation with nothing but the file and the public key. */
@Command(
        name = "verify",
        description = "Checks an attestation offline: signature, expiry and, when given, the patch and its base.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:valid, and the verdict is APPROVED",
            "1:not valid, or the file cannot be read",
            "2:wrong usage",
            "10:valid, but the verdict is REJECTED",
            "11:valid, but the verdict is NEEDS_REVIEW"
        })
final class VerifyCommand implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Parameters(paramLabel = "FILE", description = "A DSSE envelope (JSON), or what 'selfheal heal --out' wrote.")
    private Path file;

    @Option(
            names = "--key",
            required = true,
            paramLabel = "PUBLIC_KEY",
            description = "PEM file with a pinned Ed25519 public key; may be repeated.")
    private List<Path> keys;

    @Option(names = "--patch", paramLabel = "DIFF", description = "The diff that is about to be applied.")
    private Path patch;

    @Option(names = "--base", paramLabel = "COMMIT", description = "Full id of the commit it is applied to.")
    private String base;

    @Option(
            names = "--sarif",
            paramLabel = "FILE",
            description = "Write what the checks found, as signed, in SARIF 2.1.0.")
    private Path sarif;

    @Option(
            names = "--payload",
            paramLabel = "FILE",
            description = "Write the verified statement, byte for byte as signed: for jq and policy engines.")
    private Path payload;

    @Override
    public Integer call() throws CommandFailure {
        Terminal terminal = Terminal.standard();
        JsonNode report = json();
        Verification result = compare(compareOwn(report, verifier().verify(attestation(report))));
        if (result instanceof Invalid invalid) {
            throw CommandFailure.failure(file + " is not valid (" + invalid.reason() + "): " + invalid.detail());
        }
        ValidationStatement statement = ((Valid) result).statement();
        terminal.line(terminal.paint(Terminal.Style.GREEN, "valid") + "  signed by key " + ((Valid) result).keyId());
        show(statement, terminal);
        if (patch == null && !report.has("attestation")) {
            terminal.line(terminal.paint(Terminal.Style.YELLOW, "  no diff was given: the patch is NOT checked")
                    + " (give --patch, and --base)");
        }
        writeSarif(statement);
        writePayload(report);
        return switch (statement.verdict()) {
            case "APPROVED" -> ExitCode.OK;
            case "NEEDS_REVIEW" -> ExitCode.NEEDS_REVIEW;
            default -> ExitCode.REJECTED;
        };
    }

    private static void show(ValidationStatement statement, Terminal terminal) {
        terminal.line("  verdict   " + statement.verdict());
        terminal.line("  service   " + statement.service() + ", " + statement.caseId());
        terminal.line("  base      " + statement.baseCommit());
        terminal.line("  patch     sha256 " + statement.patchSha256());
        terminal.line("  tree      " + statement.gitTree());
        String label = "  evidence  ";
        for (String line : EvidenceView.lines(statement.predicate())) {
            terminal.line(label + CaseView.clean(line));
            label = "            ";
        }
        terminal.line("  issued    " + statement.issuedAt() + ", expires " + statement.expiresAt());
    }

    private void writeSarif(ValidationStatement statement) throws CommandFailure {
        if (sarif == null) {
            return;
        }
        try {
            SarifFile.write(sarif, CheckedPatch.of(statement));
        } catch (IOException e) {
            throw CommandFailure.failure("cannot write " + sarif + ": " + e.getMessage(), e);
        }
    }

    /** Out of the very text that was verified. */
    private void writePayload(JsonNode report) throws CommandFailure {
        if (payload == null) {
            return;
        }
        try {
            String encoded = JSON.readTree(attestation(report)).path("payload").asText();
            Files.write(payload, Base64.getDecoder().decode(encoded));
        } catch (IOException e) {
            throw CommandFailure.failure("cannot write " + payload + ": " + e.getMessage(), e);
        }
    }

    /** What a result says beside its attestation is not signed: it must be what was attested. */
    private static Verification compareOwn(JsonNode report, Verification result) {
        if (!(result instanceof Valid valid) || !report.has("attestation")) {
            return result;
        }
        ValidationStatement statement = valid.statement();
        String digest = PatchDigest.sha256(report.path("diff").asText());
        if (!digest.equals(statement.patchSha256())) {
            return new Invalid(
                    Reason.DIGEST_MISMATCH,
                    "attested is patch " + statement.patchSha256() + ", the diff in the file is " + digest);
        }
        if (!report.path("baseCommit").asText().equals(statement.baseCommit())) {
            return new Invalid(
                    Reason.BASE_COMMIT_MISMATCH,
                    "attested on commit " + statement.baseCommit() + ", the file says "
                            + report.path("baseCommit").asText());
        }
        boolean claimsApproval = report.path("verdict").asText().equals("APPROVED");
        if (claimsApproval != statement.verdict().equals("APPROVED")) {
            return new Invalid(
                    Reason.CONTENT_MISMATCH,
                    "attested is " + statement.verdict() + ", the file says "
                            + report.path("verdict").asText());
        }
        return SignedFields.contradiction(report, statement)
                .<Verification>map(words -> new Invalid(Reason.CONTENT_MISMATCH, words))
                .orElse(valid);
    }

    private Verification compare(Verification result) throws CommandFailure {
        if (!(result instanceof Valid valid)) {
            return result;
        }
        if (patch != null) {
            String digest = PatchDigest.sha256(read(patch));
            if (!digest.equals(valid.statement().patchSha256())) {
                return new Invalid(
                        Reason.DIGEST_MISMATCH,
                        "attested is patch " + valid.statement().patchSha256() + ", " + patch + " is " + digest);
            }
        }
        if (base != null && !base.equals(valid.statement().baseCommit())) {
            return new Invalid(
                    Reason.BASE_COMMIT_MISMATCH,
                    "attested on commit " + valid.statement().baseCommit() + ", asked for " + base);
        }
        return valid;
    }

    private AttestationVerifier verifier() throws CommandFailure {
        List<String> pems = new ArrayList<>();
        for (Path key : keys) {
            pems.add(publicKey(key));
        }
        return new AttestationVerifier(pems, Clock.systemUTC());
    }

    private static String publicKey(Path key) throws CommandFailure {
        String pem = read(key);
        try {
            PublicKeyPin.of(pem);
            return pem;
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(
                    "--key: " + key + " holds no Ed25519 public key; expected is a PEM file that begins with"
                            + " '-----BEGIN PUBLIC KEY-----', as 'selfheal heal --public-key' writes it");
        }
    }

    private JsonNode json() throws CommandFailure {
        byte[] utf8 = read(file).getBytes(StandardCharsets.UTF_8);
        try {
            return JSON.readTree(utf8);
        } catch (JsonProcessingException e) {
            throw CommandFailure.failure(file + " " + JsonFault.of(e, utf8));
        } catch (IOException e) {
            throw new UncheckedIOException("reading from an array cannot fail", e);
        }
    }

    private String attestation(JsonNode report) throws CommandFailure {
        if (report.path("attestation").isNull()) {
            throw CommandFailure.failure(file + " holds no attestation: nothing was validated");
        }
        return report.path("attestation").isObject()
                ? report.path("attestation").toString()
                : read(file);
    }

    private static String read(Path path) throws CommandFailure {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw CommandFailure.failure("cannot read " + path + ": is it there, and is it text?", e);
        }
    }
}
