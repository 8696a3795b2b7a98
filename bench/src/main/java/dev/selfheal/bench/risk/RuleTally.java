package dev.selfheal.bench.risk;

import dev.selfheal.event.Finding;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What each rule said, over all changed files and over those that changed as little as a fix does. */
final class RuleTally {

    /** A file with no more added and removed lines of code than this changed as little as a fix does. */
    static final int SMALL_CHANGE = 20;

    private static final class Count {

        private int fired;
        private int files;
        private int smallFiles;
    }

    private final Map<String, Count> rules = new TreeMap<>();
    private int files;
    private int smallFiles;
    private int refuted;
    private int refutedSmall;
    private int clean;
    private int cleanSmall;

    void add(int changedLines, List<Finding> findings) {
        boolean small = changedLines <= SMALL_CHANGE;
        files++;
        smallFiles += small ? 1 : 0;
        boolean refutes =
                findings.stream().anyMatch(finding -> finding.getLevel().name().equals("ERROR"));
        refuted += refutes ? 1 : 0;
        refutedSmall += refutes && small ? 1 : 0;
        clean += findings.isEmpty() ? 1 : 0;
        cleanSmall += findings.isEmpty() && small ? 1 : 0;
        Set<String> seen = new HashSet<>();
        for (Finding finding : findings) {
            Count count = rules.computeIfAbsent(finding.getLevel() + " " + finding.getRuleId(), any -> new Count());
            count.fired++;
            if (seen.add(finding.getRuleId())) {
                count.files++;
                count.smallFiles += small ? 1 : 0;
            }
        }
    }

    String table() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%d files whose code changed, %d of them by at most %d lines%n%n",
                files,
                smallFiles,
                SMALL_CHANGE));
        text.append("| rule | findings | files | share | small changes | share |\n|---|---|---|---|---|---|\n");
        rules.forEach((rule, count) -> text.append(row(rule, count.fired, count.files, count.smallFiles)));
        text.append(row("refuted by any", 0, refuted, refutedSmall));
        text.append(row("nothing found", 0, clean, cleanSmall));
        return text.toString();
    }

    private String row(String name, int fired, int inFiles, int inSmall) {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %d | %.1f %% | %d | %.1f %% |%n",
                name,
                fired == 0 ? "" : String.valueOf(fired),
                inFiles,
                100.0 * inFiles / Math.max(1, files),
                inSmall,
                100.0 * inSmall / Math.max(1, smallFiles));
    }
}
