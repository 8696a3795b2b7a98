package dev.selfheal.analysis.healing;

import dev.selfheal.event.CaseState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What {@code docs/healing.md} promises, read from it so that it cannot drift. */
final class HealingManual {

    private static final Path FILE = Path.of("../docs/healing.md");
    private static final Pattern WAY = Pattern.compile("^\\| `([A-Z_]+)` \\| `([A-Z_]+)` \\|", Pattern.MULTILINE);
    private static final Pattern EXAMPLE = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);

    private HealingManual() {}

    static Map<CaseState, Set<CaseState>> ways() {
        Map<CaseState, Set<CaseState>> ways = new EnumMap<>(CaseState.class);
        WAY.matcher(text())
                .results()
                .forEach(row -> ways.computeIfAbsent(
                                CaseState.valueOf(row.group(1)), from -> EnumSet.noneOf(CaseState.class))
                        .add(CaseState.valueOf(row.group(2))));
        return ways;
    }

    static List<String> examples() {
        return EXAMPLE.matcher(text()).results().map(found -> found.group(1)).toList();
    }

    private static String text() {
        try {
            return Files.readString(FILE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the manual", e);
        }
    }
}
