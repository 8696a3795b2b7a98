package dev.selfheal.validation.baseline;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * How the user's Maven is called.
 *
 * @param command found on PATH, or an absolute path
 * @param arguments put before the goals, for example {@code -s settings.xml} or {@code -Dmaven.repo.local=…}
 * @param timeout for one whole build
 */
public record MavenSettings(String command, List<String> arguments, Duration timeout) {

    public MavenSettings {
        Objects.requireNonNull(timeout, "timeout");
        arguments = List.copyOf(arguments);
        if (command.isBlank()) {
            throw new IllegalArgumentException("Maven command is blank");
        }
    }

    /** {@code mvn} as found on PATH, ten minutes. */
    public static MavenSettings defaults() {
        return new MavenSettings("mvn", List.of(), Duration.ofMinutes(10));
    }
}
