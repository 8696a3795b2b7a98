package dev.selfheal.validation.sandbox;

import java.nio.ByteBuffer;

/** What a task came to. */
public sealed interface TaskOutcome {

    /** The runner's own sealed report, as the task encodes it. */
    record Reported(ByteBuffer report) implements TaskOutcome {

        public byte[] bytes() {
            byte[] copy = new byte[report.remaining()];
            report.duplicate().get(copy);
            return copy;
        }
    }

    /** The process was stopped or died. */
    record Stopped(Containment containment) implements TaskOutcome {}
}
