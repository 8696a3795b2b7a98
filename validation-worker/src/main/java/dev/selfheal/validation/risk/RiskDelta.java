package dev.selfheal.validation.risk;

import com.github.javaparser.ast.CompilationUnit;
import dev.selfheal.event.Finding;
import dev.selfheal.validation.finding.Findings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** What a changed source file does that it did not do before: more uses of the same thing count as new, and so do safeguards that are gone. */
public final class RiskDelta {

    private final Predicate<String> ownClass;

    /**
     * @param ownClass true for classes of the project itself
     */
    public RiskDelta(Predicate<String> ownClass) {
        this.ownClass = ownClass;
    }

    /**
     * @param before empty for a new file
     * @param path for the findings
     */
    public List<Finding> of(
            Optional<CompilationUnit> before,
            CompilationUnit after,
            List<String> linesBefore,
            List<String> linesAfter,
            String path) {
        List<Use> known = new ArrayList<>(UnicodeRules.of(linesBefore));
        before.ifPresent(unit -> known.addAll(uses(unit)));
        List<Use> fresh = new ArrayList<>(UnicodeRules.of(linesAfter));
        fresh.addAll(uses(after));
        List<Finding> findings = new ArrayList<>();
        introduced(known, fresh).forEach(use -> findings.add(finding(use, path)));
        List<Use> guards = before.map(Safeguards::of).orElse(List.of());
        introduced(Safeguards.of(after), guards).forEach(use -> findings.add(finding(use, path)));
        findings.sort(Comparator.comparing(Finding::getLevel).reversed().thenComparing(Finding::getLine));
        return findings;
    }

    public static Finding finding(Use use, String path) {
        RiskRule rule = use.rule();
        String message = "newly " + rule.title() + " (CWE-" + rule.cwe() + "): " + use.what();
        return Findings.of(rule.id(), rule.level(), message, path, use.line(), rule.cwe(), use.what());
    }

    private List<Use> uses(CompilationUnit unit) {
        List<Use> uses = new ArrayList<>(SourceUses.of(unit, ownClass));
        uses.addAll(SyntaxRules.of(unit));
        return uses;
    }

    /** Per rule and subject, the uses beyond the number known; the last ones, as the patch's are unknown. */
    private static List<Use> introduced(List<Use> known, List<Use> fresh) {
        record Subject(RiskRule rule, String what) {}
        Map<Subject, Integer> left = new HashMap<>();
        known.forEach(use -> left.merge(new Subject(use.rule(), use.what()), 1, Integer::sum));
        List<Use> introduced = new ArrayList<>();
        for (Use use : fresh) {
            Subject subject = new Subject(use.rule(), use.what());
            if (left.merge(subject, -1, Integer::sum) < 0) {
                introduced.add(use);
            }
        }
        return introduced.stream().distinct().toList();
    }
}
