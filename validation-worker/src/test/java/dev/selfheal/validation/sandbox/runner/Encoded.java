package dev.selfheal.validation.sandbox.runner;

import dev.selfheal.validation.sandbox.TaskOutcome;
import dev.selfheal.validation.sandbox.TaskOutcome.Reported;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/** Reports as a runner would have sealed them. */
public final class Encoded {

    private Encoded() {}

    public static TaskOutcome of(AnalysisReport report) {
        return reported(report::encode);
    }

    public static TaskOutcome of(ObservationReport report) {
        return reported(report::encode);
    }

    public static TaskOutcome of(ReplayReport report) {
        return reported(report::encode);
    }

    public static TaskOutcome of(MutationReport report) {
        return reported(report::encode);
    }

    @FunctionalInterface
    private interface Encoder {

        byte[] encode() throws IOException;
    }

    private static TaskOutcome reported(Encoder report) {
        try {
            return new Reported(ByteBuffer.wrap(report.encode()).asReadOnlyBuffer());
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not take a report", e);
        }
    }
}
