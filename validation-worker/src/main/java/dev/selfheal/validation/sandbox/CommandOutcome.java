package dev.selfheal.validation.sandbox;

import java.nio.ByteBuffer;

/** What a program came to. */
public sealed interface CommandOutcome {

    /**
     * It ended by itself. Whatever ran in it could write the report: nothing in here is believed without further proof.
     *
     * @param report read-only
     * @param printed the end of what it printed
     */
    record Ended(int exitCode, ByteBuffer report, String printed) implements CommandOutcome {}

    /** It was stopped, or could not be started. */
    record Stopped(Containment containment) implements CommandOutcome {}
}
