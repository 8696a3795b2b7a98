package dev.selfheal.validation.style;

import dev.selfheal.validation.baseline.Baseline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds a project's Checkstyle configuration: where the POM says, else in the usual places, in the module's folder and those
 * above it. It is read from the base commit alone, only when git knows it as a file of the tree.
 */
public final class StyleSearch {

    private static final Pattern PLUGIN =
            Pattern.compile("(?s)<artifactId>\\s*maven-checkstyle-plugin\\s*</artifactId>(.*?)</plugin>");
    private static final Pattern LOCATION = Pattern.compile("<configLocation>\\s*([^<]*?)\\s*</configLocation>");
    private static final Pattern MODULE_FOLDER = Pattern.compile("^\\$\\{(project\\.)?basedir}/");
    private static final Pattern ROOT_FOLDER =
            Pattern.compile("^\\$\\{(maven\\.multiModuleProjectDirectory|session\\.executionRootDirectory)}/");
    private static final List<String> USUAL_PLACES =
            List.of("checkstyle.xml", "config/checkstyle/checkstyle.xml", "src/checkstyle/checkstyle.xml");
    private static final List<String> BUILD_FILES = List.of("pom.xml", "build.gradle", "build.gradle.kts");
    private static final Map<String, String> FORMATTERS = Map.of(
            "spotless", "Spotless",
            "fmt-maven-plugin", "google-java-format",
            "googleJavaFormat", "google-java-format",
            "formatter-maven-plugin", "formatter-maven-plugin");

    private final Baseline baseline;

    public StyleSearch(Baseline baseline) {
        this.baseline = baseline;
    }

    /**
     * @param module folder of the module, absolute
     */
    public ProjectStyle of(Path module) {
        List<Path> folders = new ArrayList<>();
        for (Path folder = module; folder != null && folder.startsWith(baseline.root()); folder = folder.getParent()) {
            folders.add(folder);
        }
        return folders.stream()
                .flatMap(folder -> configured(folder).stream())
                .findFirst()
                .or(() -> folders.stream()
                        .flatMap(folder -> usual(folder).stream())
                        .findFirst())
                .orElseGet(() -> new ProjectStyle.Absent(formatter(folders)));
    }

    private Optional<ProjectStyle> configured(Path folder) {
        Matcher plugin = PLUGIN.matcher(text(folder.resolve("pom.xml")).orElse(""));
        while (plugin.find()) {
            Matcher location = LOCATION.matcher(plugin.group(1));
            if (location.find()) {
                return Optional.of(at(folder, location.group(1)));
            }
        }
        return Optional.empty();
    }

    private ProjectStyle at(Path folder, String location) {
        String inModule = MODULE_FOLDER.matcher(location).replaceFirst("");
        String plain = ROOT_FOLDER.matcher(inModule).replaceFirst("");
        Path start = plain.equals(inModule) ? folder : baseline.root();
        if (plain.contains("${") || plain.contains("://")) {
            return new ProjectStyle.Refused("their place cannot be told from the POM: " + location);
        }
        Path file = start.resolve(plain).normalize();
        return text(file)
                .map(xml -> judged(file, xml))
                .orElseGet(() -> new ProjectStyle.Refused("they are no file of the repository: " + location));
    }

    private Optional<ProjectStyle> usual(Path folder) {
        return USUAL_PLACES.stream()
                .map(folder::resolve)
                .flatMap(file -> text(file).map(xml -> judged(file, xml)).stream())
                .findFirst();
    }

    private ProjectStyle judged(Path file, String xml) {
        return CheckstyleRules.objection(xml)
                .<ProjectStyle>map(ProjectStyle.Refused::new)
                .orElseGet(() -> new ProjectStyle.Rules(path(file), xml));
    }

    private String formatter(List<Path> folders) {
        return folders.stream()
                .flatMap(folder -> BUILD_FILES.stream().map(folder::resolve))
                .flatMap(file -> text(file).stream())
                .flatMap(text -> FORMATTERS.entrySet().stream()
                        .filter(each -> text.contains(each.getKey()))
                        .map(Map.Entry::getValue))
                .sorted()
                .findFirst()
                .orElse("");
    }

    /** Of a file that git knows; empty for anything else, links and what lies outside of the tree among it. */
    private Optional<String> text(Path file) {
        if (!file.startsWith(baseline.root())
                || baseline.tree()
                        .file(path(file))
                        .filter(known -> !known.isSymbolicLink())
                        .isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("the baseline cannot be read", e);
        }
    }

    private String path(Path file) {
        return baseline.root().relativize(file).toString().replace('\\', '/');
    }
}
