package dev.selfheal.validation.sandbox.runner;

import dev.selfheal.validation.sandbox.runner.AnalysisReport.Issue;
import dev.selfheal.validation.sandbox.runner.AnalysisReport.Severity;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.sourceforge.pmd.PMDConfiguration;
import net.sourceforge.pmd.PmdAnalysis;
import net.sourceforge.pmd.lang.LanguageRegistry;
import net.sourceforge.pmd.lang.document.FileId;
import net.sourceforge.pmd.lang.rule.RulePriority;
import net.sourceforge.pmd.reporting.Report;
import net.sourceforge.pmd.reporting.RuleViolation;

/** PMD's rules on likely errors, concurrency, performance and security, on sources. */
final class PmdRun {

    private static final List<String> RULES = List.of(
            "category/java/errorprone.xml",
            "category/java/multithreading.xml",
            "category/java/performance.xml",
            "category/java/security.xml");

    AnalysisReport run(Map<String, byte[]> sources, List<String> classpath) {
        PMDConfiguration configuration = new PMDConfiguration();
        configuration.setDefaultLanguageVersion(
                LanguageRegistry.PMD.getLanguageById("java").getDefaultVersion());
        configuration.setThreads(0);
        configuration.setIgnoreIncrementalAnalysis(true);
        configuration.prependAuxClasspath(String.join(File.pathSeparator, classpath));
        RULES.forEach(configuration::addRuleSet);
        List<Issue> issues = new ArrayList<>();
        List<String> unread = new ArrayList<>();
        try (PmdAnalysis analysis = PmdAnalysis.create(configuration)) {
            sources.forEach((path, text) -> analysis.files()
                    .addSourceFile(FileId.fromPathLikeString(path), new String(text, StandardCharsets.UTF_8)));
            Report report = analysis.performAnalysisAndCollectReport();
            report.getViolations().forEach(violation -> issues.add(issue(violation, sources)));
            report.getProcessingErrors()
                    .forEach(error ->
                            unread.add("PMD cannot read " + error.getFileId().getOriginalPath()));
        }
        return new AnalysisReport(issues, unread);
    }

    private static Issue issue(RuleViolation violation, Map<String, byte[]> sources) {
        String path = violation.getFileId().getOriginalPath();
        String rule = violation.getRule().getName();
        return new Issue(
                "PMD-" + rule,
                severity(violation.getRule().getPriority()),
                rule + " " + SourceLine.identity(sources.get(path), violation.getBeginLine()),
                violation.getDescription(),
                path,
                violation.getBeginLine(),
                0);
    }

    /** Never high: PMD's rules read the text and guess at types. Those of priority 3 are many and mild. */
    private static Severity severity(RulePriority priority) {
        return priority == RulePriority.HIGH || priority == RulePriority.MEDIUM_HIGH ? Severity.MEDIUM : Severity.LOW;
    }
}
