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
import edu.umd.cs.findbugs.classfile.MethodDescriptor;
import edu.umd.cs.findbugs.config.UserPreferences;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

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

    AnalysisReport run(Map<String, byte[]> classes, List<String> classpath) throws IOException {
        if (classes.isEmpty()) { // it takes that for a mistake
            return AnalysisReport.nothing();
        }
        Path folder = Files.createTempDirectory("classes");
        Project project = new Project();
        for (Map.Entry<String, byte[]> each : classes.entrySet()) {
            Path file = folder.resolve(each.getKey().replace('.', '/') + ".class");
            Files.createDirectories(file.getParent());
            Files.write(file, each.getValue());
            project.addFile(file.toString());
        }
        classpath.forEach(project::addAuxClasspathEntry);
        Reporter reporter = new Reporter(project);
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
        return new AnalysisReport(issues(reporter.getBugCollection()), List.copyOf(reporter.unread));
    }

    /** Notes what the engine skips, such as methods that it finds too long, and what it fails at. */
    private static final class Reporter extends BugCollectionBugReporter {

        private final Set<String> unread = new TreeSet<>();

        Reporter(Project project) {
            super(project);
        }

        @Override
        public void reportSkippedAnalysis(MethodDescriptor method) {
            super.reportSkippedAnalysis(method);
            unread.add("SpotBugs leaves out " + method.getClassDescriptor().getDottedClassName() + "."
                    + method.getName() + method.getSignature());
        }

        @Override
        public void logError(String message) {
            super.logError(message);
            unread.add("SpotBugs: " + message);
        }

        @Override
        public void logError(String message, Throwable e) {
            super.logError(message, e);
            unread.add("SpotBugs: " + message);
        }
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
