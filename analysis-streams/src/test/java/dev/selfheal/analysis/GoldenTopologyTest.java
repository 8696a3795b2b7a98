package dev.selfheal.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GoldenTopologyTest {

    private static final Path GOLDEN = Path.of("src/test/resources/golden-topology.txt");

    /** A change of shape shows as a diff; to accept it, copy {@code target/topology.txt} over the golden file. */
    @Test
    void shouldHaveCommittedShape() throws IOException {
        String described = AnalysisTopology.build(new AnalysisConfig(Map.of()), 4)
                .describe()
                .toString();
        Files.writeString(Path.of("target/topology.txt"), described, StandardCharsets.UTF_8);

        assertThat(described).isEqualToNormalizingNewlines(Files.readString(GOLDEN, StandardCharsets.UTF_8));
    }

    @Test
    void shouldNameEveryOperatorAndStore() throws IOException {
        assertThat(Files.readString(GOLDEN, StandardCharsets.UTF_8)).doesNotContain("KSTREAM", "KTABLE", "STATE-STORE");
    }
}
