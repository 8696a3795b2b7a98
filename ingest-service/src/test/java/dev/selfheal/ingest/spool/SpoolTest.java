package dev.selfheal.ingest.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SpoolTest {

    private static final byte[] PREAMBLE = "schema".getBytes(UTF_8);
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final long BOUND = 1 << 20;

    @TempDir
    private Path folder;

    private final List<Path> quarantined = new ArrayList<>();
    private Instant now = NOW;
    private long nanos;

    @Test
    void shouldReturnEntriesInOrderWithTheirPreamble() throws Exception {
        try (Spool spool = open(BOUND)) {
            append(spool, entries(0, 100));

            Batch batch = spool.head().orElseThrow();
            assertThat(texts(batch)).containsExactlyElementsOf(entries(0, 100));
            assertThat(batch.preamble()).isEqualTo(PREAMBLE);
        }
    }

    @Test
    void shouldReturnTheSameEntriesUntilTheyAreReleased() throws Exception {
        try (Spool spool = open(BOUND)) {
            append(spool, entries(0, 3));

            assertThat(texts(spool.head().orElseThrow())).hasSize(3);
            Batch again = spool.head().orElseThrow();
            assertThat(texts(again)).hasSize(3);
            spool.release(again);
            assertThat(spool.head()).isEmpty();
        }
    }

    @Test
    void shouldLeaveNoFileBehindWhenAllIsReleased() throws Exception {
        try (Spool spool = open(BOUND)) {
            append(spool, entries(0, 3));
            spool.release(spool.head().orElseThrow());

            assertThat(spool.state().isEmpty()).isTrue();
        }
        assertThat(segments()).isEmpty();
    }

    @Test
    void shouldKeepEntriesThatWereNotReleasedWhenReopened() throws Exception {
        try (Spool spool = open(BOUND)) {
            append(spool, entries(0, 5));
        }
        try (Spool spool = open(BOUND)) {
            append(spool, entries(5, 8));

            assertThat(readAll(spool)).containsExactlyElementsOf(entries(0, 8));
        }
    }

    @Test
    void shouldReadAcrossSegmentsAndGiveTheirSpaceBack() throws Exception {
        try (Spool spool = open(new SpoolSettings(folder, BOUND, 100))) {
            for (String entry : entries(0, 40)) {
                append(spool, List.of(entry));
            }
            assertThat(segments()).hasSizeGreaterThan(5);

            assertThat(readAll(spool)).containsExactlyElementsOf(entries(0, 40));
            assertThat(segments()).isEmpty();
        }
    }

    @Test
    void shouldTakeEntriesLargerThanOneRead() throws Exception {
        String large = "x".repeat(3 << 20);
        try (Spool spool = open(16 << 20)) {
            append(spool, List.of("before", large, "after"));

            assertThat(readAll(spool)).containsExactly("before", large, "after");
        }
    }

    @Test
    void shouldTakeAnEntryThatFillsItToTheByte() throws Exception {
        try (Spool spool = open(BOUND)) {
            spool.append(new byte[(int) BOUND - Frames.HEADER_BYTES]).get();

            assertThat(spool.append(new byte[0]))
                    .failsWithin(Duration.ofSeconds(5))
                    .withThrowableThat()
                    .withCauseInstanceOf(SpoolFullException.class);
        }
    }

    @Test
    void shouldRefuseAnEntryOneByteAboveTheBound() {
        try (Spool spool = open(BOUND)) {
            CompletableFuture<Void> refused = spool.append(new byte[(int) BOUND - Frames.HEADER_BYTES + 1]);

            assertThat(refused).isCompletedExceptionally();
            assertThat(spool.state().isEmpty()).isTrue();
        }
    }

    @Test
    void shouldTakeEntriesAgainWhenSpaceWasGivenBack() throws Exception {
        try (Spool spool = open(BOUND)) {
            spool.append(new byte[(int) BOUND - Frames.HEADER_BYTES]).get();
            spool.release(spool.head().orElseThrow());

            append(spool, List.of("again"));
            assertThat(readAll(spool)).containsExactly("again");
        }
    }

    @Test
    void shouldDropWhatTheLastWriteLeftWhenItWasCutShort() throws Exception {
        try (Spool spool = open(BOUND)) {
            append(spool, entries(0, 3));
        }
        byte[] whole = Files.readAllBytes(segments().get(0));
        for (int cut = 1; cut < Frames.HEADER_BYTES + "entry-2".length(); cut++) {
            Files.write(segments().get(0), java.util.Arrays.copyOf(whole, whole.length - cut));
            try (Spool spool = open(BOUND)) {
                assertThat(texts(spool.head().orElseThrow())).containsExactly("entry-0", "entry-1");
            }
        }
        assertThat(quarantined).isEmpty();
    }

    @Test
    void shouldLoseNothingButTheEntryAroundAFlippedByte() throws Exception {
        try (Spool spool = open(BOUND)) {
            append(spool, entries(0, 3));
        }
        Path segment = segments().get(0);
        byte[] whole = Files.readAllBytes(segment);
        int frame = Frames.HEADER_BYTES + "entry-1".length();
        int second = whole.length - 2 * frame;
        for (int at = second; at < second + frame; at++) {
            byte[] flipped = whole.clone();
            flipped[at] ^= 0x10;
            Files.write(segment, flipped);
            quarantined.clear();
            try (Spool spool = open(BOUND)) {
                assertThat(texts(spool.head().orElseThrow())).containsExactly("entry-0", "entry-2");
            }
            Path kept = folder.resolve("quarantine").resolve(segment.getFileName() + "-" + second);
            assertThat(kept).hasBinaryContent(java.util.Arrays.copyOfRange(flipped, second, second + frame));
            assertThat(quarantined).containsExactly(kept);
            Files.delete(kept);
        }
    }

    @Test
    void shouldReportTheSameDamageOnceHoweverOftenItIsRead() throws Exception {
        try (Spool spool = open(BOUND)) {
            append(spool, entries(0, 3));
        }
        byte[] bytes = Files.readAllBytes(segments().get(0));
        bytes[bytes.length - 1] ^= 1;
        Files.write(segments().get(0), bytes);

        try (Spool spool = open(BOUND)) {
            spool.head();
            spool.head();
        }

        assertThat(quarantined).hasSize(1);
    }

    @Test
    void shouldReadTheOtherSegmentsWhenOneIsDamagedAsAWhole() throws Exception {
        try (Spool spool = open(new SpoolSettings(folder, BOUND, 1))) {
            append(spool, List.of("first"));
            append(spool, List.of("second"));
        }
        byte[] garbage = new byte[50];
        Files.write(segments().get(0), garbage);

        try (Spool spool = open(BOUND)) {
            assertThat(readAll(spool)).containsExactly("second");
        }
        assertThat(quarantined).hasSize(1);
        assertThat(quarantined.get(0)).hasBinaryContent(garbage);
    }

    @Test
    void shouldGoOnBehindASegmentWithoutAnyWholeEntry() throws Exception {
        try (Spool spool = open(new SpoolSettings(folder, BOUND, 1))) {
            append(spool, List.of("first"));
            append(spool, List.of("second"));
        }
        byte[] bytes = Files.readAllBytes(segments().get(0));
        bytes[bytes.length - 1] ^= 1;
        Files.write(segments().get(0), bytes);

        try (Spool spool = open(BOUND)) {
            assertThat(readAll(spool)).containsExactly("second");
        }
    }

    @Test
    void shouldRefuseAFolderThatIsInUse() {
        try (Spool spool = open(BOUND)) {
            assertThat(spool.state().isEmpty()).isTrue();
            assertThatIllegalStateException()
                    .isThrownBy(() -> open(BOUND))
                    .withMessageContaining(folder.toString())
                    .withMessageContaining("in use");
        }
    }

    @Test
    void shouldOpenTheFolderAgainWhenItWasClosed() {
        open(BOUND).close();
        open(BOUND).close();

        assertThat(segments()).isEmpty();
    }

    @Test
    void shouldRefuseEntriesWhenClosed() {
        Spool spool = open(BOUND);
        spool.close();

        assertThatThrownBy(() -> spool.append(new byte[1]).get()).hasCauseInstanceOf(IOException.class);
    }

    @Test
    void shouldWriteAllThatManyThreadsAppend() throws Exception {
        try (Spool spool = open(BOUND)) {
            List<CompletableFuture<Void>> appended = IntStream.range(0, 2_000)
                    .parallel()
                    .mapToObj(i -> spool.append(("entry-" + i).getBytes(UTF_8)))
                    .toList();
            CompletableFuture.allOf(appended.toArray(CompletableFuture<?>[]::new))
                    .get();

            assertThat(readAll(spool)).containsExactlyInAnyOrderElementsOf(entries(0, 2_000));
        }
    }

    @Test
    void shouldReadAnEntryThatWasSetAsideWhenItIsPutBack(@TempDir Path other) throws Exception {
        try (Spool spool = open(BOUND)) {
            append(spool, entries(0, 3));
            spool.setAside(spool.head().orElseThrow(), 1);
        }

        Files.copy(quarantined.get(0), other.resolve("00000000000000000007.spool"));
        try (Spool spool = open(SpoolSettings.of(other, BOUND))) {
            assertThat(readAll(spool)).containsExactly("entry-1");
        }
    }

    @Test
    void shouldCountNoBacklogForWhatIsReleasedButNotYetGivenBack() throws Exception {
        try (Spool spool = open(BOUND)) {
            append(spool, entries(0, 3));
            Batch first = spool.head().orElseThrow();
            append(spool, entries(3, 4));
            spool.release(first);

            assertThat(spool.state().backlog()).isEqualTo(Frames.HEADER_BYTES + "entry-3".length());
            assertThat(spool.state().bytes()).isGreaterThan(spool.state().backlog());
        }
    }

    @Test
    void shouldTellItsDepthAndAge() throws Exception {
        try (Spool spool = open(BOUND)) {
            append(spool, entries(0, 1));
            now = NOW.plusSeconds(90);

            assertThat(spool.state().age()).isEqualTo(Duration.ofSeconds(90));
            assertThat(spool.state().bytes()).isEqualTo(Files.size(segments().get(0)));
        }
    }

    @Test
    void shouldSayThatItIsFullFromTheEntryThatItRefusedUntilSpaceIsGivenBack() throws Exception {
        try (Spool spool = open(BOUND)) {
            spool.append(new byte[(int) BOUND - 500]).get();
            assertThat(spool.append(new byte[1_000])).isCompletedExceptionally();

            assertThat(spool.state().bytes()).isLessThan(BOUND);
            assertThat(spool.refusal())
                    .hasValueSatisfying(why -> assertThat(why).startsWith("full"));
            spool.release(spool.head().orElseThrow());
            assertThat(spool.refusal()).isEmpty();
        }
    }

    @Test
    void shouldNotSayThatItIsFullForAnEntryThatItCouldNeverHold() {
        try (Spool spool = open(BOUND)) {
            assertThat(spool.append(new byte[(int) BOUND])).isCompletedExceptionally();

            assertThat(spool.refusal()).isEmpty();
        }
    }

    @Test
    void shouldSayThatTheDiskFailedUntilAWriteSucceeds(@TempDir Path disk) throws Exception {
        Path mount = disk.resolve("spool");
        try (Spool spool = open(SpoolSettings.of(mount, BOUND))) {
            Files.delete(mount.resolve("lock"));
            Files.delete(mount);
            assertThat(spool.append(new byte[1])).failsWithin(Duration.ofSeconds(5));
            assertThat(spool.refusal())
                    .hasValueSatisfying(why -> assertThat(why).startsWith("the last write failed"));

            Files.createDirectories(mount);
            spool.append(new byte[1]).get();
            assertThat(spool.refusal()).isEmpty();
        }
    }

    @Test
    void shouldLetAnEntryTryAFailedDiskAgainAfterHalfAMinute(@TempDir Path disk) throws Exception {
        Path mount = disk.resolve("spool");
        try (Spool spool = open(SpoolSettings.of(mount, BOUND))) {
            Files.delete(mount.resolve("lock"));
            Files.delete(mount);
            assertThat(spool.append(new byte[1])).failsWithin(Duration.ofSeconds(5));

            nanos = Spool.FAILURE_HOLDS.toNanos() - 1;
            assertThat(spool.refusal()).isPresent();
            nanos++;
            assertThat(spool.refusal()).isEmpty();
        }
    }

    @Test
    void shouldSayThatItTakesNothingBeforeItIsOpenAndAfterItIsClosed() {
        Spool spool = new Spool(SpoolSettings.of(folder, BOUND), PREAMBLE, this::quarantined, clock());
        assertThat(spool.refusal()).contains("not open");
        spool.open();
        assertThat(spool.refusal()).isEmpty();
        spool.close();
        assertThat(spool.refusal()).contains("not open");
    }

    @Test
    void shouldKeepEachEntryThatWasSetAsideOverRestarts() throws Exception {
        for (String entry : entries(0, 3)) {
            try (Spool spool = open(BOUND)) {
                append(spool, List.of(entry));
                Batch batch = spool.head().orElseThrow();
                spool.setAside(batch, 0);
                spool.release(batch);
            }
        }

        assertThat(quarantined)
                .hasSize(3)
                .doesNotHaveDuplicates()
                .allSatisfy(file -> assertThat(file).exists());
    }

    @Test
    void shouldSetAnEntryAsideOnceWhenItIsReadAgain() throws Exception {
        try (Spool spool = open(BOUND)) {
            append(spool, entries(0, 1));
            spool.setAside(spool.head().orElseThrow(), 0);
        }
        now = NOW.plusSeconds(90);
        try (Spool spool = open(BOUND)) {
            spool.setAside(spool.head().orElseThrow(), 0);
        }

        assertThat(quarantined).hasSize(1);
    }

    @Test
    void shouldOverwriteNothingInQuarantineWhenNamesMeet() throws Exception {
        Path taken = Files.createDirectories(folder.resolve("quarantine")).resolve("00000000000000000007.spool");
        Files.writeString(taken, "kept");
        Files.writeString(folder.resolve("00000000000000000007.spool"), "no segment");

        open(BOUND).close();

        assertThat(taken).hasContent("kept");
        assertThat(quarantined).hasSize(1).allSatisfy(file -> assertThat(file).hasContent("no segment"));
    }

    @Test
    void shouldKeepDamageBesideOtherBytesOfTheSameName() throws Exception {
        try (Spool spool = open(BOUND)) {
            append(spool, entries(0, 1));
        }
        byte[] bytes = Files.readAllBytes(segments().get(0));
        bytes[bytes.length - 1] ^= 1;
        Files.write(segments().get(0), bytes);
        int frame = bytes.length - Frames.HEADER_BYTES - "entry-0".length();
        Path taken = Files.createDirectories(folder.resolve("quarantine"))
                .resolve(segments().get(0).getFileName() + "-" + frame);
        Files.writeString(taken, "kept");

        try (Spool spool = open(BOUND)) {
            assertThat(spool.head()).isEmpty();
        }

        assertThat(taken).hasContent("kept");
        assertThat(quarantined)
                .singleElement()
                .satisfies(file -> assertThat(file).hasSize(bytes.length - frame));
    }

    private Spool open(long maxBytes) {
        return open(SpoolSettings.of(folder, maxBytes));
    }

    private Spool open(SpoolSettings settings) {
        Spool spool = new Spool(settings, PREAMBLE, this::quarantined, clock(), () -> nanos);
        spool.open();
        return spool;
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public java.time.ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
    }

    private void quarantined(Path file, long bytes) {
        quarantined.add(file);
    }

    private static void append(Spool spool, List<String> texts) throws Exception {
        List<CompletableFuture<Void>> appended =
                texts.stream().map(text -> spool.append(text.getBytes(UTF_8))).toList();
        for (CompletableFuture<Void> one : appended) {
            one.get();
        }
    }

    private static List<String> readAll(Spool spool) throws IOException {
        List<String> all = new ArrayList<>();
        Optional<Batch> batch = spool.head();
        while (batch.isPresent()) {
            all.addAll(texts(batch.get()));
            spool.release(batch.get());
            batch = spool.head();
        }
        return all;
    }

    private static List<String> texts(Batch batch) {
        return batch.entries().stream().map(entry -> new String(entry, UTF_8)).toList();
    }

    private static List<String> entries(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "entry-" + i).toList();
    }

    private List<Path> segments() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".spool"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
