package dev.selfheal.analysis.breaker;

import dev.selfheal.event.BreakerScope;
import dev.selfheal.event.ErrorEvent;
import java.util.List;

/** What one breaker watches; the record key of {@code breaker-states}. */
public record ScopeKey(BreakerScope scope, String name) {

    /** The breakers a request about this group of this service has to pass, widest first. */
    public static List<ScopeKey> of(String group, String service) {
        return List.of(
                new ScopeKey(BreakerScope.SYSTEM, "*"),
                new ScopeKey(BreakerScope.SERVICE, service),
                new ScopeKey(BreakerScope.GROUP, group));
    }

    /** The breakers a request about this error has to pass, widest first. */
    public static List<ScopeKey> of(ErrorEvent event) {
        return of(event.getGroup(), event.getService());
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

    @Override
    public String toString() {
        return scope + ":" + name;
    }
}
