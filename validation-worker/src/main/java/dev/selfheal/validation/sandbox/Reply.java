package dev.selfheal.validation.sandbox;

/** What came back from a sandboxed JVM. */
sealed interface Reply {

    /** A sealed report: the runner wrote it, and not the code it ran. */
    record Report(byte[] payload) implements Reply {}

    record Contained(Containment containment) implements Reply {}

    static Reply contained(Containment.Kind kind, String detail) {
        return new Contained(new Containment(kind, detail));
    }
}
