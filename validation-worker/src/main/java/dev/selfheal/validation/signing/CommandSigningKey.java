package dev.selfheal.validation.signing;

import dev.selfheal.attestation.PublicKeyPin;
import dev.selfheal.attestation.SigningKey;
import dev.selfheal.attestation.SigningUnavailableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A key behind a command, for example the client of a key management service: it reads the bytes to sign from standard input
 * and prints the signature in base64. The private key never enters this process. Every signature is verified with the public
 * key before it is used, so a command that signs with another key than configured is noticed at once. Thread-safe.
 */
public final class CommandSigningKey implements SigningKey {

    private final List<String> command;
    private final PublicKeyPin pin;
    private final Duration timeout;

    /**
     * @param command program and arguments; no shell reads them
     * @param pin the public half of the key the command signs with
     * @param timeout after which the command is killed
     */
    public CommandSigningKey(List<String> command, PublicKeyPin pin, Duration timeout) {
        if (command.isEmpty()) {
            throw new IllegalArgumentException("signing command is empty");
        }
        this.command = List.copyOf(command);
        this.pin = pin;
        this.timeout = timeout;
    }

    @Override
    public String keyId() {
        return pin.keyId();
    }

    /**
     * @throws SigningUnavailableException when the command fails, takes too long or answers with no signature of this key
     */
    @Override
    public byte[] sign(byte[] bytes) {
        byte[] signature = decoded(answer(bytes));
        if (!pin.signed(bytes, signature)) {
            throw new SigningUnavailableException(
                    name() + " did not sign with key " + pin.keyId() + ": is its public key the configured one?");
        }
        return signature;
    }

    /** Input and output pass through files: a command that reads or writes late can block nothing but itself. */
    private String answer(byte[] bytes) {
        try {
            Path input = Files.createTempFile("selfheal-sign", ".in");
            Path output = Files.createTempFile("selfheal-sign", ".out");
            try {
                Files.write(input, bytes);
                run(input, output);
                return Files.readString(output, StandardCharsets.ISO_8859_1);
            } finally {
                Files.delete(input);
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new SigningUnavailableException(name() + " cannot be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SigningUnavailableException(name() + " was interrupted", e);
        }
    }

    private void run(Path input, Path output) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectInput(input.toFile())
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new SigningUnavailableException(name() + " did not answer within " + timeout.toMillis() + " ms");
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
            throw new SigningUnavailableException(name() + " ended with exit code " + process.exitValue());
        }
    }

    private byte[] decoded(String answer) {
        try {
            return Base64.getMimeDecoder().decode(answer.strip());
        } catch (IllegalArgumentException e) {
            throw new SigningUnavailableException(name() + " printed no base64", e);
        }
    }

    /** Arguments may hold what is nobody's business. */
    private String name() {
        return "signing command " + command.get(0);
    }
}
