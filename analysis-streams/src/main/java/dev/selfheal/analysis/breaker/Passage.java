package dev.selfheal.analysis.breaker;

/** A breaker's answer to a request that wants through. */
public enum Passage {
    FREE,
    /** One request, to see whether healing works again. */
    PROBE,
    BLOCKED
}
