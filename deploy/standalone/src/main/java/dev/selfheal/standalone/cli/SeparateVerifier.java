package dev.selfheal.standalone.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs {@code selfheal verify} in a process of its own, which knows nothing but the files it is given. */
final class SeparateVerifier {

    private static final long TIMEOUT_SECONDS = 60;

    private SeparateVerifier() {}

    /**
     * What the verifier said.
     *
     * @param valid true when it ended with 0: valid and approved
     */
    record Answer(boolean valid, String output) {}

    static Answer verify(Path attestation, Path publicKey, Path patch, String base)
            throws IOException, InterruptedException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SelfhealMain.class.getName(),
                "verify",
                attestation.toString(),
                "--key",
                publicKey.toString(),
                "--patch",
                patch.toString(),
                "--base",
                base);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("the verifier did not end within " + TIMEOUT_SECONDS + " s");
        }
        return new Answer(process.exitValue() == ExitCode.OK, output.strip());
    }
}
