package dev.selfheal.attestation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Ed25519KeyTest {

    @TempDir
    Path folder;

    @Test
    void shouldBeTheSameKeyWhenLoadedAgain() throws IOException {
        Ed25519Key key = Ed25519Key.generate();
        key.writeTo(folder.resolve("key.pem"));
        Ed25519Key loaded = Ed25519Key.load(folder.resolve("key.pem"));
        assertThat(loaded.keyId()).isEqualTo(key.keyId()).matches("[0-9a-f]{64}");
        assertThat(loaded.publicKeyPem()).isEqualTo(key.publicKeyPem());
        assertThat(loaded.sign("x".getBytes(UTF_8))).isEqualTo(key.sign("x".getBytes(UTF_8)));
    }

    /** RFC 8032, section 7.1, test 2: secret key, message 72, signature. */
    @Test
    void shouldSignTheStandardsExample() throws IOException {
        byte[] der = HexFormat.of()
                .parseHex("302e020100300506032b657004220420"
                        + "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
        Files.writeString(folder.resolve("rfc.pem"), Pem.encode(Pem.PRIVATE, der));
        Ed25519Key key = Ed25519Key.load(folder.resolve("rfc.pem"));
        assertThat(HexFormat.of().formatHex(Pem.decode(Pem.PUBLIC, key.publicKeyPem())))
                .isEqualTo("302a300506032b6570032100"
                        + "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
        assertThat(HexFormat.of().formatHex(key.sign(new byte[] {0x72})))
                .isEqualTo("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                        + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
    }

    @Test
    void shouldBeReadableByItsOwnerAlone() throws IOException {
        Path file = folder.resolve("key.pem");
        Ed25519Key.generate().writeTo(file);
        assumeTrue(Files.getFileStore(file).supportsFileAttributeView("posix"), "the file system has no permissions");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void shouldNeverOverwriteAKey() throws IOException {
        Path file = folder.resolve("key.pem");
        Ed25519Key first = Ed25519Key.loadOrGenerate(file);
        assertThatThrownBy(() -> Ed25519Key.generate().writeTo(file)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(Ed25519Key.loadOrGenerate(file).keyId()).isEqualTo(first.keyId());
        assertThat(folder).isDirectoryContaining(path -> path.equals(file)).isDirectoryNotContaining("glob:**.key*");
    }

    @Test
    void shouldNameTheFileWhenItHoldsNoKey() throws IOException {
        Path file = Files.writeString(
                folder.resolve("bad.pem"), "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        assertThatThrownBy(() -> Ed25519Key.load(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("bad.pem");
    }

    @Test
    void shouldBeVerifiedByOpenssl() throws Exception {
        assumeTrue(isOnPath("openssl"), "openssl is not installed");
        Ed25519Key key = Ed25519Key.generate();
        byte[] signed = Dsse.preAuthenticationEncoding("application/vnd.in-toto+json", "{}".getBytes(UTF_8));
        Path publicKey = Files.writeString(folder.resolve("pub.pem"), key.publicKeyPem());
        Path input = Files.write(folder.resolve("pae.bin"), signed);
        Path signature = Files.write(folder.resolve("sig.bin"), key.sign(signed));
        assertThat(openssl(
                        "pkeyutl",
                        "-verify",
                        "-rawin",
                        "-pubin",
                        "-inkey",
                        publicKey.toString(),
                        "-in",
                        input.toString(),
                        "-sigfile",
                        signature.toString()))
                .contains("Signature Verified Successfully");
    }

    @Test
    void shouldLoadAKeyMadeByOpenssl() throws Exception {
        assumeTrue(isOnPath("openssl"), "openssl is not installed");
        Path file = folder.resolve("openssl.pem");
        openssl("genpkey", "-algorithm", "ed25519", "-out", file.toString());
        String publicKey = openssl("pkey", "-in", file.toString(), "-pubout");
        assertThat(Ed25519Key.load(file).publicKeyPem()).isEqualTo(publicKey);
    }

    private static boolean isOnPath(String program) {
        return Arrays.stream(System.getenv("PATH").split(Pattern.quote(File.pathSeparator)))
                .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
    }

    private static String openssl(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
