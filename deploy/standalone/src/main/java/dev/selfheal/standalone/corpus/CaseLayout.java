package dev.selfheal.standalone.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where the files of a materialised case go.
 *
 * @param root absolute, normalised
 */
record CaseLayout(Path root) {

    Path mainJava() {
        return root.resolve("src/main/java");
    }

    Path testJava() {
        return root.resolve("src/test/java");
    }

    Path reproduction(CorpusCase bug) {
        return testJava().resolve(bug.reproductionClass().replace('.', '/') + ".java");
    }

    List<Path> testFiles() throws IOException {
        return FileTrees.javaFiles(testJava());
    }

    /** Benchmarks among the tests: their framework is not among the dependencies, and they test nothing. */
    List<Path> benchmarks() throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path test : testFiles()) {
            if (Files.readString(test).contains("org.openjdk.jmh")) {
                found.add(test);
            }
        }
        return found;
    }

    /** Whether a test still there may need one of these classes: it holds the name of one. */
    boolean testsMention(List<Path> classes) throws IOException {
        List<String> names = classes.stream()
                .map(c -> c.getFileName().toString().replace(".java", ""))
                .toList();
        for (Path test : testFiles()) {
            String text = Files.readString(test);
            if (names.stream().anyMatch(text::contains)) {
                return true;
            }
        }
        return false;
    }

    void unpack(CaseFiles files) throws IOException {
        SourceJar sources = new SourceJar(files.sources());
        sources.unpack(mainJava(), root.resolve("src/main/resources"));
        sources.unpackLicence(root);
        new SourceJar(files.tests()).unpack(testJava(), root.resolve("src/test/resources"));
    }

    void writeBuild(CorpusCase bug) throws IOException {
        Files.writeString(root.resolve("pom.xml"), CasePom.ofProject(bug));
        Files.writeString(root.resolve(".gitignore"), "target/\n");
    }

    /** Writes the pruned test, and its superclass when only the fixed release's tests have that. */
    void writeReproduction(CorpusCase bug, CaseFiles files, boolean keepSuperclass)
            throws IOException, MaterialisationException {
        SourceJar fixedTests = new SourceJar(files.fixedTests());
        String entry = bug.testClass().replace('.', '/') + ".java";
        String text = fixedTests
                .read(entry)
                .orElseThrow(() -> new MaterialisationException(files.fixedTests() + " holds no " + entry));
        ReproductionSource test = ReproductionSource.parse(text, simpleName(bug.testClass()));
        Path target = reproduction(bug);
        Files.createDirectories(target.getParent());
        Files.writeString(target, test.prunedTo(bug.testMethod(), simpleName(bug.reproductionClass()), keepSuperclass));
        Optional<String> superclass = keepSuperclass ? test.superclass() : Optional.empty();
        if (superclass.isPresent()) {
            copyWhenNew(fixedTests, superclass.get());
        }
    }

    private void copyWhenNew(SourceJar fixedTests, String simpleName) throws IOException {
        String fileName = simpleName + ".java";
        if (testFiles().stream().anyMatch(f -> f.endsWith(fileName))) {
            return;
        }
        Optional<String> entry = fixedTests.find(fileName);
        if (entry.isPresent()) {
            Path target = testJava().resolve(entry.get());
            Files.createDirectories(target.getParent());
            Files.writeString(target, fixedTests.read(entry.get()).orElseThrow());
        }
    }

    private static String simpleName(String className) {
        return className.substring(className.lastIndexOf('.') + 1);
    }
}
