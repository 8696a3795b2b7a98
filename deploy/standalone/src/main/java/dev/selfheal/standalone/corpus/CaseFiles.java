package dev.selfheal.standalone.corpus;

import java.nio.file.Path;
import java.util.List;

/**
 * What Maven fetched for a case.
 *
 * @param sources of the buggy release
 * @param tests sources of the buggy release's tests
 * @param fixedTests sources of the fixed release's tests
 * @param classPath what code and tests are compiled against
 */
record CaseFiles(Path sources, Path tests, Path fixedTests, List<Path> classPath) {

    CaseFiles {
        classPath = List.copyOf(classPath);
    }
}
