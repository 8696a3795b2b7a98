package dev.selfheal.analysis.breaker;

/** Whether healing may be tried now. */
public sealed interface Permission {

    Permission GRANTED = new Granted();

    record Granted() implements Permission {}

    /**
     * @param scope the breaker that said no
     * @param reason for people
     */
    record Refused(ScopeKey scope, String reason) implements Permission {}
}
