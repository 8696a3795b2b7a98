package dev.selfheal.validation.signing;

import dev.selfheal.attestation.Ed25519Key;
import dev.selfheal.attestation.PublicKeyPin;
import dev.selfheal.attestation.SigningKey;
import dev.selfheal.validation.ValidationConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Random;
import org.apache.kafka.common.config.ConfigException;

/** Chooses the key that the configuration names. */
public final class SigningKeys {

    private SigningKeys() {}

    /**
     * @throws ConfigException when there is no such key, or it cannot be read
     */
    public static SigningKey of(ValidationConfig config) {
        try {
            if (!config.signingCommand().isEmpty()) {
                String pem = Files.readString(config.keyFile(), StandardCharsets.US_ASCII);
                return new CommandSigningKey(
                        config.signingCommand(), PublicKeyPin.of(pem), config.signingCommandTimeout());
            }
            if (config.signingService().isPresent()) {
                String pem = Files.readString(config.keyFile(), StandardCharsets.US_ASCII);
                return new HttpSigningKey(
                        config.signingService().get(), PublicKeyPin.of(pem), config.signingRetries(), new Random());
            }
            if (config.createsKey()) {
                return Ed25519Key.loadOrGenerate(config.keyFile());
            }
            if (!Files.exists(config.keyFile())) {
                throw new ConfigException(
                        ValidationConfig.KEY_FILE,
                        config.keyFile(),
                        "there is no such key; " + ValidationConfig.KEY_CREATE + "=true creates one");
            }
            return Ed25519Key.load(config.keyFile());
        } catch (IOException | IllegalArgumentException e) {
            throw new ConfigException(ValidationConfig.KEY_FILE, config.keyFile(), e.getMessage());
        }
    }
}
