package dev.selfheal.bench.validation;

import dev.selfheal.attestation.PatchDigest;
import dev.selfheal.event.CandidatePatch;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.ExceptionInfo;
import dev.selfheal.event.FileEdit;
import dev.selfheal.event.HealingPolicy;
import dev.selfheal.event.Hunk;
import dev.selfheal.event.Isolation;
import dev.selfheal.event.OriginKind;
import dev.selfheal.event.PatchOrigin;
import dev.selfheal.event.PatchProposal;
import dev.selfheal.event.ProposalOutcome;
import dev.selfheal.event.Reproduction;
import dev.selfheal.event.StackFrame;
import dev.selfheal.event.VerdictKind;
import dev.selfheal.standalone.policy.LocalPolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A project as small as one can be, so that many proposals about it are judged while workers die. */
final class SoakProject {

    private static final String SERVICE = "cart";
    private static final String SOURCE = "src/main/java/org/example/Cart.java";
    private static final int BUG_LINE = 9;

    private static final String CART = """
            package org.example;

            import java.util.List;

            public class Cart {
                public int total(List<Integer> prices) {
                    int sum = 0;
                    for (Integer price : prices) {
                        sum += price;
                    }
                    return sum;
                }
            }
            """;

    private static final String TEST = """
            package org.example;

            import static org.junit.jupiter.api.Assertions.assertEquals;

            import java.util.Arrays;
            import org.junit.jupiter.api.Test;

            class CartTest {
                @Test
                void totalIgnoresMissingPrices() {
                    assertEquals(3, new Cart().total(Arrays.asList(1, null, 2)));
                }

                @Test
                void totalAddsPrices() {
                    assertEquals(3, new Cart().total(Arrays.asList(1, 2)));
                }
            }
            """;

    private static final String POM = """
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <modelVersion>4.0.0</modelVersion>
              <groupId>org.example</groupId><artifactId>cart</artifactId><version>1</version>
              <properties>
                <maven.compiler.release>17</maven.compiler.release>
                <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
              </properties>
              <dependencies><dependency>
                <groupId>org.junit.jupiter</groupId><artifactId>junit-jupiter</artifactId><version>5.14.4</version>
                <scope>test</scope>
              </dependency></dependencies>
              <build><plugins>
                <plugin><artifactId>maven-resources-plugin</artifactId><version>3.5.0</version></plugin>
                <plugin><artifactId>maven-compiler-plugin</artifactId><version>3.14.1</version></plugin>
              </plugins></build>
            </project>
            """;

    private final Path directory;
    private final String commit;

    /** What a proposal asks for, by its number, and what the verdict on it has to be. */
    enum Kind {
        MENDS(VerdictKind.APPROVED, SOURCE, BUG_LINE, "            sum += price == null ? 0 : price;"),
        BREAKS_A_TEST(VerdictKind.REJECTED, SOURCE, BUG_LINE, "            sum = prices.size() == 2 ? 4 : 3;"),
        DOES_NOT_COMPILE(VerdictKind.REJECTED, SOURCE, BUG_LINE, "            sum += prize;"),
        TOUCHES_THE_BUILD(VerdictKind.REJECTED, "pom.xml", 2, "  <modelVersion>4.0.0</modelVersion><!-- -->");

        private final VerdictKind verdict;
        private final String path;
        private final int line;
        private final String replacement;

        Kind(VerdictKind verdict, String path, int line, String replacement) {
            this.verdict = verdict;
            this.path = path;
            this.line = line;
            this.replacement = replacement;
        }

        /** Of twenty, one mends: it costs as much as all others. */
        static Kind of(int number) {
            int place = number % 20;
            if (place == 0) {
                return MENDS;
            }
            return place <= 3 ? BREAKS_A_TEST : place <= 9 ? DOES_NOT_COMPILE : TOUCHES_THE_BUILD;
        }

        VerdictKind verdict() {
            return verdict;
        }
    }

    private SoakProject(Path directory, String commit) {
        this.directory = directory;
        this.commit = commit;
    }

    static SoakProject create(Path directory) throws IOException, InterruptedException {
        write(directory.resolve("pom.xml"), POM);
        write(directory.resolve(SOURCE), CART);
        write(directory.resolve("src/test/java/org/example/CartTest.java"), TEST);
        git(directory, "init", "--quiet", "-b", "main");
        git(directory, "add", "--all");
        git(directory, "-c", "user.name=bench", "-c", "user.email=bench@localhost", "commit", "--quiet", "-m", "Cart");
        return new SoakProject(directory, git(directory, "rev-parse", "HEAD").strip());
    }

    HealingPolicy policy() {
        return LocalPolicy.of(SERVICE, directory, "", Isolation.PROCESS, Instant.now());
    }

    static String id(int number) {
        return "proposal-" + number;
    }

    /** No two are the same, and neither are their patches. */
    PatchProposal proposal(int number) throws IOException {
        Kind kind = Kind.of(number);
        List<String> lines = Files.readAllLines(directory.resolve(kind.path));
        String comment = kind.path.endsWith(".java") ? " // " + number : "<!-- " + number + " -->";
        FileEdit edit = FileEdit.newBuilder()
                .setPath(kind.path)
                .setBaseSha256(PatchDigest.sha256(Files.readString(directory.resolve(kind.path))))
                .setHunks(List.of(
                        new Hunk(kind.line, List.of(lines.get(kind.line - 1)), List.of(kind.replacement + comment))))
                .build();
        CandidatePatch patch = CandidatePatch.newBuilder()
                .setPatchId(PatchDigest.of(List.of(edit)))
                .setOrigin(PatchOrigin.newBuilder()
                        .setKind(OriginKind.TEMPLATE)
                        .setName("bench")
                        .build())
                .setEdits(List.of(edit))
                .setScore(1)
                .build();
        ErrorEvent error = error();
        return PatchProposal.newBuilder()
                .setProposalId(id(number))
                .setCaseId("case-" + number)
                .setGroup(error.getGroup())
                .setService(SERVICE)
                .setAttempt(1)
                .setOutcome(ProposalOutcome.PROPOSED)
                .setProposedAt(Instant.now())
                .setBaseCommit(commit)
                .setEvent(error)
                .setCandidates(List.of(patch))
                .build();
    }

    private ErrorEvent error() {
        return ErrorEvent.newBuilder()
                .setEventId("event")
                .setGroup("v3:" + "0".repeat(32))
                .setService(SERVICE)
                .setCommit(commit)
                .setOccurredAt(Instant.now())
                .setReceivedAt(Instant.now())
                .setReproduction(Reproduction.newBuilder()
                        .setSelector("org.example.CartTest#totalIgnoresMissingPrices")
                        .build())
                .setExceptions(List.of(ExceptionInfo.newBuilder()
                        .setType("java.lang.NullPointerException")
                        .setMessage("price is null")
                        .setFrames(List.of(new StackFrame("org.example.Cart", "total", "Cart.java", BUG_LINE, true)))
                        .build()))
                .build();
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static String git(Path directory, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "-C", directory.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(command + ": " + said);
        }
        return said;
    }
}
