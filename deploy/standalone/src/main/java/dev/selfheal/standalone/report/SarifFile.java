package dev.selfheal.standalone.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.selfheal.sarif.CheckedPatch;
import dev.selfheal.sarif.SarifLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the checks found, in a file that code scanning and editors read. */
public final class SarifFile {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private SarifFile() {}

    /** Writes the log, replacing the file. */
    public static void write(Path file, CheckedPatch patch) throws IOException {
        Files.writeString(file, JSON.writeValueAsString(SarifLog.of(patch)) + "\n");
    }
}
