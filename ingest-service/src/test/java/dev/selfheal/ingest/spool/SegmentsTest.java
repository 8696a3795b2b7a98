package dev.selfheal.ingest.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentsTest {

    private static final SegmentHeader HEADER = new SegmentHeader(Instant.parse("2026-11-22T10:00:00Z"), new byte[3]);

    @TempDir
    private Path path;

    private boolean forces = true;
    private SpoolFolder folder;
    private Segments segments;

    @BeforeEach
    void begin() {
        folder = new SpoolFolder(path) {
            @Override
            void force() throws IOException {
                if (!forces) {
                    throw new IOException("the folder's disk fails");
                }
                super.force();
            }
        };
        segments = new Segments(folder, (file, bytes) -> {});
    }

    @Test
    void shouldWriteToNoSegmentWhoseCreationMayNotSurvive() throws Exception {
        forces = false;
        assertThatIOException().isThrownBy(() -> segments.begin(HEADER)).withMessageContaining("disk fails");

        assertThat(segments.active()).isEmpty();
        assertThat(segments.oldest()).isEmpty();
        assertThat(folder.segments()).isEmpty();
    }

    @Test
    void shouldBeginAnotherSegmentWhenTheDiskIsWellAgain() throws Exception {
        forces = false;
        assertThatIOException().isThrownBy(() -> segments.begin(HEADER));
        forces = true;

        Segment segment = segments.begin(HEADER);
        assertThat(segments.active()).contains(segment);
        assertThat(folder.segments()).containsExactly(segment.number());
    }

    @Test
    void shouldCountTheBytesOfAllSegmentsAsTheyChange() throws Exception {
        Segment first = segments.begin(HEADER);
        segments.moveEnd(first, first.append(List.of(new byte[10])));
        segments.seal();
        Segment second = segments.begin(HEADER);
        assertThat(segments.bytes()).isEqualTo(first.end() + second.end());

        Segments reopened = new Segments(folder, (file, bytes) -> {});
        reopened.recover();
        assertThat(reopened.bytes()).isEqualTo(first.end() + second.end());
        reopened.close();

        segments.deleteOldest();
        assertThat(segments.bytes()).isEqualTo(second.end());
        segments.deleteOldest();
        assertThat(segments.bytes()).isZero();
    }
}
