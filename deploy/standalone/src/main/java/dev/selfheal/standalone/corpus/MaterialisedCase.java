package dev.selfheal.standalone.corpus;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A case laid out on disk.
 *
 * @param directory root of the git repository and of the Maven project
 * @param commit full id of its one commit, on {@code main}
 * @param testSelector the test that shows the bug, {@code package.Class#method}
 * @param testFiles Java files below {@code src/test/java}, the reproduction included
 * @param leftOut the old release's tests that this JDK does not compile, below {@code src/test/java}
 * @param timings of each part, in order
 */
public record MaterialisedCase(
        Path directory,
        String commit,
        String testSelector,
        int testFiles,
        List<String> leftOut,
        Map<String, Duration> timings) {

    public MaterialisedCase {
        leftOut = List.copyOf(leftOut);
        timings = Collections.unmodifiableMap(new LinkedHashMap<>(timings));
    }
}
