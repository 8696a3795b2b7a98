package dev.selfheal.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.selfheal.ingest.IngestConfig;
import dev.selfheal.ingest.draft.Limits;
import dev.selfheal.ingest.grouping.InAppPackages;
import dev.selfheal.ingest.limit.MemoryBudget;
import dev.selfheal.ingest.limit.ProjectRates;
import dev.selfheal.ingest.project.ProjectKeys;
import dev.selfheal.ingest.publish.EventAssembler;
import dev.selfheal.ingest.publish.IngestMeters;
import dev.selfheal.ingest.publish.Intake;
import dev.selfheal.ingest.tls.ServerCertificate;
import dev.selfheal.scrub.Scrubber;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.apache.kafka.common.config.ConfigException;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With a certificate of our own making. */
class TlsTest {

    private static final String PASSWORD = "changeit";
    private static final String EVENT = "{\"service\":\"cart\",\"exceptions\":[{\"type\":\"a.E\"}]}";

    @TempDir
    private static Path folder;

    private static Path keyStore;
    private static Path certificate;
    private static Path key;

    @BeforeAll
    static void makeCertificate() throws Exception {
        keyStore = keyStore("server", "EC");
        KeyStore store = store(keyStore);
        certificate = pem("CERTIFICATE", store.getCertificate("server").getEncoded());
        key = pem("PRIVATE KEY", store.getKey("server", PASSWORD.toCharArray()).getEncoded());
    }

    @Test
    void shouldTakeEventsOverTlsWithPkcs12() throws Exception {
        assertThat(post(ServerCertificate.pkcs12(keyStore, PASSWORD))).isEqualTo(202);
    }

    @Test
    void shouldTakeEventsOverTlsWithPem() throws Exception {
        assertThat(post(ServerCertificate.pem(certificate, key))).isEqualTo(202);
    }

    @Test
    void shouldNotTalkToClientsThatDoNotTrustIt() throws Exception {
        try (IngestHttp http = start(ServerCertificate.pkcs12(keyStore, PASSWORD))) {
            HttpRequest request = HttpRequest.newBuilder(http.address()).build();

            assertThatExceptionOfType(SSLException.class)
                    .isThrownBy(() -> HttpClient.newHttpClient().send(request, BodyHandlers.discarding()));
        }
    }

    @Test
    void shouldRefuseAWrongPassword() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServerCertificate.pkcs12(keyStore, "wrong"))
                .withMessageContaining("server.p12");
    }

    @Test
    void shouldRefuseAFileWithoutAKey() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServerCertificate.pem(certificate, certificate))
                .withMessageContaining("PKCS#8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA", "Ed25519"})
    void shouldTakeACertificateWithItsKey(String algorithm) throws Exception {
        KeyStore store = store(keyStore(algorithm, algorithm));
        Path own = pem("own", "CERTIFICATE", store.getCertificate("server").getEncoded());
        Path fitting = pem(
                "fitting",
                "PRIVATE KEY",
                store.getKey("server", PASSWORD.toCharArray()).getEncoded());

        assertThat(ServerCertificate.pem(own, fitting).getKeyStore().isKeyEntry("server"))
                .isTrue();
        assertThatIllegalArgumentException().isThrownBy(() -> ServerCertificate.pem(own, otherKey(algorithm)));
    }

    /** Else it would show only when the first client fails to connect. */
    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA", "Ed25519"})
    void shouldRefuseAKeyOfAnotherCertificate(String algorithm) throws Exception {
        Path other = otherKey(algorithm);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServerCertificate.pem(certificate, other))
                .withMessage(other + " is not the key of the first certificate in " + certificate);
    }

    @Test
    void shouldTakeTheCertificateFromConfiguration() {
        IngestConfig config = new IngestConfig(
                Map.of(IngestConfig.TLS_CERTIFICATE, certificate.toString(), IngestConfig.TLS_KEY, key.toString()));

        assertThat(config.tls()).isPresent();
        assertThat(new IngestConfig(Map.of()).tls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {IngestConfig.TLS_CERTIFICATE, IngestConfig.TLS_KEY})
    void shouldRefuseHalfOfAConfiguration(String only) {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> new IngestConfig(Map.of(only, certificate.toString())))
                .withMessageContaining("http.tls.");
    }

    private static int post(SslContextFactory.Server tls) throws Exception {
        try (IngestHttp http = start(tls)) {
            URI endpoint = http.address().resolve("/v1/errors");
            assertThat(endpoint.getScheme()).isEqualTo("https");
            HttpRequest request = HttpRequest.newBuilder(endpoint)
                    .POST(BodyPublishers.ofString(EVENT))
                    .build();
            HttpClient client = HttpClient.newBuilder().sslContext(trusting()).build();
            return client.send(request, BodyHandlers.discarding()).statusCode();
        }
    }

    private static IngestHttp start(SslContextFactory.Server tls) {
        IngestMeters meters = new IngestMeters(new SimpleMeterRegistry());
        Intake intake = new Intake(
                new EventAssembler(InAppPackages.parse(List.of()), new Scrubber(List.of())),
                event -> CompletableFuture.completedFuture(null),
                Clock.systemUTC(),
                meters);
        Listener listener = new Listener("127.0.0.1", 0, Optional.of(tls), Listener.IDLE);
        IngestHttp http = new IngestHttp(
                listener,
                Limits.DEFAULT,
                new MemoryBudget(1 << 20),
                intake,
                meters,
                ProjectKeys.OPEN,
                ProjectRates.UNLIMITED);
        http.start();
        return http;
    }

    private static SSLContext trusting() throws Exception {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", store(keyStore).getCertificate("server"));
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static KeyStore store(Path file) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private static Path otherKey(String algorithm) throws Exception {
        byte[] encoded = KeyPairGenerator.getInstance(algorithm)
                .generateKeyPair()
                .getPrivate()
                .getEncoded();
        return pem("other", "PRIVATE KEY", encoded);
    }

    private static Path keyStore(String name, String algorithm) throws Exception {
        Path file = folder.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        algorithm,
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        file.toString())
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        return file;
    }

    private static Path pem(String what, byte[] der) throws Exception {
        return pem(what.replace(' ', '-'), what, der);
    }

    private static Path pem(String name, String what, byte[] der) throws Exception {
        String body = Base64.getMimeEncoder().encodeToString(der);
        return Files.writeString(
                folder.resolve(name + ".pem"),
                "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n");
    }
}
