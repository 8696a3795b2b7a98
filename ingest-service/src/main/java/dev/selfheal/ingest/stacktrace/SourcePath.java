package dev.selfheal.ingest.stacktrace;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the path of a source file tells about a frame, for languages whose traces show paths. Pure; linear. */
public final class SourcePath {

    private static final Pattern SCHEME_AND_HOST = Pattern.compile("^[a-z][a-z0-9+.-]{1,20}://[^/]{0,255}");
    private static final Pattern EXTENSION = Pattern.compile("\\.[A-Za-z]{1,5}$");
    /** Where package managers and installations keep what is not the service's own. */
    private static final List<String> LIBRARY_FOLDERS =
            List.of("/node_modules/", "/site-packages/", "/dist-packages/", "/pkg/mod/", "/webpack/");
    /** The interpreters' own. */
    private static final List<String> PLATFORM_PREFIXES = List.of("node:", "<frozen ", "<anonymous>", "_cgo_");

    /** The standard library of Python: {@code lib/python3.11/json/decoder.py}. */
    private static final Pattern PYTHON_LIBRARY = Pattern.compile("(?:^|/)lib(?:64)?/python\\d(?:\\.\\d{1,2})?/");
    /** The root of a Go installation, or a vendored module: {@code vendor/github.com/…}. */
    private static final Pattern GO_LIBRARY = Pattern.compile(
            "/(?:usr/local/go|usr/lib/go[\\d.-]{0,16}|go\\d[\\d.]{0,16})/src/|(?:^|/)vendor/[\\w-]{1,100}\\.[\\w.-]{1,100}/");

    private SourcePath() {}

    /** The last part of a path or URL. */
    public static String fileName(String path) {
        String plain = plain(path);
        return plain.substring(plain.lastIndexOf('/') + 1);
    }

    /** Whether the file belongs to a package manager's folder, an installation or the interpreter itself. */
    public static boolean isLibrary(String path) {
        String plain = plain(path);
        return plain.equals("native")
                || PLATFORM_PREFIXES.stream().anyMatch(plain::startsWith)
                || LIBRARY_FOLDERS.stream().anyMatch(folder -> ("/" + plain).contains(folder))
                || PYTHON_LIBRARY.matcher(plain).find()
                || GO_LIBRARY.matcher(plain).find();
    }

    /**
     * A name for the module that hardly depends on where it is installed: the path below the package manager's folder, or
     * below where the program was started if the path is relative; else the file's name, with its folder's where that is one
     * of the program's: each may have a {@code views.py} or {@code route.js}.
     * {@code index} and {@code __init__} take their folder's.
     */
    public static String module(String path) {
        String plain = plain(path);
        String below = belowLibraryFolder(plain);
        boolean absolute = below.equals(plain) && (plain.startsWith("/") || plain.indexOf(':') == 1);
        String name = EXTENSION.matcher(below).replaceFirst("");
        if (absolute) {
            boolean folders = name.endsWith("/index") || name.endsWith("/__init__") || tellsParts(name);
            name = lastParts(name, folders ? 2 : 1);
        }
        name = name.replaceFirst("^(?:\\.{0,2}/)++", "").replaceFirst("/(?:index|__init__)$", "");
        String separated = plain.endsWith(".py") ? name.replace('/', '.') : name;
        return separated.isBlank() ? "<unknown>" : separated;
    }

    private static String plain(String path) {
        String slashed = path.replace('\\', '/');
        String text = slashed.contains("://") ? SCHEME_AND_HOST.matcher(slashed).replaceFirst("") : slashed;
        int query = text.indexOf('?');
        return query > 0 ? text.substring(0, query) : text;
    }

    private static String belowLibraryFolder(String plain) {
        if (plain.startsWith("node:")) {
            return plain.substring("node:".length());
        }
        for (String folder : List.of("node_modules/", "site-packages/", "dist-packages/", "/pkg/mod/")) {
            int at = plain.lastIndexOf(folder);
            if (at >= 0) {
                return plain.substring(at + folder.length());
            }
        }
        Matcher python = PYTHON_LIBRARY.matcher(plain);
        return python.find() ? plain.substring(python.end()) : plain;
    }

    /** Whether the file's folder is one of the program's, and neither where it is installed nor a release. */
    private static boolean tellsParts(String absolute) {
        String folder = absolute.substring(0, Math.max(0, absolute.lastIndexOf('/')));
        int above = folder.lastIndexOf('/');
        boolean isInstalled = above <= 0 || (above == 2 && folder.charAt(1) == ':');
        return !isInstalled && folder.substring(above + 1).chars().noneMatch(Character::isDigit);
    }

    private static String lastParts(String name, int parts) {
        int at = name.length();
        for (int i = 0; i < parts && at >= 0; i++) {
            at = name.lastIndexOf('/', at - 1);
        }
        return name.substring(at + 1);
    }
}
