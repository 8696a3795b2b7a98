package dev.selfheal.patch.model;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.types.Password;

/**
 * One configured way to a model.
 *
 * @param name what policies call it: lower-case letters and digits
 * @param baseUrl without a slash at the end
 * @param keys one slot each; a provider without keys has one empty key
 * @param maxTokens most tokens of a reply
 * @param usdPerDay most money per UTC day
 * @param weight share of the load compared with other routes
 * @param parkFor how long a key without credit or rights is left alone
 */
public record RouteSettings(
        String name,
        WireProtocol protocol,
        URI baseUrl,
        ModelSettings settings,
        List<Password> keys,
        int maxTokens,
        Price price,
        double usdPerDay,
        int weight,
        CallLimits limits,
        RetryRule retry,
        BreakerSettings breaker,
        Duration parkFor) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*");

    /** What an HTTP header can carry; also keeps a mistyped key out of the JDK's error message. */
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]*");

    public RouteSettings {
        keys = List.copyOf(keys);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "route name '" + name + "' must be lower-case letters and digits, beginning with a letter");
        }
        if (baseUrl.getHost() == null || !List.of("http", "https").contains(baseUrl.getScheme())) {
            throw new IllegalArgumentException("base URL of route " + name + " must be http(s)://host…");
        }
        if (keys.isEmpty()
                || !keys.stream().allMatch(key -> KEY.matcher(key.value()).matches())) {
            throw new IllegalArgumentException("keys of route " + name + " must be printable ASCII without spaces");
        }
        if (maxTokens < 1 || weight < 1 || !(usdPerDay >= 0)) {
            throw new IllegalArgumentException("route " + name + ": maxTokens and weight from 1, usdPerDay from 0");
        }
    }

    long maxResponseBytes() {
        return limits.maxResponseBytes();
    }
}
