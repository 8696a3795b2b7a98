package dev.selfheal.analysis.breaker;

/** What a request gives way to when workers are short, first to give way first. */
public enum Urgency {
    /** Only a forecast speaks for it. */
    PREDICTED(0.25),
    NORMAL(0.5),
    URGENT(1);

    private final double share;

    Urgency(double share) {
        this.share = share;
    }

    /** Share of what the workers can do in time up to which such requests go out unhindered. */
    double share() {
        return share;
    }

    /** Of a request for an error that has been seen. */
    public static Urgency of(Subject subject) {
        return subject.isUrgent() ? URGENT : NORMAL;
    }
}
