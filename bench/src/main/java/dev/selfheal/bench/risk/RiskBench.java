package dev.selfheal.bench.risk;

import com.github.difflib.DiffUtils;
import com.github.javaparser.JavaParser;
import com.github.javaparser.ParserConfiguration;
import com.github.javaparser.ast.CompilationUnit;
import dev.selfheal.event.Finding;
import dev.selfheal.standalone.corpus.Corpus;
import dev.selfheal.validation.risk.RiskDelta;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Runs the risk rules over what maintainers changed between adjacent releases. None of it is an attack, so everything they
 * say is a false positive, or a capability that a release added on purpose.
 */
public final class RiskBench {

    private static final List<List<ReleasePair>> LIBRARIES = List.of(
            ReleasePair.steps(
                    "org.apache.commons",
                    "commons-lang3",
                    "3.11",
                    "3.12.0",
                    "3.13.0",
                    "3.14.0",
                    "3.15.0",
                    "3.16.0",
                    "3.17.0"),
            ReleasePair.steps("org.apache.commons", "commons-text", "1.9", "1.10.0", "1.11.0", "1.12.0", "1.13.0"),
            ReleasePair.steps("commons-io", "commons-io", "2.11.0", "2.12.0", "2.13.0", "2.14.0", "2.15.0", "2.16.0"),
            ReleasePair.steps("com.google.code.gson", "gson", "2.8.8", "2.8.9", "2.9.0", "2.9.1", "2.10", "2.10.1"),
            ReleasePair.steps("org.jsoup", "jsoup", "1.14.3", "1.15.1", "1.15.2", "1.15.3", "1.15.4", "1.16.1"));

    private final JavaParser parser =
            new JavaParser(new ParserConfiguration().setLanguageLevel(ParserConfiguration.LanguageLevel.JAVA_17));
    /** To tell a change of code from one of comments or layout. */
    private final JavaParser codeAlone = new JavaParser(new ParserConfiguration()
            .setLanguageLevel(ParserConfiguration.LanguageLevel.JAVA_17)
            .setAttributeComments(false));

    private final RuleTally tally = new RuleTally();
    private final PrintStream examples;
    private final String rule;

    private RiskBench(String rule, PrintStream examples) {
        this.rule = rule;
        this.examples = examples;
    }

    /** Arguments: a folder for the sources, and optionally a rule whose findings are listed one by one. */
    public static void main(String[] args) throws IOException, InterruptedException {
        List<ReleasePair> pairs = new ArrayList<>();
        LIBRARIES.forEach(pairs::addAll);
        Corpus.load().cases().stream()
                .map(bug -> new ReleasePair(bug.groupId(), bug.artifactId(), bug.buggyVersion(), bug.fixedVersion()))
                .distinct()
                .filter(pair -> !pairs.contains(pair))
                .forEach(pairs::add);
        SourceJars sources = SourceJars.fetch(pairs, Path.of(args[0]));
        RiskBench bench = new RiskBench(args.length > 1 ? args[1] : "", System.out);
        for (ReleasePair pair : pairs) {
            bench.compare(sources.read(pair.sourcesBefore()), sources.read(pair.sourcesAfter()));
        }
        System.out.println(pairs.size() + " pairs of releases, " + bench.tally.table());
    }

    private void compare(Map<String, String> before, Map<String, String> after) {
        Set<String> own = after.keySet().stream()
                .map(path -> path.replace('/', '.').replaceFirst("\\.java$", ""))
                .collect(Collectors.toSet());
        RiskDelta delta = new RiskDelta(own::contains);
        new TreeMap<>(after).forEach((path, text) -> {
            String old = before.get(path);
            if (old != null && !old.equals(text)) {
                changed(delta, path, old, text);
            }
        });
    }

    /** Lines of code added and removed, in one layout and without comments. */
    private int changedLines(String before, String after) {
        return DiffUtils.diff(code(before), code(after)).getDeltas().stream()
                .mapToInt(each -> each.getSource().size() + each.getTarget().size())
                .sum();
    }

    private List<String> code(String source) {
        return codeAlone
                .parse(source)
                .getResult()
                .orElseThrow()
                .toString()
                .lines()
                .toList();
    }

    /** Files that do not parse are left out, as the check before this one refuses them. */
    private void changed(RiskDelta delta, String path, String before, String after) {
        Optional<CompilationUnit> old = parser.parse(before).getResult();
        Optional<CompilationUnit> now = parser.parse(after).getResult();
        if (old.isEmpty() || now.isEmpty()) {
            return;
        }
        int changedLines = changedLines(before, after);
        if (changedLines == 0) {
            return;
        }
        List<String> oldLines = before.lines().toList();
        List<String> newLines = after.lines().toList();
        List<Finding> findings = delta.of(old, now.get(), oldLines, newLines, path);
        tally.add(changedLines, findings);
        findings.stream()
                .filter(finding -> finding.getRuleId().equals(rule))
                .forEach(finding -> examples.println(path + ":" + finding.getLine() + " "
                        + newLines.get(Math.max(0, finding.getLine() - 1)).strip() + "  [" + finding.getMessage()
                        + "]"));
    }
}
