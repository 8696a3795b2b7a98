package dev.selfheal.patch.model;

import java.util.LinkedHashMap;
import java.util.Map;

/** Route settings for tests: quick, small, on loopback. */
final class Routes {

    private final String name;
    private final Map<String, String> values = new LinkedHashMap<>();

    private Routes(String name, String protocol, String baseUrl) {
        this.name = name;
        values.put(RouteConfig.PROTOCOL, protocol);
        values.put(RouteConfig.BASE_URL, baseUrl);
        values.put(RouteConfig.MODEL, name + "-model");
        values.put(RouteConfig.API_KEYS, "key-1");
        values.put(RouteConfig.MAX_TOKENS, "1000");
        values.put(RouteConfig.REQUESTS_PER_MINUTE, "1000000");
        values.put(RouteConfig.DEADLINE, "5000");
        values.put(RouteConfig.BACKOFF_BASE, "1");
        values.put(RouteConfig.BACKOFF_CAP, "20");
    }

    static Routes anthropic(String baseUrl) {
        return new Routes("claude", "anthropic", baseUrl);
    }

    static Routes openai(String baseUrl) {
        return new Routes("gpt", "openai", baseUrl + "/v1");
    }

    static Routes named(String name, String baseUrl) {
        return new Routes(name, "anthropic", baseUrl);
    }

    Routes with(String key, Object value) {
        values.put(key, String.valueOf(value));
        return this;
    }

    RouteSettings settings() {
        return new RouteConfig(name, values).settings();
    }
}
