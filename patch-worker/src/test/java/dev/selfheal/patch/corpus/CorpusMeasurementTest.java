package dev.selfheal.patch.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.event.CandidatePatch;
import dev.selfheal.event.FileEdit;
import dev.selfheal.event.HealingPolicy;
import dev.selfheal.event.Hunk;
import dev.selfheal.patch.Policies;
import dev.selfheal.patch.template.TemplateProposer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** For each case: the rank of the first candidate that mends the reproduction and breaks none of the class's own tests. */
class CorpusMeasurementTest {

    @Test
    @EnabledIfSystemProperty(named = "selfheal.corpus", matches = ".+")
    void shouldRankPlausiblePatchesOfRealBugs() throws Exception {
        List<Path> cases;
        try (Stream<Path> folders = Files.list(Path.of(System.getProperty("selfheal.corpus")))) {
            cases = folders.filter(folder -> Files.exists(folder.resolve("target/cp.txt")))
                    .sorted()
                    .toList();
        }
        for (Path folder : cases) {
            measure(folder);
        }
        assertThat(cases).isNotEmpty();
    }

    public static void main(String[] folders) throws Exception {
        for (String folder : folders) {
            measure(Path.of(folder));
        }
    }

    private static void measure(Path folder) throws IOException, InterruptedException {
        CorpusCase corpusCase = CorpusCase.load(folder);
        HealingPolicy policy = Policies.policy();
        long start = System.nanoTime();
        TemplateProposer proposer = new TemplateProposer(edits -> Integer.toHexString(edits.hashCode()));
        List<CandidatePatch> candidates =
                proposer.propose(folder, corpusCase.event(), policy, Set.of()).candidates();
        long millis = (System.nanoTime() - start) / 1_000_000;
        Path work = Files.createTempDirectory("corpus");
        CandidateRun run = new CandidateRun(corpusCase, work);
        Path nothing = Files.createDirectories(work.resolve("unpatched"));
        int rank = 0;
        int broken = 0;
        int rankOfPlausible = 0;
        for (CandidatePatch candidate : candidates) {
            rank++;
            if (System.getProperty("list") != null) {
                System.out.println(rank + " " + show(candidate));
                continue;
            }
            Path output = Files.createDirectories(work.resolve("patched" + rank));
            if (!run.compile(candidate, output).isEmpty()) {
                broken++;
                continue;
            }
            String reproduction = run.run(output, true, List.of(corpusCase.testClass()));
            if (System.getProperty("verbose") != null) System.out.println(rank + " " + reproduction);
            if (reproduction.contains("FAILED") || !reproduction.contains("END") || reproduction.contains("RAN 0")) {
                continue;
            }
            String simpleName = Path.of(candidate.getEdits().get(0).getPath())
                    .getFileName()
                    .toString()
                    .replace(".java", "");
            List<String> tests = run.testsOf(simpleName);
            boolean same = tests.isEmpty() || run.run(nothing, false, tests).equals(run.run(output, false, tests));
            if (!same) {
                continue;
            }
            rankOfPlausible = rank;
            System.out.println("   " + show(candidate).replace("\n", "\n   ") + "\n   guarded by " + tests);
            break;
        }
        System.out.printf(
                "%-20s plausible at %d of %d, %d of the tried did not compile, proposed in %d ms%n",
                corpusCase.name(), rankOfPlausible, candidates.size(), broken, millis);
        try (Stream<Path> files = Files.walk(work)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }

    private static String show(CandidatePatch candidate) {
        StringBuilder text = new StringBuilder(String.format(
                "%.3f %s: %s", candidate.getScore(), candidate.getOrigin().getName(), candidate.getExplanation()));
        for (FileEdit edit : candidate.getEdits()) {
            text.append("\n    ").append(edit.getPath());
            for (Hunk hunk : edit.getHunks()) {
                text.append("\n    @@ ").append(hunk.getStartLine());
                hunk.getBefore().forEach(line -> text.append("\n    -").append(line));
                hunk.getAfter().forEach(line -> text.append("\n    +").append(line));
            }
        }
        return text.toString();
    }
}
