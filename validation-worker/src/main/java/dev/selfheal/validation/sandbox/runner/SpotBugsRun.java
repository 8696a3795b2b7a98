package dev.selfheal.validation.sandbox.runner;

import dev.selfheal.validation.sandbox.runner.AnalysisReport.Issue;
import dev.selfheal.validation.sandbox.runner.AnalysisReport.Severity;
import edu.umd.cs.findbugs.BugCollection;
import edu.umd.cs.findbugs.BugCollectionBugReporter;
import edu.umd.cs.findbugs.BugInstance;
import edu.umd.cs.findbugs.DetectorFactoryCollection;
import edu.umd.cs.findbugs.FindBugs2;
import edu.umd.cs.findbugs.Plugin;
import edu.umd.cs.findbugs.PluginException;
import edu.umd.cs.findbugs.Priorities;
import edu.umd.cs.findbugs.Project;
import edu.umd.cs.findbugs.SourceLineAnnotation;
import edu.umd.cs.findbugs.config.UserPreferences;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** SpotBugs with the detectors of FindSecBugs, on class files. */
final class SpotBugsRun {

    private static final String SECURITY_DETECTORS = "com.h3xstream.findsecbugs.PredictableRandomDetector";

    private final DetectorFactoryCollection detectors;

    SpotBugsRun() throws IOException {
        try {
            Class<?> one = Class.forName(SECURITY_DETECTORS, false, SpotBugsRun.class.getClassLoader());
            Plugin.loadCustomPlugin(
                    one.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI()
                            .toURL(),
                    null);
        } catch (ClassNotFoundException | URISyntaxException | PluginException e) {
            throw new IOException("FindSecBugs cannot be loaded", e);
        }
        detectors = DetectorFactoryCollection.instance();
    }

    List<Issue> run(Map<String, byte[]> classes, List<String> classpath) throws IOException {
        Path folder = Files.createTempDirectory("classes");
        Project project = new Project();
        for (Map.Entry<String, byte[]> each : classes.entrySet()) {
            Path file = folder.resolve(each.getKey().replace('.', '/') + ".class");
            Files.createDirectories(file.getParent());
            Files.write(file, each.getValue());
            project.addFile(file.toString());
        }
        classpath.forEach(project::addAuxClasspathEntry);
        BugCollectionBugReporter reporter = new BugCollectionBugReporter(project);
        reporter.setPriorityThreshold(Priorities.LOW_PRIORITY);
        try (FindBugs2 engine = new FindBugs2()) {
            engine.setProject(project);
            engine.setBugReporter(reporter);
            engine.setDetectorFactoryCollection(detectors);
            engine.setUserPreferences(UserPreferences.createDefaultUserPreferences());
            engine.execute();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while SpotBugs ran", e);
        }
        return issues(reporter.getBugCollection());
    }

    private static List<Issue> issues(BugCollection bugs) {
        List<Issue> issues = new ArrayList<>();
        for (BugInstance bug : bugs) {
            SourceLineAnnotation at = bug.getPrimarySourceLineAnnotation();
            issues.add(new Issue(
                    "SPOTBUGS-" + bug.getType(),
                    severity(bug.getPriority()),
                    bug.getInstanceHash(),
                    bug.getMessageWithoutPrefix(),
                    at == null ? "" : at.getSourcePath(),
                    at == null ? 0 : Math.max(0, at.getStartLine()),
                    Math.max(0, bug.getBugPattern().getCWEid())));
        }
        return issues;
    }

    private static Severity severity(int priority) {
        return switch (priority) {
            case Priorities.HIGH_PRIORITY -> Severity.HIGH;
            case Priorities.NORMAL_PRIORITY -> Severity.MEDIUM;
            default -> Severity.LOW;
        };
    }
}
