package dev.selfheal.validation.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Version a program reports of itself. */
record ToolVersion(int major, int minor) {

    private static final Pattern NUMBERS = Pattern.compile("(\\d+)\\.(\\d+)");

    /** Runs {@code program --version} and takes the first two numbers. */
    static ToolVersion of(Path program) throws IOException {
        Process process = new ProcessBuilder(program.toString(), "--version")
                .redirectErrorStream(true)
                .start();
        try {
            process.getOutputStream().close();
            return parse(new String(process.getInputStream().readNBytes(4096), StandardCharsets.UTF_8));
        } finally {
            process.destroyForcibly();
        }
    }

    static ToolVersion parse(String text) throws IOException {
        Matcher numbers = NUMBERS.matcher(text);
        if (!numbers.find()) {
            throw new IOException("no version in: " + text);
        }
        return new ToolVersion(Integer.parseInt(numbers.group(1)), Integer.parseInt(numbers.group(2)));
    }

    boolean isAtLeast(int otherMajor, int otherMinor) {
        return major > otherMajor || (major == otherMajor && minor >= otherMinor);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
