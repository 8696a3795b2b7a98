package dev.selfheal.validation.baseline;

import dev.selfheal.event.SourceRepository;

/** The builds a policy may name. */
public final class SourceBuild {

    static final String MAVEN = "maven";
    static final String GRADLE = "gradle";

    private static final String COMMAND = "command";

    private SourceBuild() {}

    /** True where one program runs all tests, whatever the language. */
    public static boolean isCommand(SourceRepository source) {
        return COMMAND.equals(source.getBuild());
    }
}
