package dev.selfheal.validation.sandbox;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The two folders sandboxed code may write to, and its whole environment: nothing of the worker's gets in. */
record Surroundings(Path home, Path temporary) {

    /** The same paths in every jail with a root of its own. */
    static final Surroundings OWN_ROOT = new Surroundings(Path.of("/home/sandbox"), Path.of("/tmp"));

    Map<String, String> environment() {
        return new TreeMap<>(Map.of(
                "HOME", home.toString(),
                "TMPDIR", temporary.toString(),
                "LANG", "C.UTF-8",
                "TZ", "UTC",
                // glibc reserves address space per thread and core, which the address-space limit would count
                "MALLOC_ARENA_MAX", "2"));
    }
}
