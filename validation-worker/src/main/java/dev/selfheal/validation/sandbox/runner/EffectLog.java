package dev.selfheal.validation.sandbox.runner;

import java.io.File;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.Permission;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Writes down what code reaches for, and permits everything: the sandbox is what forbids. The JDK asks a security manager
 * before it starts a process, opens a socket or a file, so attempts are seen whether or not they would have succeeded.
 * Numbers and random names in targets are masked, since they change from run to run. Thread-safe.
 */
@SuppressWarnings({"removal", "deprecation"}) // nothing else in the JDK sees attempts, and JDK 17 to 23 still ask it
final class EffectLog extends SecurityManager {

    /** Of each kind: however many files are read, a process is still seen. */
    private static final int MAX_EFFECTS = 500;

    private static final int MAX_TARGET_CHARS = 200;
    private static final Pattern CHANGING = Pattern.compile("[0-9a-fA-F-]{8,}|\\d{3,}");

    private final List<Path> ordinary = new ArrayList<>();
    private final Set<String> effects = new TreeSet<>();
    private final Map<String, Integer> counts = new HashMap<>();

    /**
     * @param classpath files that are read to load classes and resources
     */
    EffectLog(List<String> classpath) {
        classpath.forEach(entry -> ordinary.add(Path.of(entry)));
        ordinary.add(Path.of(System.getProperty("java.home")));
        for (String entry : System.getProperty("java.class.path", "").split(File.pathSeparator, -1)) {
            ordinary.add(Path.of(entry));
        }
    }

    synchronized List<String> effects() {
        return List.copyOf(effects);
    }

    private synchronized void log(String kind, String target) {
        String masked = CHANGING.matcher(target).replaceAll("*");
        String effect = kind + " " + masked.substring(0, Math.min(masked.length(), MAX_TARGET_CHARS));
        if (!effects.contains(effect)) {
            boolean isFull = counts.merge(kind, 1, Integer::sum) > MAX_EFFECTS;
            effects.add(isFull ? kind + " more than " + MAX_EFFECTS + " others" : effect);
        }
    }

    private boolean isOrdinary(String file) {
        Path path = Path.of(file);
        return file.startsWith("/dev/")
                || file.startsWith("/proc/self")
                || ordinary.stream().anyMatch(path::startsWith);
    }

    @Override
    public void checkPermission(Permission permission) {
        // everything is permitted here
    }

    @Override
    public void checkPermission(Permission permission, Object context) {
        // everything is permitted here
    }

    @Override
    public void checkExec(String command) {
        log("process", command);
    }

    @Override
    public void checkExit(int status) {
        log("exit", "the JVM");
    }

    @Override
    public void checkLink(String library) {
        if (library.indexOf('/') >= 0 && !isOrdinary(library)) {
            log("library", library);
        }
    }

    @Override
    public void checkRead(String file) {
        if (!isOrdinary(file)) {
            log("read", file);
        }
    }

    @Override
    public void checkRead(String file, Object context) {
        checkRead(file);
    }

    @Override
    public void checkWrite(String file) {
        log("write", file);
    }

    @Override
    public void checkDelete(String file) {
        log("delete", file);
    }

    @Override
    public void checkConnect(String host, int port) {
        log(port < 0 ? "resolve" : "connect", host);
    }

    @Override
    public void checkConnect(String host, int port, Object context) {
        checkConnect(host, port);
    }

    @Override
    public void checkListen(int port) {
        log("listen", "a port");
    }

    @Override
    public void checkAccept(String host, int port) {
        log("accept", host);
    }

    @Override
    public void checkMulticast(InetAddress address) {
        log("multicast", address.getHostAddress());
    }
}
