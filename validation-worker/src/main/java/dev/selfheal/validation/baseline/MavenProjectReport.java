package dev.selfheal.validation.baseline;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.apache.maven.AbstractMavenLifecycleParticipant;
import org.apache.maven.MavenExecutionException;
import org.apache.maven.artifact.DependencyResolutionRequiredException;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Plugin;
import org.apache.maven.project.MavenProject;

/**
 * Loaded into the user's own Maven ({@code -Dmaven.ext.class.path}): writes down what Maven knows of each module once the
 * build has run. It asks Maven itself, so profiles, settings, parents and custom layouts are all honoured, and no plugin
 * has to be downloaded. Must stay one class: it is packed alone into a jar.
 */
public final class MavenProjectReport extends AbstractMavenLifecycleParticipant {

    /** User property that holds the file to write. */
    static final String TARGET = "selfheal.report";

    private static final String COMPILER = "org.apache.maven.plugins:maven-compiler-plugin";

    @Override
    public void afterSessionEnd(MavenSession session) throws MavenExecutionException {
        String target = session.getUserProperties().getProperty(TARGET);
        if (target == null || session.getResult().hasExceptions()) {
            return;
        }
        Properties report = new Properties();
        List<MavenProject> projects = session.getProjects();
        try (Writer out = Files.newBufferedWriter(Path.of(target), StandardCharsets.UTF_8)) {
            report.setProperty("modules", Integer.toString(projects.size()));
            for (int i = 0; i < projects.size(); i++) {
                describe(projects.get(i), i + ".", report);
            }
            report.store(out, null);
        } catch (IOException | DependencyResolutionRequiredException e) {
            throw new MavenExecutionException("selfheal: cannot describe the project: " + e.getMessage(), e);
        }
    }

    private static void describe(MavenProject project, String prefix, Properties report)
            throws DependencyResolutionRequiredException {
        // The filter is that of the last plugin that ran, which may see less than the tests do.
        project.setArtifactFilter(artifact -> true);
        report.setProperty(prefix + "directory", project.getBasedir().getPath());
        report.setProperty(prefix + "packaging", project.getPackaging());
        report.setProperty(prefix + "mainClasses", project.getBuild().getOutputDirectory());
        report.setProperty(prefix + "testClasses", project.getBuild().getTestOutputDirectory());
        list(report, prefix + "sourceRoots", project.getCompileSourceRoots());
        list(report, prefix + "testRoots", project.getTestCompileSourceRoots());
        list(report, prefix + "testClasspath", project.getTestClasspathElements());
        Properties properties = project.getProperties();
        for (String name :
                List.of("project.build.sourceEncoding", "maven.compiler.release", "maven.compiler.encoding")) {
            report.setProperty(prefix + name, properties.getProperty(name, ""));
        }
        Plugin compiler = project.getBuild().getPluginsAsMap().get(COMPILER);
        Object configuration = compiler == null ? null : compiler.getConfiguration();
        report.setProperty(prefix + "compiler", configuration == null ? "" : configuration.toString());
    }

    private static void list(Properties report, String key, List<String> values) {
        report.setProperty(key, String.join("\n", values));
    }
}
