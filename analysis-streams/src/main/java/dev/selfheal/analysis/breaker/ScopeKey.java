package dev.selfheal.analysis.breaker;

import dev.selfheal.event.BreakerScope;
import java.util.ArrayList;
import java.util.List;

/** What one breaker watches; the record key of {@code breaker-states}. */
public record ScopeKey(BreakerScope scope, String name) {

    private static final String ALL = "*";

    /** The breakers a request about this has to pass, widest first. */
    public static List<ScopeKey> of(Subject subject) {
        List<ScopeKey> scopes = new ArrayList<>();
        scopes.add(system());
        scopes.add(new ScopeKey(BreakerScope.SEVERITY, subject.severity().name()));
        scopes.add(service(subject.service()));
        if (!subject.errorType().isEmpty()) {
            scopes.add(new ScopeKey(BreakerScope.ERROR_TYPE, subject.errorType()));
        }
        scopes.add(new ScopeKey(BreakerScope.GROUP, subject.group()));
        return List.copyOf(scopes);
    }

    public static ScopeKey system() {
        return new ScopeKey(BreakerScope.SYSTEM, ALL);
    }

    public static ScopeKey service(String service) {
        return new ScopeKey(BreakerScope.SERVICE, service);
    }

    public static ScopeKey budget(String service) {
        return new ScopeKey(BreakerScope.BUDGET, service);
    }

    public static ScopeKey parse(String key) {
        int colon = key.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("breaker key '" + key + "' is not scope:name");
        }
        return new ScopeKey(BreakerScope.valueOf(key.substring(0, colon)), key.substring(colon + 1));
    }

    /** For people. */
    String subject() {
        return scope == BreakerScope.SYSTEM ? "the whole system" : name;
    }

    @Override
    public String toString() {
        return scope + ":" + name;
    }
}
