package dev.selfheal.validation;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.selfheal.event.CandidatePatch;
import dev.selfheal.event.CommandBuild;
import dev.selfheal.event.CommandRunner;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.ExceptionInfo;
import dev.selfheal.event.Reproduction;
import dev.selfheal.event.SourceRepository;
import dev.selfheal.event.StackFrame;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A small project whose build is a command, with a bug and tests.
 *
 * @param file its second line is the bug
 */
public record CommandProject(Path root, String file, String bug, SourceRepository source, ErrorEvent event) {

    public static final String PYTHON_FIX = "    return sum(price for price in prices if price is not None)";
    public static final String NODE_BUG = "  return prices.map((price) => price.cents).reduce((a, b) => a + b, 0);";
    public static final String NODE_FIX =
            "  return prices.filter(Boolean).map((price) => price.cents).reduce((a, b) => a + b, 0);";

    private static final String PYTHON_BUG = "    return sum(price for price in prices)";

    /** Loads every test file into this one process: it may start no other. */
    private static final String LOAD = "(async () => { for (const file of process.argv.slice(1))"
            + " await import(require('node:url').pathToFileURL(file)); })()";

    /** Puts lines in the bug's place. */
    public CandidatePatch patch(String... after) throws IOException {
        byte[] base = Files.readAllBytes(root.resolve(file));
        return Proposals.candidate(Proposals.edit(file, base, 2, List.of(bug), List.of(after)));
    }

    /** Tested with pytest. */
    public static CommandProject python(Path root) throws Exception {
        write(root, "cart.py", "def total(prices):\n" + PYTHON_BUG + "\n");
        write(root, "tests/test_cart.py", """
                import cart


                def test_missing():
                    assert cart.total([1, None, 2]) == 3


                def test_total():
                    assert cart.total([1, 1]) == 2


                def test_known():
                    assert cart.total([1]) == 5
                """);
        List<String> places = probe("python3", "-c", "import sys; print(sys.executable, sys.base_prefix)");
        List<String> tools = new ArrayList<>();
        String program = "/nowhere/python3";
        if (!places.isEmpty()) {
            program = Path.of(places.get(0)).toRealPath().toString();
            tools.add(program);
            tools.addAll(pythonFolders());
        }
        return new CommandProject(
                root,
                "cart.py",
                PYTHON_BUG,
                source(
                        root,
                        CommandRunner.PYTEST,
                        List.of(program, "-B", "-m", "pytest", "-q", "-p", "no:cacheprovider", "--junitxml={report}"),
                        tools,
                        "tests/**"),
                event("TypeError", "total", "tests.test_cart#test_missing"));
    }

    /** The standard library and what pytest consists of. */
    private static List<String> pythonFolders() throws Exception {
        return probe(
                "python3",
                "-c",
                "import os, pytest, sysconfig as s; p = s.get_paths(); v = s.get_config_var;"
                        + " print(p['stdlib'], p['platlib'], os.path.dirname(os.path.dirname(pytest.__file__)),"
                        + " os.path.join(v('LIBDIR'), v('INSTSONAME')))");
    }

    /** Tested with Node's own runner. */
    public static CommandProject node(Path root) throws Exception {
        write(root, "cart.js", "exports.total = (prices) => {\n" + NODE_BUG + "\n};\n");
        write(root, "test/cart.test.js", """
                const test = require("node:test");
                const assert = require("node:assert");
                const { total } = require("../cart.js");

                test("missing", () => assert.strictEqual(total([{ cents: 1 }, null, { cents: 2 }]), 3));

                test("total", () => assert.strictEqual(total([{ cents: 1 }, { cents: 1 }]), 2));
                """);
        List<String> places = probe("node", "-p", "process.execPath");
        String program = places.isEmpty() ? "/nowhere/node" : places.get(0);
        return new CommandProject(
                root,
                "cart.js",
                NODE_BUG,
                source(
                        root,
                        CommandRunner.NODE,
                        List.of(
                                program,
                                "--test-reporter=junit",
                                "--test-reporter-destination={report}",
                                "-e",
                                LOAD,
                                "{tests}"),
                        places,
                        "test/**"),
                event("TypeError", "total", "test#missing"));
    }

    private static SourceRepository source(
            Path root, CommandRunner runner, List<String> command, List<String> tools, String tests) {
        return SourceRepository.newBuilder()
                .setUrl(root.toString())
                .setBranch("main")
                .setBuild("command")
                .setCommand(CommandBuild.newBuilder()
                        .setCommand(command)
                        .setRunner(runner)
                        .setTools(tools)
                        .setTests(List.of(tests))
                        .build())
                .build();
    }

    private static ErrorEvent event(String type, String function, String selector) {
        StackFrame frame = new StackFrame("cart", function, "cart", 2, true);
        return ErrorEvent.newBuilder(Proposals.reproducible())
                .setExceptions(List.of(ExceptionInfo.newBuilder()
                        .setType(type)
                        .setFrames(List.of(frame))
                        .build()))
                .setReproduction(Reproduction.newBuilder().setSelector(selector).build())
                .build();
    }

    public static void assumePytest() throws Exception {
        assumeTrue(
                !probe("python3", "-c", "import pytest; print(1)").isEmpty(), "python3 with pytest is not installed");
    }

    public static void assumeNode() throws Exception {
        assumeTrue(
                probe("node", "-p", "+process.versions.node.split('.')[0] >= 20")
                        .contains("true"),
                "node 20 is not installed");
    }

    /** The words a program prints; none when it cannot be run. */
    private static List<String> probe(String... command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            boolean ended = process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
            return ended ? List.of(text.strip().split("\\s+")) : List.of();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static void write(Path root, String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
