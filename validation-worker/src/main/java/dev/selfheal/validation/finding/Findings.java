package dev.selfheal.validation.finding;

import dev.selfheal.attestation.PatchDigest;
import dev.selfheal.event.Finding;
import dev.selfheal.event.FindingLevel;

/** Makes findings with a fingerprint by which readers of SARIF recognise them after the lines have moved. */
public final class Findings {

    /** Hex digits: 128 bits are far more than there will ever be findings. */
    private static final int FINGERPRINT_LENGTH = 32;

    /** No weakness of the Common Weakness Enumeration. */
    public static final int NO_CWE = 0;

    private Findings() {}

    /**
     * @param path from the repository's root; empty when it is about no file
     * @param line from 1; 0 when unknown
     */
    public static Finding of(String ruleId, FindingLevel level, String message, String path, int line) {
        return of(ruleId, level, message, path, line, NO_CWE, message);
    }

    /**
     * @param cwe number of the weakness, or {@link #NO_CWE}
     * @param identity what distinguishes it from other findings of the rule in the file, whatever line it stands on
     */
    public static Finding of(
            String ruleId, FindingLevel level, String message, String path, int line, int cwe, String identity) {
        String fingerprint = PatchDigest.sha256(ruleId + "\n" + path + "\n" + identity);
        return new Finding(
                ruleId,
                level,
                message,
                path.isEmpty() ? null : path,
                line,
                cwe,
                fingerprint.substring(0, FINGERPRINT_LENGTH));
    }
}
