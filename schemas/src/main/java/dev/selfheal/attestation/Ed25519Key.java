package dev.selfheal.attestation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Set;

/**
 * An Ed25519 key held in memory, kept in a PEM file (PKCS#8, as {@code openssl genpkey -algorithm ed25519} writes it).
 * Immutable and thread-safe.
 */
public final class Ed25519Key implements SigningKey {

    private static final String ALGORITHM = "Ed25519";

    private final PrivateKey privateKey;
    private final PublicKey publicKey;
    private final String keyId;

    private Ed25519Key(KeyPair pair) {
        privateKey = pair.getPrivate();
        publicKey = pair.getPublic();
        keyId = Sha256.hex(publicKey.getEncoded());
    }

    public static Ed25519Key generate() {
        try {
            return new Ed25519Key(KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the platform lacks Ed25519", e);
        }
    }

    /**
     * @throws IOException when the file cannot be read, or holds no Ed25519 private key
     */
    public static Ed25519Key load(Path pem) throws IOException {
        try {
            byte[] der = Pem.decode(Pem.PRIVATE, Files.readString(pem, StandardCharsets.US_ASCII));
            PrivateKey key = KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(der));
            return new Ed25519Key(new KeyPair(publicKeyOf((EdECPrivateKey) key), key));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException(pem + " holds no Ed25519 private key in PEM: " + e.getMessage(), e);
        }
    }

    /** Loads the key, or generates it where the file is missing; safe against another process doing the same. */
    public static Ed25519Key loadOrGenerate(Path pem) throws IOException {
        if (Files.exists(pem)) {
            return load(pem);
        }
        Ed25519Key key = generate();
        try {
            key.writeTo(pem);
            return key;
        } catch (FileAlreadyExistsException e) {
            return load(pem);
        }
    }

    /**
     * Writes the private key to a new file that only its owner may read.
     *
     * @throws FileAlreadyExistsException when there is one: a key is never overwritten
     */
    public void writeTo(Path pem) throws IOException {
        Path folder = pem.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        // Written beside and linked into place, so that nobody ever loads half a key.
        Path draft = Files.createTempFile(folder, ".key", ".pem", ownerOnly());
        try {
            Files.writeString(
                    draft, Pem.encode(Pem.PRIVATE, privateKey.getEncoded()), StandardOpenOption.TRUNCATE_EXISTING);
            Files.createLink(pem, draft);
        } finally {
            Files.delete(draft);
        }
    }

    /** What consumers pin. */
    public String publicKeyPem() {
        return Pem.encode(Pem.PUBLIC, publicKey.getEncoded());
    }

    @Override
    public String keyId() {
        return keyId;
    }

    @Override
    public byte[] sign(byte[] bytes) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(privateKey);
            signature.update(bytes);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Ed25519 signing failed", e);
        }
    }

    /**
     * The JDK derives a public key only while it generates a pair, and draws exactly the 32-byte seed from its source of
     * randomness: fed with a known seed, it yields that seed's public key.
     */
    private static PublicKey publicKeyOf(EdECPrivateKey key) throws GeneralSecurityException {
        byte[] seed = key.getBytes().orElseThrow(() -> new GeneralSecurityException("the key does not show its bytes"));
        KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
        generator.initialize(NamedParameterSpec.ED25519, new Seed(seed));
        KeyPair pair = generator.generateKeyPair();
        if (!key.equals(pair.getPrivate())) {
            throw new GeneralSecurityException("this platform cannot derive an Ed25519 public key");
        }
        return pair.getPublic();
    }

    private static FileAttribute<?>[] ownerOnly() {
        Set<String> views = FileSystems.getDefault().supportedFileAttributeViews();
        return views.contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static final class Seed extends SecureRandom {

        private static final long serialVersionUID = 1L;

        private final byte[] seed;

        Seed(byte[] seed) {
            this.seed = seed.clone();
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(seed, 0, bytes, 0, bytes.length);
        }
    }
}
