package dev.selfheal.validation.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.github.javaparser.StaticJavaParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The worked examples of docs/quality.md. */
class QualityScoreTest {

    private static final List<String> BEFORE = """
            class Cart {
                int total(Integer price) {
                    int sum = 0;
                    sum += price;
                    return sum;
                }
            }
            """.lines().toList();

    @Test
    void shouldGiveAGuardFullMarks() {
        assertThat(patched("        if (price != null) {", "            sum += price;", "        }")
                        .score())
                .isEqualTo(10);
    }

    @Test
    void shouldTakeHalfAPointForEveryBranchBeyondTheFirst() {
        QualityScore score = patched(
                "        if (price != null && price > 0 || sum < 0) {", "            sum += price;", "        }");
        assertThat(score.complexity()).isEqualTo(1);
        assertThat(score.score()).isEqualTo(9);
    }

    @Test
    void shouldRemarkOnNamesAndLayout() {
        QualityScore score = patched("\tint Bad_Name = price;  ", "        sum += Bad_Name;");
        assertThat(score.remarks())
                .extracting(Remark::rule)
                .containsExactlyInAnyOrder(StyleRules.NAME, StyleRules.INDENT, StyleRules.TRAILING);
        assertThat(score.score()).isEqualTo(8.5);
    }

    @Test
    void shouldRemarkOnASwallowedExceptionAndACommentIsEnough() {
        assertThat(patched("        try { sum += price; } catch (RuntimeException e) { }")
                        .remarks())
                .extracting(Remark::rule)
                .containsExactly(StyleRules.EMPTY_CATCH);
        assertThat(patched("        try { sum += price; } catch (RuntimeException e) { /* a gap */ }")
                        .remarks())
                .isEmpty();
    }

    @Test
    void shouldTakeTwoPointsForCopiedLines() {
        List<String> copy = List.of(
                "        sum += price + 1000;",
                "        sum -= price / 1000;",
                "        sum *= price - 1000;",
                "        sum /= price * 1000;");
        List<String> twice = new ArrayList<>(copy);
        twice.add("        sum++;");
        twice.addAll(copy);
        assertThat(patched(twice.toArray(String[]::new)).duplication()).isEqualTo(2);
        assertThat(patched(copy.toArray(String[]::new)).duplication()).isZero();
    }

    @Test
    void shouldTakePointsForLinesBeyondTwenty() {
        String[] lines = new String[30];
        for (int i = 0; i < lines.length; i++) {
            lines[i] = "        sum += " + (1000 + i) + ";";
        }
        assertThat(patched(lines).size()).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void shouldNotHoldTheFilesOwnFaultsAgainstThePatch() {
        List<String> bad = List.of("class cart {", "  int A_b(int X) { return X; }", "}");
        QualityScore score = QualityScore.of(
                new QualityScore.File(Optional.empty(), StaticJavaParser.parse(String.join("\n", bad)), bad, Set.of()));
        assertThat(score.score()).isEqualTo(10);
    }

    /** The fourth line of the example, replaced. */
    private static QualityScore patched(String... lines) {
        List<String> after = new ArrayList<>(BEFORE.subList(0, 3));
        after.addAll(List.of(lines));
        after.addAll(BEFORE.subList(4, BEFORE.size()));
        Set<Integer> fresh = new TreeSet<>();
        for (int line = 4; line < 4 + lines.length; line++) {
            fresh.add(line);
        }
        return QualityScore.of(new QualityScore.File(
                Optional.of(StaticJavaParser.parse(String.join("\n", BEFORE))),
                StaticJavaParser.parse(String.join("\n", after)),
                after,
                fresh));
    }
}
