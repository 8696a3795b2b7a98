package dev.selfheal.runtime;

import java.util.Map;

/**
 * @param live false when only a restart helps
 * @param ready true when it can work now
 * @param details what it is, in words, by part
 */
public record Health(boolean live, boolean ready, Map<String, String> details) {

    public Health {
        details = Map.copyOf(details);
    }
}
