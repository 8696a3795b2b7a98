package dev.selfheal.standalone.corpus;

import java.util.List;

/**
 * One bug: a test of the fixed release that throws on the buggy release's code.
 *
 * @param id for example {@code validator-1.5.1-1}
 * @param summary what goes wrong, in a few words
 * @param label {@code bug}, a defect; {@code nullarg}, null tolerated by the fixed release only
 * @param testClass fully qualified, in the fixed release's tests
 * @param exceptionType what the test dies of, fully qualified
 * @param release Java release the library was compiled for
 * @param dependencies {@code group:artifact:version} the code needs, transitive ones included
 * @param testDependencies the same for the tests, JUnit apart
 */
public record CorpusCase(
        String id,
        String groupId,
        String artifactId,
        String buggyVersion,
        String fixedVersion,
        String summary,
        String label,
        String testClass,
        String testMethod,
        String exceptionType,
        int release,
        List<String> dependencies,
        List<String> testDependencies) {

    public CorpusCase {
        dependencies = List.copyOf(dependencies);
        testDependencies = List.copyOf(testDependencies);
    }

    /** The test in the materialised project that shows the bug, {@code package.Class#method}. */
    public String testSelector() {
        return reproductionClass() + "#" + testMethod;
    }

    /** The old release usually has a test class of the same name, so this one gets another. */
    String reproductionClass() {
        return testClass.replaceFirst("Test(Case)?$", "") + "ReproductionTest";
    }

    Artifact sources() {
        return new Artifact(groupId, artifactId, buggyVersion, "sources");
    }

    Artifact tests() {
        return new Artifact(groupId, artifactId, buggyVersion, "test-sources");
    }

    Artifact fixedTests() {
        return new Artifact(groupId, artifactId, fixedVersion, "test-sources");
    }
}
