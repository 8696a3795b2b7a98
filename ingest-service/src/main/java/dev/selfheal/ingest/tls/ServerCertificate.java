package dev.selfheal.ingest.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Map;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Makes Jetty's TLS settings: TLS 1.2 and 1.3 as the JDK allows them, no client certificates. */
public final class ServerCertificate {

    /** Protects the entry inside this JVM's memory only; Java's key stores insist on one. */
    private static final String IN_MEMORY = "in-memory";

    private static final Map<String, String> SIGNATURES = Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA");
    private static final byte[] PROBE = "fits".getBytes(StandardCharsets.US_ASCII);

    private ServerCertificate() {}

    /**
     * @param certificates PEM, the server's own first, then those that vouch for it
     * @param key PEM, PKCS#8, not encrypted
     * @throws IllegalArgumentException saying which file is wrong, without quoting the key
     */
    public static SslContextFactory.Server pem(Path certificates, Path key) {
        Certificate[] chain = chain(certificates);
        PrivateKey privateKey = PemKey.read(key);
        try {
            if (!fits(privateKey, chain[0].getPublicKey())) {
                throw new IllegalArgumentException(key + " is not the key of the first certificate in " + certificates);
            }
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("server", privateKey, IN_MEMORY.toCharArray(), chain);
            return server(store, IN_MEMORY);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException(key + " and " + certificates + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** @throws IllegalArgumentException when the store cannot be opened with the password */
    public static SslContextFactory.Server pkcs12(Path file, String password) {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password.toCharArray());
            return server(store, password);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("cannot open the key store " + file + ": " + e.getMessage(), e);
        }
    }

    /** A key that does not fit would show only when the first client fails to connect. */
    private static boolean fits(PrivateKey key, PublicKey certified) throws GeneralSecurityException {
        if (!key.getAlgorithm().equals(certified.getAlgorithm())) {
            return false;
        }
        String algorithm = SIGNATURES.getOrDefault(key.getAlgorithm(), key.getAlgorithm());
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(PROBE);
        byte[] signed = signature.sign();
        signature.initVerify(certified);
        signature.update(PROBE);
        return signature.verify(signed);
    }

    private static SslContextFactory.Server server(KeyStore store, String password) {
        SslContextFactory.Server server = new SslContextFactory.Server();
        server.setKeyStore(store);
        server.setKeyStorePassword(password);
        return server;
    }

    private static Certificate[] chain(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (certificates.isEmpty()) {
                throw new IllegalArgumentException(file + " holds no certificate");
            }
            return certificates.toArray(Certificate[]::new);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("cannot read certificates from " + file + ": " + e.getMessage(), e);
        }
    }
}
