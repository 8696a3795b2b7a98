package dev.selfheal.validation.command;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Which files of a project are tests, and which are read by what runs them. Pure. */
public final class TestPaths {

    /** Loaded by interpreters and test runners by name, whatever the tests are. */
    private static final Pattern RUNNERS = Pattern.compile("(.*/)?(conftest\\.py|(site|user)customize\\.py|.*\\.pth"
            + "|pytest\\.ini|tox\\.ini|noxfile\\.py|manage\\.py|.*\\.config\\.[cm]?[jt]s|tsconfig.*\\.json"
            + "|\\.(mocha|babel|swc|nyc)rc.*|node_modules/.*|.*\\.(so|node|pyd|dll|wasm|pyc))");

    private final List<String> globs;

    public TestPaths(List<String> globs) {
        this.globs = List.copyOf(globs);
    }

    /** A glob that cannot be read matches everything: then no patch is allowed anywhere. */
    public boolean isTest(String path) {
        return globs.stream().anyMatch(glob -> matches(glob, path));
    }

    /** True for what decides how tests are run. */
    public static boolean isRunners(String path) {
        return RUNNERS.matcher(path.toLowerCase(Locale.ROOT)).matches();
    }

    private static boolean matches(String glob, String path) {
        try {
            return FileSystems.getDefault().getPathMatcher("glob:" + glob).matches(Path.of(path));
        } catch (PatternSyntaxException unreadable) {
            return true;
        }
    }
}
