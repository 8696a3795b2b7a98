package dev.selfheal.validation.signing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.selfheal.attestation.Ed25519Key;
import dev.selfheal.attestation.PublicKeyPin;
import dev.selfheal.attestation.SigningUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandSigningKeyTest {

    private static final Ed25519Key KEY = Ed25519Key.generate();
    private static final PublicKeyPin PIN = PublicKeyPin.of(KEY.publicKeyPem());
    private static final byte[] BYTES = "DSSEv1 …".getBytes(UTF_8);

    @TempDir
    private Path temp;

    @Test
    void shouldSignWithTheKeyBehindTheCommand() throws IOException {
        CommandSigningKey key = answering(KEY.sign(BYTES));
        assertThat(key.keyId()).isEqualTo(KEY.keyId());
        assertThat(PIN.signed(BYTES, key.sign(BYTES))).isTrue();
    }

    @Test
    void shouldHandTheBytesToTheCommand() throws IOException {
        Path seen = temp.resolve("seen");
        Path signature = signature(KEY.sign(BYTES));
        command("cat > \"$0\"; cat \"$1\"", seen.toString(), signature.toString())
                .sign(BYTES);
        assertThat(seen).hasBinaryContent(BYTES);
    }

    @Test
    void shouldRefuseASignatureOfAnotherKey() throws IOException {
        CommandSigningKey key = answering(Ed25519Key.generate().sign(BYTES));
        assertThatThrownBy(() -> key.sign(BYTES))
                .isInstanceOf(SigningUnavailableException.class)
                .hasMessageContaining(KEY.keyId());
    }

    @Test
    void shouldRefuseTheSignatureOfOtherBytes() throws IOException {
        CommandSigningKey key = answering(KEY.sign("other".getBytes(UTF_8)));
        assertThatThrownBy(() -> key.sign(BYTES)).isInstanceOf(SigningUnavailableException.class);
    }

    @Test
    void shouldSayThatTheCommandFailedWithoutItsArguments() {
        assertThatThrownBy(() -> command("exit 3 # hunter2").sign(BYTES))
                .isInstanceOf(SigningUnavailableException.class)
                .hasMessageContaining("exit code 3")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void shouldKillACommandThatDoesNotAnswer() {
        CommandSigningKey key = new CommandSigningKey(List.of("sleep", "600"), PIN, Duration.ofMillis(50));
        assertThatThrownBy(() -> key.sign(BYTES))
                .isInstanceOf(SigningUnavailableException.class)
                .hasMessageContaining("50 ms");
    }

    @Test
    void shouldSayThatThereIsNoSuchCommand() {
        CommandSigningKey key =
                new CommandSigningKey(List.of(temp.resolve("none").toString()), PIN, Duration.ofSeconds(5));
        assertThatThrownBy(() -> key.sign(BYTES))
                .isInstanceOf(SigningUnavailableException.class)
                .hasMessageContaining("cannot be run");
    }

    @Test
    void shouldNotTakeChatterForASignature() {
        assertThatThrownBy(() -> command("echo").sign(BYTES)).isInstanceOf(SigningUnavailableException.class);
    }

    private CommandSigningKey answering(byte[] signature) throws IOException {
        return command("cat \"$0\"", signature(signature).toString());
    }

    private Path signature(byte[] signature) throws IOException {
        return Files.writeString(temp.resolve("signature"), Base64.getEncoder().encodeToString(signature) + "\n");
    }

    private static CommandSigningKey command(String script, String... arguments) {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", script));
        command.addAll(List.of(arguments));
        return new CommandSigningKey(command, PIN, Duration.ofSeconds(10));
    }
}
