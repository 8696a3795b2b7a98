package dev.selfheal.validation.sandbox;

/** What came back from a sandboxed JVM. */
sealed interface Reply {

    /** A sealed report: the runner wrote it, and not the code it ran. */
    final class Report implements Reply {

        private final byte[] payload;

        Report(byte[] payload) {
            this.payload = payload;
        }

        byte[] payload() {
            return payload;
        }
    }

    record Contained(Containment containment) implements Reply {}

    static Reply contained(Containment.Kind kind, String detail) {
        return new Contained(new Containment(kind, detail));
    }
}
