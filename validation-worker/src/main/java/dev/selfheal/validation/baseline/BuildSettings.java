package dev.selfheal.validation.baseline;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * How the user's Maven or Gradle is called.
 *
 * @param command found on PATH, or an absolute path
 * @param arguments put before the goals, for example {@code -s settings.xml} or {@code --offline}
 * @param timeout for one whole build
 */
public record BuildSettings(String command, List<String> arguments, Duration timeout) {

    public BuildSettings {
        Objects.requireNonNull(timeout, "timeout");
        arguments = List.copyOf(arguments);
        if (command.isBlank()) {
            throw new IllegalArgumentException("the build's command is blank");
        }
    }

    /** The program as found on PATH, ten minutes. */
    public static BuildSettings defaults(String command) {
        return new BuildSettings(command, List.of(), Duration.ofMinutes(10));
    }
}
