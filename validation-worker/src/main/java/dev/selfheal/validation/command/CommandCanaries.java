package dev.selfheal.validation.command;

import dev.selfheal.event.CommandRunner;
import dev.selfheal.validation.command.JunitXml.Case;
import dev.selfheal.validation.command.JunitXml.Status;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Test files of ours beside the project's, under names made up for this run; one test of each must pass and one must fail.
 * What makes all tests pass, or leaves its own report behind, does not know them.
 *
 * @param files path to content
 * @param expected what each test must come to, by its name alone
 */
record CommandCanaries(Map<String, byte[]> files, Map<String, Status> expected) {

    private static final String PYTEST = """
            def test_%1$s():
                assert "%3$s" == "%3$s"


            def test_%2$s():
                assert "%3$s" == "%4$s"
            """;

    private static final String NODE = """
            const test = require("node:test");
            const assert = require("node:assert");

            test("test_%1$s", () => assert.strictEqual("%3$s", "%3$s"));

            test("test_%2$s", () => assert.strictEqual("%3$s", "%4$s"));
            """;

    private static final int FEWEST = 2;
    private static final int MORE = 2;

    /** Sorts behind most names; no random word holds it. */
    private static final String LAST = "zz";

    CommandCanaries {
        files = Map.copyOf(files);
        expected = Map.copyOf(expected);
    }

    /**
     * @param tests paths of the project's own tests; none are planted where there are none
     * @param random must not be predictable
     */
    static CommandCanaries plant(CommandRunner runner, List<String> tests, Random random) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        Map<String, Status> expected = new LinkedHashMap<>();
        if (runner != CommandRunner.UNKNOWN && !tests.isEmpty()) {
            int count = FEWEST + random.nextInt(MORE);
            for (int i = 0; i < count; i++) {
                String beside = tests.get(random.nextInt(tests.size()));
                String folder = beside.substring(0, beside.lastIndexOf('/') + 1);
                String passes = word(random);
                String fails = word(random);
                boolean python = runner == CommandRunner.PYTEST;
                String text = (python ? PYTEST : NODE).formatted(passes, fails, word(random), word(random));
                // One before and one behind the project's: what is put in place by its tests meets the latter.
                String place = i == 0 ? "0" : LAST;
                String name = python ? "test_" + place + word(random) + ".py" : place + word(random) + ".test.cjs";
                files.put(folder + name, text.getBytes(StandardCharsets.UTF_8));
                expected.put("test_" + passes, Status.PASSED);
                expected.put("test_" + fails, Status.FAILED);
            }
        }
        return new CommandCanaries(files, expected);
    }

    private static String word(Random random) {
        byte[] bytes = new byte[8];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** The paths with those of the canaries around them. */
    List<String> around(List<String> tests) {
        List<String> all = new ArrayList<>(tests);
        files.keySet().forEach(file -> all.add(isLast(file) ? all.size() : 0, file));
        return all;
    }

    private static boolean isLast(String file) {
        return file.substring(file.lastIndexOf('/') + 1).contains(LAST);
    }

    boolean isCanary(Case test) {
        return expected.containsKey(test.name());
    }

    /** What about them cannot be; empty when they came out as they must. */
    Optional<String> lie(Map<String, Case> reported) {
        List<Case> seen = reported.values().stream().filter(this::isCanary).toList();
        if (seen.size() != expected.size()) {
            return Optional.of(seen.size() + " of " + expected.size() + " hidden canary tests reported");
        }
        return seen.stream()
                .filter(test -> test.status() != expected.get(test.name()))
                .findFirst()
                .map(test -> "a hidden canary test must be " + expected.get(test.name()) + " and was " + test.status());
    }
}
