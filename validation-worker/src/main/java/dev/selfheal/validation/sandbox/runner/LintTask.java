package dev.selfheal.validation.sandbox.runner;

import com.puppycrawl.tools.checkstyle.Checker;
import com.puppycrawl.tools.checkstyle.ConfigurationLoader;
import com.puppycrawl.tools.checkstyle.api.AuditEvent;
import com.puppycrawl.tools.checkstyle.api.AuditListener;
import com.puppycrawl.tools.checkstyle.api.CheckstyleException;
import com.puppycrawl.tools.checkstyle.api.Configuration;
import dev.selfheal.validation.sandbox.runner.AnalysisReport.Issue;
import dev.selfheal.validation.sandbox.runner.AnalysisReport.Severity;
import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.xml.sax.InputSource;

/** Runs Checkstyle with rules that are not ours, on sources that are not ours, so it does it in here. */
final class LintTask implements Task {

    /** The parser validates: without its type the document is refused. */
    private static final String WARM_UP =
            "<!DOCTYPE module PUBLIC \"-//Checkstyle//DTD Checkstyle Configuration 1.3//EN\""
                    + " \"https://checkstyle.org/dtds/configuration_1_3.dtd\">"
                    + "<module name=\"Checker\"><module name=\"TreeWalker\"/></module>";

    @Override
    public int rounds() {
        return 1;
    }

    @Override
    public void warmUp() throws IOException {
        Map<String, byte[]> source = Map.of("Warm.java", new byte[0]);
        byte[] unused = run(new LintOrder(WARM_UP, List.of(), Map.of(), source).encode());
    }

    @Override
    public byte[] run(byte[] bytes) throws IOException {
        LintOrder order = LintOrder.decode(bytes);
        Configuration rules = configuration(order);
        AnalysisReport before = new AnalysisReport(violations(rules, order.before()), List.of());
        AnalysisReport after = new AnalysisReport(violations(rules, order.after()), List.of());
        return new AnalysisReport(after.beyond(before), List.of()).encode();
    }

    private static Configuration configuration(LintOrder order) throws IOException {
        Properties properties = new Properties();
        for (String property : order.properties()) {
            int at = property.indexOf('=');
            properties.setProperty(property.substring(0, at), property.substring(at + 1));
        }
        try {
            return ConfigurationLoader.loadConfiguration(
                    new InputSource(new StringReader(order.rules())),
                    properties::getProperty,
                    ConfigurationLoader.IgnoredModulesOptions.OMIT);
        } catch (CheckstyleException e) {
            throw new IOException("the rules cannot be read: " + Throwables.message(e), e);
        }
    }

    /** Into files of the same paths: rules and suppressions look at these. */
    private static List<Issue> violations(Configuration rules, Map<String, byte[]> sources) throws IOException {
        Path folder = Files.createTempDirectory("lint");
        Map<String, String> paths = new LinkedHashMap<>();
        List<File> files = new ArrayList<>();
        for (Map.Entry<String, byte[]> source : sources.entrySet()) {
            Path file = folder.resolve(source.getKey());
            Files.createDirectories(file.getParent());
            Files.write(file, source.getValue());
            files.add(file.toFile());
            paths.put(file.toString(), source.getKey());
        }
        Violations violations = new Violations(paths, sources);
        Checker checker = new Checker();
        try {
            checker.setModuleClassLoader(Checker.class.getClassLoader());
            checker.configure(rules);
            checker.addListener(violations);
            int unused = checker.process(files);
        } catch (CheckstyleException e) {
            throw new IOException("the rules cannot be applied: " + Throwables.message(e), e);
        } finally {
            checker.destroy();
        }
        return violations.issues;
    }

    private static final class Violations implements AuditListener {

        private final Map<String, String> paths;
        private final Map<String, byte[]> sources;
        private final List<Issue> issues = new ArrayList<>();

        Violations(Map<String, String> paths, Map<String, byte[]> sources) {
            this.paths = paths;
            this.sources = sources;
        }

        @Override
        public void addError(AuditEvent event) {
            String path = paths.getOrDefault(event.getFileName(), "");
            String rule = event.getSourceName().replaceFirst(".*\\.", "").replaceFirst("Check$", "");
            issues.add(new Issue(
                    "CHECKSTYLE-" + rule,
                    Severity.LOW,
                    rule + " " + SourceLine.identity(sources.get(path), event.getLine()),
                    event.getMessage(),
                    path,
                    Math.max(0, event.getLine()),
                    0));
        }

        @Override
        public void addException(AuditEvent event, Throwable cause) {
            addError(event);
        }

        @Override
        public void auditStarted(AuditEvent event) {
            // nothing to prepare
        }

        @Override
        public void auditFinished(AuditEvent event) {
            // nothing to write
        }

        @Override
        public void fileStarted(AuditEvent event) {
            // violations name their file
        }

        @Override
        public void fileFinished(AuditEvent event) {
            // violations name their file
        }
    }
}
