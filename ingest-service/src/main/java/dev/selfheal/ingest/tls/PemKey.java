package dev.selfheal.ingest.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a private key from PEM. */
final class PemKey {

    private static final Pattern PKCS8 = Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]*)-----END PRIVATE KEY-----");
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "Ed25519");

    private PemKey() {}

    static PrivateKey read(Path file) {
        PKCS8EncodedKeySpec encoded = new PKCS8EncodedKeySpec(decode(file));
        return ALGORITHMS.stream()
                .flatMap(algorithm -> of(algorithm, encoded).stream())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        file + " holds no private key of " + String.join(", ", ALGORITHMS)));
    }

    /** Empty when the key is of another algorithm. */
    private static Optional<PrivateKey> of(String algorithm, PKCS8EncodedKeySpec encoded) {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(encoded));
        } catch (InvalidKeySpecException e) {
            return Optional.empty();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no " + algorithm, e);
        }
    }

    private static byte[] decode(Path file) {
        try {
            Matcher pem = PKCS8.matcher(Files.readString(file, StandardCharsets.US_ASCII));
            if (!pem.find()) {
                throw new IllegalArgumentException(file
                        + " holds no unencrypted PKCS#8 key; 'openssl pkcs8 -topk8 -nodes' makes one from other forms");
            }
            return Base64.getMimeDecoder().decode(pem.group(1));
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read " + file + ": " + e, e);
        }
    }
}
